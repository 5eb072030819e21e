/**
 * Messages on their way. Each has a random `cid`, stays here (and in the tab's storage) until the
 * server says `ok`, and is sent again after every lost link. In each lane (the room, one private
 * line) only one is under way at a time, so that they arrive in the order they were written.
 *
 * States of a `Pending`: `sending`; `late` (not sent yet, kept, still being tried);
 * `refused` (the server said no: `code`, `say`; the words stay until their author decides);
 * `sent` (in the log; shown until its own entry arrives).
 */

import type { Tab } from "./tab.ts";
import { TIMES } from "./times.ts";
import type { Err, Ok, Send, Tops } from "../protocol.ts";

export interface Words {
  body: string;
  to?: "room" | "line";
  seat?: string | null;
  reply_to?: string | null;
  replaces?: string | null;
}

export interface Pending extends Required<Words> {
  cid: string;
  /** When it was written, by this phone's clock; for showing only. */
  at: number;
  state: "sending" | "late" | "refused" | "sent";
  code: string;
  say: string;
  /** The refused words spoke of danger: help belongs on the screen. */
  care: boolean;
  stream?: string;
  seq?: number;
}

/** Refusals that pass by themselves: the message is tried again. */
const PASSING = new Set(["too_fast", "unavailable"]);

type Times = Pick<typeof TIMES, "late" | "retry">;

export class Outbox {
  private list: Pending[];
  private readonly underway = new Set<string>();
  private readonly resting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly clocks = new Map<string, ReturnType<typeof setTimeout>>();
  private ready = false;
  private readonly tab: Tab;
  private readonly deliver: (frame: Send) => void;
  private readonly changed: () => void;
  private readonly times: Times;

  constructor(tab: Tab, deliver: (frame: Send) => void, changed: () => void, times: Times = TIMES) {
    this.tab = tab;
    this.deliver = deliver;
    this.changed = changed;
    this.times = times;
    this.list = tab.pending;
    for (const one of this.list) this.watch(one.cid);
  }

  get pending(): readonly Pending[] {
    return this.list;
  }

  /** Put words on their way; answers their cid. */
  add(words: Words): string {
    const { to = "room", seat = null, reply_to = null, replaces = null } = words;
    // Half an emoji cannot be read by the server, and would hold up all that is written after it.
    const body = words.body.replace(/\p{Surrogate}/gu, "\uFFFD");
    const cid = newCid();
    const one: Pending = {
      cid, body, to, seat, reply_to, replaces, at: Date.now(), state: "sending", code: "", say: "",
      care: false,
    };
    this.list = [...this.list, one];
    this.save();
    this.watch(cid);
    this.pump();
    return cid;
  }

  /** Try again now. */
  retry(cid: string): void {
    clearTimeout(this.resting.get(cid));
    this.resting.delete(cid);
    this.change(cid, { state: "sending", code: "", say: "", care: false });
    this.watch(cid);
    this.pump();
  }

  /** Send refused words to another place instead, as a new message. */
  redirect(cid: string, to: "room" | "line"): string | null {
    const one = this.list.find((old) => old.cid === cid);
    if (!one) return null;
    this.drop(cid);
    return this.add({ body: one.body, to, seat: one.seat });
  }

  /** Let words go that are not in the log. */
  drop(cid: string): Pending | undefined {
    const one = this.list.find((old) => old.cid === cid);
    this.forget(cid);
    this.save();
    this.pump();
    return one;
  }

  /** The link takes frames: everything that has no answer is sent (again), in order. */
  up(): void {
    this.ready = true;
    this.underway.clear();
    this.pump();
  }

  /** The link is gone. After `too_long` what was under way is what the server could not read. */
  down(code = ""): void {
    this.ready = false;
    for (const cid of this.underway) {
      if (code !== "") this.change(cid, { state: "refused", code });
    }
    this.underway.clear();
  }

  /** The server's answer to a cid; false if it is none of ours. */
  answer(frame: Ok | Err): boolean {
    const one = this.list.find((old) => old.cid === frame.cid);
    if (!one) return false;
    this.underway.delete(one.cid);
    if (frame.t === "ok") {
      this.change(one.cid, { state: "sent", stream: frame.stream, seq: frame.seq });
    } else if (PASSING.has(frame.code)) {
      this.change(one.cid, { state: "late", code: frame.code, say: frame.say });
      this.rest(one.cid);
    } else {
      const { code, say, care = false } = frame;
      this.change(one.cid, { state: "refused", code, say, care });
    }
    this.pump();
    return true;
  }

  /** Forget what has its own entry by now: `tops` says how far each stream was applied. */
  settle(tops: Tops): void {
    const done = this.list.filter(
      (one) => one.state === "sent" && (tops[one.stream ?? ""] ?? 0) >= (one.seq ?? 0),
    );
    if (done.length === 0) return;
    for (const { cid } of done) this.forget(cid);
    this.save();
  }

  /** Everything goes, from memory too. */
  wipe(): void {
    for (const { cid } of this.list) this.forget(cid);
    this.tab.wipe();
    this.changed();
  }

  private pump(): void {
    if (!this.ready) return;
    const busy = new Set<string>();
    for (const one of this.list) {
      if (one.state === "sent" || one.state === "refused") continue;
      const lane = `${one.to}:${one.seat ?? ""}`;
      if (!busy.has(lane) && !this.underway.has(one.cid) && !this.resting.has(one.cid)) {
        this.underway.add(one.cid);
        this.deliver(frameOf(one));
      }
      busy.add(lane);
    }
  }

  private watch(cid: string): void {
    clearTimeout(this.clocks.get(cid));
    this.clocks.set(cid, setTimeout(() => {
      const one = this.list.find((old) => old.cid === cid);
      if (one?.state === "sending") this.change(cid, { state: "late" });
    }, this.times.late));
  }

  private rest(cid: string): void {
    this.resting.set(cid, setTimeout(() => {
      this.resting.delete(cid);
      this.pump();
    }, this.times.retry));
  }

  private change(cid: string, change: Partial<Pending>): void {
    this.list = this.list.map((one) => (one.cid === cid ? { ...one, ...change } : one));
    this.save();
  }

  private forget(cid: string): void {
    clearTimeout(this.clocks.get(cid));
    clearTimeout(this.resting.get(cid));
    this.clocks.delete(cid);
    this.resting.delete(cid);
    this.underway.delete(cid);
    this.list = this.list.filter((one) => one.cid !== cid);
  }

  private save(): void {
    this.tab.savePending(this.list.filter((one) => one.state !== "sent"));
    this.changed();
  }
}

/** Random, so that neither time nor order nor person can be read from it. */
export function newCid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function frameOf({ cid, body, to, seat, reply_to, replaces }: Pending): Send {
  const frame: Send = { t: "send", cid, body };
  if (to !== "room") frame.to = to;
  if (seat !== null) frame.seat = seat;
  if (reply_to !== null) frame.reply_to = reply_to;
  if (replaces !== null) frame.replaces = replaces;
  return frame;
}
