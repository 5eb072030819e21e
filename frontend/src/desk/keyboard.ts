/** The keys of the desk, each carried out. They rest while somebody types; Esc only cancels. */

import type { Live } from "../live/store.ts";
import type { Desk } from "./desk.ts";
import { focusSoon } from "./focus.ts";
import { type Act, actOf, digitOf, type Pressed, takesLetters } from "./keys.ts";
import { waits } from "./queue.ts";
import { MUTES, type Prompt, REASONS } from "./ui-state.ts";
import { deskOf, openAlerts, takes, young } from "./view.ts";

const PEOPLE = 8;

/** Listens to the whole page; answers how to stop. */
export function listen(desk: Desk, live: Live): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !press(desk, live, event)) return;
    event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

/** One key; whether it did something. */
function press(desk: Desk, live: Live, event: Pressed): boolean {
  const typing = takesLetters(document.activeElement);
  const act = actOf(event, typing);
  if (act === "cancel") return cancel(desk, typing);
  if (typing || !live.state) return false;
  if (act === "keys") return toggleKeys(desk);
  if (!desk.ui.keysOn) return false;
  if (desk.ui.prompt) return answer(desk, desk.ui.prompt, event);
  const number = digitOf(event, PEOPLE);
  if (number !== null) return person(desk, live, number);
  return act !== null && carryOut(desk, live, act);
}

/** Nothing is ever sent or undone by Esc: it closes what was opened last. */
function cancel(desk: Desk, typing: boolean): boolean {
  const { prompt, keysShown, reading, message } = desk.ui;
  if (prompt) desk.set({ prompt: null });
  else if (typing && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  else if (keysShown) desk.set({ keysShown: false });
  else if (reading) desk.set({ reading: false });
  else if (message !== null) desk.chooseMessage(null);
  else return false;
  return true;
}

function toggleKeys(desk: Desk): boolean {
  desk.set({ keysShown: !desk.ui.keysShown });
  return true;
}

/** While something is being asked, only its own numbers count. */
function answer(desk: Desk, prompt: Prompt, event: Pressed): boolean {
  if (prompt.kind === "mute") return muteBy(desk, prompt.who, event);
  if (!("reason" in prompt)) return false;
  const reason = REASONS[(digitOf(event, REASONS.length) ?? 0) - 1];
  if (!reason) return false;
  desk.pick(reason);
  document.querySelector<HTMLElement>(`input[name=reason][value=${reason}]`)?.focus();
  return true;
}

function muteBy(desk: Desk, who: string, event: Pressed): boolean {
  const minutes = event.key === "0" ? 0 : MUTES[(digitOf(event, MUTES.length) ?? 0) - 1];
  if (minutes === undefined) return false;
  desk.mute(who, minutes);
  return true;
}

function person(desk: Desk, live: Live, number: number): boolean {
  const one = young(live.state?.members ?? [])[number - 1];
  if (one) desk.choosePerson(one.who);
  return one !== undefined;
}

const DEEDS: Readonly<Record<Act, (desk: Desk, live: Live) => void>> = {
  next: (desk) => desk.move(1),
  before: (desk) => desk.move(-1),
  claim: (desk, live) => {
    const item = desk.selected;
    if (item && waits(item)) desk.claim(item, item.claimed_by === live.state?.me.who);
  },
  approve: (desk, live) => {
    const closed = live.state?.room.state === "closed";
    if (!closed && decidable(desk, live) && desk.selected && desk.rested) desk.approve(desk.selected);
  },
  withhold: (desk, live) => {
    if (decidable(desk, live) && desk.selected) desk.consider("withhold", desk.selected);
  },
  send_back: (desk, live) => {
    if (decidable(desk, live) && desk.selected) desk.consider("send_back", desk.selected);
  },
  person: () => undefined,
  mute: (desk) => {
    const who = desk.ui.person;
    if (who === null) return;
    desk.choosePerson(who);
    desk.open({ kind: "mute", who });
  },
  line: (desk) => {
    if (desk.ui.person === null) return;
    desk.choosePerson(desk.ui.person);
    focusSoon("[data-composer=line]");
  },
  older: (desk, live) => chooseMessage(desk, live, -1),
  newer: (desk, live) => chooseMessage(desk, live, 1),
  remove: (desk, live) => {
    const one = live.state?.messages.find((message) => message.id === desk.ui.message);
    if (!one) chooseMessage(desk, live, -1);
    else if (one.body !== null) desk.open({ kind: "remove", id: one.id, who: one.who, reason: null });
  },
  write: (desk) => {
    if (getComputedStyle(document.querySelector(".desk-room") ?? document.body).display === "none") {
      desk.go("room");
    }
    focusSoon("[data-composer=room]");
  },
  take: () => focusSoon(".desk-band [aria-keyshortcuts=T]"),
  open: (desk, live) => {
    const now = live.state?.room.state;
    if (now === "lobby" || now === "paused") ask(desk, { kind: "open" });
  },
  pause: (desk, live) => {
    if (live.state?.room.state === "open") ask(desk, { kind: "pause" });
  },
  close: (desk, live) => {
    if (!live.state || live.state.room.state === "closed") return;
    desk.go("evening");
    if (openAlerts(deskOf(live.state)).length === 0) desk.open({ kind: "close" });
  },
  side: (desk) => desk.go(desk.ui.side === "person" ? "evening" : "person"),
  sound: (desk) => {
    // While the browser blocks the sound, the press frees it and does not switch it off.
    if (!desk.ui.sound || !desk.ui.soundBlocked) desk.set({ sound: !desk.ui.sound });
  },
  keys: toggleKeys,
  cancel: () => undefined,
};

function carryOut(desk: Desk, live: Live, act: Act): boolean {
  DEEDS[act](desk, live);
  return true;
}

function ask(desk: Desk, prompt: Prompt): void {
  desk.go("evening");
  desk.open(prompt);
}

/** An alert is decided by those who may take it; the server says so too. */
function decidable(desk: Desk, live: Live): boolean {
  const item = desk.selected;
  if (!item || !waits(item) || desk.ui.asked[`item:${item.id}`]?.state === "sending") return false;
  return item.level !== "alert" || takes(live.state?.me.role ?? "");
}

function chooseMessage(desk: Desk, live: Live, by: 1 | -1): void {
  const messages = live.state?.messages ?? [];
  const at = messages.findIndex((one) => one.id === desk.ui.message);
  const next = messages[at < 0 ? messages.length - 1 : at + by];
  if (!next) return;
  const author = live.state?.members.find((one) => one.who === next.who);
  if (desk.ui.pane !== "room") desk.go("room");
  desk.chooseMessage(next.id, author?.part === "young" ? next.who : undefined);
}
