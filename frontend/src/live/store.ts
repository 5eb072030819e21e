/**
 * The client side of one live room, for the room and for the desk. Knows no framework.
 *
 *   const live = openLive(document.getElementById("room")!);   // reads data-room, -socket, -api, -csrf
 *   live.subscribe(() => render(live));        // after every change; answers an unsubscribe function
 *   live.listen((stream, entry) => …);         // every entry as it is applied (not those in a snapshot)
 *   live.state      State | null: the folded snapshot; replaced, never changed in place
 *   live.status     "connecting" | "live" | "reconnecting" | "offline" | "ended"; live.reason if ended
 *   live.adults     {here, needed} | null (staff only, from the beat)
 *   live.pending    messages on their way (see outbox.ts), oldest first
 *   live.send({body, to, seat, reply_to, replaces})  -> cid, kept until the server has it
 *   live.retry(cid) live.redirect(cid, "line") live.drop(cid)
 *   await live.act({t: "decide", id, decision, sha})  -> Done | Ok | Err; never rejects; the cid is
 *                   added here; sent again after a lost link; Err code "no_answer" after 15 s
 *   live.draft(key) live.saveDraft(key, text)        words not sent yet, in this tab only
 *   live.wipe()     forget every word (exit, sign-out, end); live.stop() ends the connection
 */

import { Connection, type EndReason, type Status } from "./connection.ts";
import { ends, fold, type State } from "./fold.ts";
import type { Addresses } from "./links.ts";
import { newCid, Outbox, type Pending, type Words } from "./outbox.ts";
import { Tab } from "./tab.ts";
import { TIMES, type Times } from "./times.ts";
import { DESK } from "../protocol.ts";
import type {
  Adults, AnyClientFrame, AnyEntry, AnyServerFrame, Done, Err, Ok, Part, Snapshot, Tops,
} from "../protocol.ts";

export type { EndReason, Pending, State, Status, Words };

type ActFrame = Extract<AnyClientFrame, { cid: string }>;
type WithoutCid<T> = T extends unknown ? Omit<T, "cid"> : never;
/** A frame to act with; its cid is made here. */
export type Deed = WithoutCid<Exclude<ActFrame, { t: "send" }>>;
export type Answer = Done | Ok | Err;

interface Waiting {
  frame: ActFrame;
  answer: (answer: Answer) => void;
  clock: ReturnType<typeof setTimeout>;
}

export class Live {
  state: State | null = null;
  status: Status = "connecting";
  reason: EndReason = "";
  adults: Adults | null = null;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<(stream: string, entry: AnyEntry) => void>();
  private readonly waiting = new Map<string, Waiting>();
  private readonly tab: Tab;
  private readonly outbox: Outbox;
  private readonly connection: Connection;
  private readonly times: Times;
  private behind: Tops = {};
  private fresh = false;
  private linked = false;
  private flushed = false;
  private gapAt = "";
  private readonly part: Part | null;

  /** ``part`` is for whom this page is made, if it is for one of them only. */
  constructor(
    room: string, addresses: Addresses, times: Times = TIMES, tab: Tab = new Tab(room),
    part: Part | null = null,
  ) {
    this.tab = tab;
    this.times = times;
    this.part = part;
    this.connection = new Connection(addresses, {
      have: () => (this.fresh ? {} : (this.state?.tops ?? {})),
      epoch: () => this.state?.epoch ?? "",
      take: (frame) => this.take(frame),
      status: (status, reason) => this.changeStatus(status, reason),
      up: () => this.up(),
      down: (code) => this.down(code),
    }, times);
    const deliver = (frame: AnyClientFrame) => this.connection.send(frame);
    this.outbox = new Outbox(this.tab, deliver, () => this.tell(), times);
  }

  get pending(): readonly Pending[] {
    return this.outbox.pending;
  }

  start(): this {
    this.connection.start();
    return this;
  }

  stop(): void {
    this.connection.stop();
  }

