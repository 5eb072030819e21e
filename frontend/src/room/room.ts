/** What the room's parts hand each other: the live state, what the screen is about, and the deeds. */

import type { Live, Pending, Words } from "../live/store.ts";
import type { Message, OwnItem } from "../protocol.ts";
import { Memory } from "./memory.ts";
import { t } from "./texts.ts";

export type Tab = "room" | "line";

export interface Shell {
  help: string;
  lobby: string;
}

/** What the composer of the room is about: nothing more, an answer, or a change to own words. */
export interface About {
  reply: string | null;
  change: string | null;
}

const NOTHING: About = { reply: null, change: null };

export class RoomScreen {
  readonly live: Live;
  readonly shell: Shell;
  readonly memory: Memory;
  tab: Tab;
  /** The own message whose choices are open. */
  open: string | null = null;
  /** A sentence about something that did not work; goes with the next deed. */
  slip = "";
  /** Text for the composer, put there by a deed; taken once. */
  offered: string | null = null;
  /** The next composer to appear takes the focus: somebody was writing when it had to change. */
  writing = false;
  private readonly redraw: () => void;

  constructor(live: Live, shell: Shell, redraw: () => void) {
    this.live = live;
    this.shell = shell;
    this.redraw = redraw;
    this.memory = new Memory(live);
    this.tab = this.memory.tab;
  }

  get closed(): boolean {
    return this.live.state?.room.state === "closed";
  }

  show(tab: Tab): void {
    this.tab = this.memory.tab = tab;
    this.open = null;
    this.redraw();
  }

  toggle(id: string): void {
    this.open = this.open === id ? null : id;
    this.redraw();
  }

  get about(): About {
    const kept = this.live.draft("about");
    return kept === "" ? NOTHING : { ...NOTHING, ...(JSON.parse(kept) as Partial<About>) };
  }

  private setAbout(about: Partial<About>): void {
    const next = { ...NOTHING, ...about };
    this.live.saveDraft("about", next.reply ?? next.change ? JSON.stringify(next) : "");
    this.redraw();
  }

  reply(message: Message): void {
    this.open = null;
    this.setAbout({ reply: message.id });
  }

  stop(): void {
    this.setAbout({});
  }

  /** Own words back into the composer. They stand for the withheld message when sent. */
  change(item: OwnItem): void {
    this.offer(item.body ?? "");
    this.setAbout({ change: item.id });
  }

  /** Words that were refused, back into the composer: nothing of them is in the log. */
  changeRefused(pending: Pending): void {
    this.live.drop(pending.cid);
    this.offer(pending.body);
    // What they stood for is not there any more: they can still be said for themselves.
    const alone = pending.code === "missing";
    this.setAbout(alone ? {} : { reply: pending.reply_to, change: pending.replaces });
  }

  send(body: string, to: Tab): void {
    this.slip = "";
    const { reply, change } = this.about;
    const words: Words = to === "line" ? { body, to } : { body, reply_to: reply, replaces: change };
    this.live.send(words);
    this.live.saveDraft(to, "");
    if (to === "room") this.setAbout({});
    else this.redraw();
  }

  /** From the room's composer to the private line: words that the room does not take now. */
  sendAside(body: string): void {
    this.live.saveDraft("room", "");
    this.setAbout({});
    this.send(body, "line");
    this.writing = true;
    this.show("line");
  }

  /** Refused words to the counsellors. */
  redirect(pending: Pending): void {
    this.live.redirect(pending.cid, "line");
    this.show("line");
  }

  async takeBack(id: string, toLine = false): Promise<void> {
    this.open = null;
    this.slip = "";
    this.redraw();
    const answer = await this.live.act({ t: "withdraw", id, to_line: toLine });
    if (answer.t === "err") this.slip = answer.say || t("do.failed");
    else if (toLine) this.tab = this.memory.tab = "line";
    this.redraw();
  }

  private offer(text: string): void {
    const draft = this.live.draft("room").trim();
    this.offered = draft === "" ? text : `${draft}\n${text}`;
    this.live.saveDraft("room", this.offered);
  }
}
