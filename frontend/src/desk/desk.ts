/**
 * What the facilitator has chosen, opened and asked for. The room itself is in the live store;
 * nothing here is true about the room, so nothing here is shown as done before the server says so.
 */

import type { Answer, Deed, State } from "../live/store.ts";
import type { Alert, DeclineReason, Item } from "../protocol.ts";
import { after, Queue, step, waits } from "./queue.ts";
import { t } from "./texts.ts";
import { type Asked, type Pane, type Prompt, START, type Ui } from "./ui-state.ts";
import { deskOf } from "./view.ts";

/**
 * After the desk itself has put another message in front of somebody, decisions rest this long:
 * a second press of A must not approve words that nobody has read yet.
 */
export const REST_MS = 600;

const NOTICE_MS = 12_000;

export interface Wire {
  act(deed: Deed): Promise<Answer>;
}

export class Desk {
  ui: Ui = START;
  /** Whether the pointer is in the list of the queue: then no row may move. */
  still = false;
  private readonly watchers = new Set<() => void>();
  private readonly queue = new Queue();
  private readonly wire: Wire;
  private readonly now: () => number;
  private items: readonly Item[] = [];
  private restUntil = 0;
  private sweep: ReturnType<typeof setTimeout> | undefined;

  constructor(wire: Wire, now: () => number = Date.now) {
    this.wire = wire;
    this.now = now;
  }