  subscribe(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  listen(listener: (stream: string, entry: AnyEntry) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(words: Words): string {
    return this.outbox.add(words);
  }

  retry(cid: string): void {
    this.outbox.retry(cid);
  }

  redirect(cid: string, to: "room" | "line"): string | null {
    return this.outbox.redirect(cid, to);
  }

  drop(cid: string): Pending | undefined {
    return this.outbox.drop(cid);
  }

  act(deed: Deed): Promise<Answer> {
    const cid = newCid();
    const frame = { ...deed, cid } as ActFrame;
    return new Promise((answer) => {
      const clock = setTimeout(() => {
        this.answered({ t: "err", cid, code: "no_answer", say: "" });
      }, this.times.act);
      this.waiting.set(cid, { frame, answer, clock });
      if (this.flushed) this.connection.send(frame);
    });
  }

  draft(key: string): string {
    return this.tab.draft(key);
  }

  saveDraft(key: string, text: string): void {
    this.tab.saveDraft(key, text);
  }

  wipe(): void {
    this.outbox.wipe();
  }

  // ---------------------------------------------------------------- from the connection

  private up(): void {
    this.linked = true;
    this.behind = {};
  }

  /**
   * What waits goes out once this link has said for whom it speaks: somebody else may have signed
   * in on this phone, and nobody's words may be sent under another name.
   */
  private flush(): void {
    if (!this.linked || this.flushed) return;
    this.flushed = true;
    this.outbox.up();
    for (const { frame } of this.waiting.values()) this.connection.send(frame);
  }

  private down(code: string): void {
    this.linked = this.flushed = false;
    this.outbox.down(code);
  }

  private changeStatus(status: Status, reason: EndReason): void {
    this.status = status;
    this.reason = reason;
    // Whoever uses this tab next must not find the words of somebody who was signed out.
    if (status === "ended" && reason !== "") this.wipe();
    this.tell();
  }

  private take(frame: AnyServerFrame): boolean {
    switch (frame.t) {
      case "snapshot":
        if (this.part !== null && frame.me.part !== this.part) {
          // Somebody else signed in in this browser: a desk of theirs would say "nothing waits".
          this.connection.stop("signed_out");
          return true;
        }
        this.replace(frame);
        break;
      case "entries":
        if (!this.apply(frame.s, frame.e)) return false;
        break;
      case "beat":
        if (!this.compare(frame.tops, frame.adults ?? null)) return false;
        break;
      case "ok":
      case "err":
      case "done":
        this.answered(frame);
        return true;
      default:
        // A newer server may say more than this script knows.
        return true;
    }
    if (this.state) this.flush();
    return true;
  }

  private replace(snapshot: Snapshot): void {
    this.state = snapshot;
    this.fresh = false;
    this.behind = {};
    if (this.tab.isOfAnother(snapshot.me.who)) this.outbox.wipe();
    this.tab.own(snapshot.me.who);
    this.outbox.settle(snapshot.tops);
    this.tell();
  }

  /** Apply what is next; what is known already is passed over, a gap answers false (L4). */
  private apply(stream: string, entries: AnyEntry[]): boolean {
    if (this.state?.tops[stream] === undefined) {
      return this.anew();
    }
    const applied: AnyEntry[] = [];
    for (const entry of entries) {
      const have = this.state.tops[stream] ?? 0;
      if (entry.n <= have) continue;
      if (entry.n !== have + 1) return this.gap();
      this.state = fold(this.state, stream, entry);
      applied.push(entry);
    }
    this.outbox.settle(this.state.tops);
    this.tell();
    for (const entry of applied) this.announce(stream, entry);
    return true;
  }

  private announce(stream: string, entry: AnyEntry): void {
    for (const listener of this.listeners) listener(stream, entry);
    if (this.state && ends(this.state, stream, entry)) this.connection.stop("left");
  }

  /** Behind at two beats running, with nothing in between: entries were lost on the way. */
  private compare(tops: Tops, adults: Adults | null): boolean {
    if (adults && (adults.here !== this.adults?.here || adults.needed !== this.adults.needed)) {
      this.adults = adults;
      this.tell();
    }
    const have = this.state?.tops ?? {};
    const strange = this.state?.me.part === "young"
      ? Object.keys(tops).some((name) => !(name in have))
      : this.state !== null && !(DESK in tops);
    if (strange) return this.anew();
    const before = this.behind;
    const late = Object.entries(tops).filter(([stream, top]) => top > (have[stream] ?? 0));
    this.behind = Object.fromEntries(late.map(([stream]) => [stream, have[stream] ?? 0]));
    const stalled = Object.entries(this.behind).some(([stream, top]) => before[stream] === top);
    return stalled ? this.gap() : true;
  }

  /** A stream that is not this viewer's: who speaks here has changed, so ask for everything. */
  private anew(): boolean {
    this.fresh = true;
    return false;
  }

  /** Ask for everything since; if that did not help the last time, for a snapshot. */
  private gap(): boolean {
    const have = JSON.stringify(this.state?.tops ?? {});
    this.fresh = have === this.gapAt;
    this.gapAt = have;
    return false;
  }

  private answered(frame: Answer): void {
    if (frame.t !== "done" && frame.cid !== undefined && this.outbox.answer(frame)) {
      if (this.state) this.outbox.settle(this.state.tops);
      return;
    }
    const one = this.waiting.get(frame.cid ?? "");
    if (!one) return;
    clearTimeout(one.clock);
    this.waiting.delete(one.frame.cid);
    one.answer(frame);
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher();
  }
}

/** The live room of a shell element, started. */
export function openLive(shell: HTMLElement): Live {
  const { room = "", socket = "", api = "", csrf = "" } = shell.dataset;
  const origin = location.origin.replace(/^http/, "ws");
  const addresses = { socket: new URL(socket, origin).href, api, csrf };
  const part = shell.id === "desk" ? "staff" : "young";
  return new Live(room, addresses, TIMES, new Tab(room), part).start();
}
