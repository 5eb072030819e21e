/**
 * Listens for what must reach somebody who is looking elsewhere: the sound, the spoken words and
 * the title of the tab. Outside of drawing, since a hidden tab draws nothing.
 */

import type { Live } from "../live/store.ts";
import type { Acknowledged, Alert } from "../protocol.ts";
import { AGAIN_MS, Alarm } from "./alarm.ts";
import { stepWords } from "./band.tsx";
import type { Desk } from "./desk.ts";
import { waits } from "./queue.ts";
import type { Bell } from "./sound.ts";
import { t } from "./texts.ts";
import { titleOf } from "./title.ts";
import { deskOf, nameOf, openAlerts } from "./view.ts";

const NEWS_MS = 20_000;

export class Watch {
  private readonly alarm = new Alarm();
  private readonly base = document.title;
  private readonly desk: Desk;
  private readonly live: Live;
  private readonly bell: Bell;

  constructor(desk: Desk, live: Live, bell: Bell) {
    this.desk = desk;
    this.live = live;
    this.bell = bell;
    setInterval(() => this.ringAgain(), AGAIN_MS);
    live.listen((_, entry) => {
      if (entry.k === "acknowledged") this.sayTaken(entry);
    });
  }

  /** Looks at the room as it is now. */
  look(): void {
    const state = this.live.state;
    if (!state || this.live.status === "ended") {
      document.title = this.base;
      return;
    }
    const view = deskOf(state);
    const open = openAlerts(view);
    document.title = titleOf(this.base, open.length, view.items.filter(waits).length);
    const { fresh, stepped } = this.alarm.look(open);
    const said = [
      ...fresh.map((alert) => t("alert.said", { name: this.name(alert), say: says(alert) })),
      ...stepped.map((alert) => t("alert.said_step", { name: this.name(alert), step: stepWords(alert) })),
    ].join(" ");
    if (said === "") return;
    this.desk.set({ alarm: said });
    this.ring();
  }

  /** An alert that vanished without a word would leave everybody else wondering. */
  private sayTaken({ alert, by }: Acknowledged): void {
    const state = this.live.state;
    const one = state && deskOf(state).alerts.find((old) => old.id === alert);
    if (!one || by === state.me.who) return;
    const news = t("alert.taken_for", { name: nameOf(state.members, by), who: this.name(one) });
    this.desk.set({ news });
    setTimeout(() => {
      if (this.desk.ui.news === news) this.desk.set({ news: "" });
    }, NEWS_MS);
  }

  private name(alert: Alert): string {
    return nameOf(this.live.state?.members ?? [], alert.who) || t("name.somebody");
  }

  private ringAgain(): void {
    if (this.live.state && openAlerts(deskOf(this.live.state)).length > 0) this.ring();
  }

  private ring(): void {
    if (this.desk.ui.sound) this.bell.ring();
  }
}

function says(alert: Alert): string {
  return alert.reasons.map((reason) => reason.say).join(" ");
}