  subscribe(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  set(change: Partial<Ui>): void {
    this.ui = { ...this.ui, ...change };
    for (const watcher of this.watchers) watcher();
  }

  // ---------------------------------------------------------------- the queue

  /** Takes in the room as it is now. */
  sync(state: State): void {
    this.items = deskOf(state).items;
    this.arrange();
  }

  /** Put the rows in order, as far as the hand allows. */
  arrange(): void {
    const hand = { now: this.now(), still: this.still, selected: this.ui.selected };
    if (this.queue.arrange(this.items, hand)) this.set({ ids: this.queue.ids });
    if (this.selected === null) this.offer();
    this.sweepLater();
  }

  get selected(): Item | null {
    return this.find(this.ui.selected);
  }

  /** Whether a decision may be made now: not in the moment after the desk moved on by itself. */
  get rested(): boolean {
    return this.now() >= this.restUntil;
  }

  /** Somebody chose this message; `reading` opens it over its list on a narrow screen. */
  select(id: string, reading = this.ui.reading): void {
    const item = this.find(id);
    if (!item) return;
    this.restUntil = 0;
    this.set({
      selected: id, reading, person: item.who, prompt: null, said: "",
    });
    this.arrange();
  }

  /** On to the next or the one before that still waits. */
  move(by: 1 | -1): void {
    const waiting = this.waiting();
    const id = step(this.ui.ids, waiting, this.ui.selected, by);
    if (id !== null && id !== this.ui.selected) this.select(id);
    else if (id !== null && !waiting.has(id)) this.next();
  }

  /** On to what waits next, by the desk itself: decisions rest for a moment. */
  next(): void {
    const id = after(this.ui.ids, this.waiting(), this.ui.selected ?? "");
    const item = this.find(id);
    this.restUntil = this.now() + REST_MS;
    if (item) this.set({ selected: item.id, person: item.who, prompt: null });
    else this.set({ selected: null, reading: false, prompt: null });
    this.arrange();
  }

  /** Somebody's hand was on nothing: put the first that waits in front of them, and no more. */
  private offer(): void {
    const id = step(this.ui.ids, this.waiting(), null, 1);
    const item = this.find(id);
    if (!item) return;
    this.restUntil = this.now() + REST_MS;
    // Whoever is writing to somebody must go on writing to the same one.
    this.set({ selected: item.id, person: this.ui.person ?? item.who });
  }

  private find(id: string | null): Item | null {
    return this.items.find((item) => item.id === id) ?? null;
  }

  /** What waits and is not on its way to a decision already. */
  private waiting(): ReadonlySet<string> {
    const free = this.items.filter(
      (item) => waits(item) && this.ui.asked[`item:${item.id}`]?.state !== "sending",
    );
    return new Set(free.map((item) => item.id));
  }

  private sweepLater(): void {
    clearTimeout(this.sweep);
    const due = this.still ? null : this.queue.due(this.now());
    if (due !== null) this.sweep = setTimeout(() => this.arrange(), due - this.now());
  }

  // ---------------------------------------------------------------- where one looks

  go(pane: Pane): void {
    const side = pane === "person" || pane === "evening" ? pane : this.ui.side;
    this.set({ pane, side, reading: false });
  }

  choosePerson(who: string): void {
    this.set({ person: who, side: "person", pane: "person" });
  }

  chooseMessage(id: string | null, who?: string): void {
    this.set({ message: id, ...(who !== undefined && { person: who }) });
  }

  /** To the words that raised an alert: in the queue, or in the private line. */
  goTo(alert: Alert): void {
    const item = this.find(alert.message);
    if (!item || item.line === true) {
      this.choosePerson(alert.who);
      return;
    }
    this.go("queue");
    this.select(item.id, true);
    if (!this.ui.ids.includes(item.id)) this.choosePerson(alert.who);
  }

  /** The last words of this private line need no answer. */
  answered(who: string, n: number): void {
    this.set({ answered: { ...this.ui.answered, [who]: n } });
  }

  // ---------------------------------------------------------------- asking the server

  approve(item: Item): void {
    this.decided(this.ask(`item:${item.id}`, "approve", {
      t: "decide", id: item.id, decision: "approve", sha: item.sha,
    }), t("said.approve"));
  }

  claim(item: Item, drop = false): void {
    void this.ask(`claim:${item.id}`, "claim", { t: "claim", id: item.id, drop });
  }

  mute(who: string, minutes: number): void {
    this.set({ prompt: null });
    void this.ask(`person:${who}`, "mute", { t: "mute", who, minutes });
  }

  take(alert: string): Promise<boolean> {
    return this.ask(`alert:${alert}`, "take", { t: "acknowledge", alert });
  }

  open(prompt: Prompt): void {
    this.set({ prompt });
  }

  /** Ask how to decide this one; whoever starts to is the one who is reading it. */
  consider(kind: "withhold" | "send_back", item: Item): void {
    if (!waits(item)) return;
    const { id, sha, who } = item;
    this.open(kind === "withhold" ? { kind, id, sha, who, reason: null } : { kind, id, sha, who });
    if (item.claimed_by == null) this.claim(item);
  }

  pick(reason: DeclineReason): void {
    const prompt = this.ui.prompt;
    if (prompt && "reason" in prompt) this.set({ prompt: { ...prompt, reason } });
  }

  /** Carries out what the open prompt names, for the words that were on the screen then. */
  confirm(note: string): boolean {
    const prompt = this.ui.prompt;
    if (!prompt || prompt.kind === "mute") return false;
    if ("reason" in prompt && prompt.reason === null) return false;
    this.set({ prompt: null });
    this.carryOut(prompt, note.trim());
    return true;
  }

  private carryOut(prompt: Exclude<Prompt, { kind: "mute" }>, note: string): void {
    switch (prompt.kind) {
      case "withhold": {
        const { id, sha, reason } = prompt;
        return this.decided(this.ask(`item:${id}`, "decline", {
          t: "decide", id, decision: "decline", sha, reason, note,
        }), t("said.decline"));
      }
      case "send_back": {
        const { id, sha } = prompt;
        return this.decided(this.ask(`item:${id}`, "send_back", {
          t: "decide", id, decision: "send_back", sha, note,
        }), t("said.send_back"));
      }
      case "remove": {
        const { id, reason } = prompt;
        void this.ask(`message:${id}`, "remove", { t: "remove", id, reason: reason ?? "other", note });
        return;
      }
      default:
        void this.ask("room", prompt.kind, { t: prompt.kind });
    }
  }

  /** On to the next at once; the row says "sending" until the server has answered. */
  private decided(done: Promise<boolean>, said: string): void {
    this.next();
    void done.then((yes) => {
      if (yes) this.set({ said });
    });
  }

  /** Forget a refusal that has been read. */
  clear(key: string): void {
    if (!(key in this.ui.asked)) return;
    const { [key]: _, ...asked } = this.ui.asked;
    this.set({ asked });
  }

  /** True once the server says done. A second ask while one is on its way does nothing. */
  private async ask(key: string, verb: string, deed: Deed): Promise<boolean> {
    if (this.ui.asked[key]?.state === "sending") return false;
    this.mark(key, { verb, state: "sending", code: "", say: "" });
    const answer = await this.wire.act(deed);
    if (answer.t !== "err") {
      this.clear(key);
      return true;
    }
    const say = answer.code === "no_answer" ? t("said.no_answer") : answer.say;
    this.mark(key, { verb, state: "refused", code: answer.code, say });
    // The row itself says who was first; the notice need not stay over the list.
    if (answer.code === "decided") setTimeout(() => this.clear(key), NOTICE_MS);
    return false;
  }

  private mark(key: string, asked: Asked): void {
    this.set({ asked: { ...this.ui.asked, [key]: asked } });
  }
}
