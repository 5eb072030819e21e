/**
 * Keeps one room connected, by whatever way there is, and says honestly when it is not.
 *
 * Socket first; after two that never spoke, plain HTTP, while the socket is tried now and then.
 * Nothing heard for 11 s is a dead link, whatever the network says (L6). Knows no framework and
 * no state: its `Owner` has both. Owner.take answers false on a gap, and the link is made anew.
 */

import {
  type Addresses, type Ears, HttpLink, type Link, SocketLink,
} from "./links.ts";
import { TIMES, type Times } from "./times.ts";
import { type AnyClientFrame, type AnyServerFrame, type Tops, WINDOW_ENTRIES } from "../protocol.ts";

export type Status = "connecting" | "live" | "reconnecting" | "offline" | "ended";
export type EndReason = "" | "signed_out" | "missing" | "left";

export interface Owner {
  have(): Tops;
  epoch(): string;
  /** Apply a frame; false asks for everything since `have` again. */
  take(frame: AnyServerFrame): boolean;
  status(status: Status, reason: EndReason): void;
  up(): void;
  /** `code` is a refusal that what was under way has earned, or "". */
  down(code: string): void;
}

/** Only a browser that says so is offline; where there is no such word, we try. */
const isOffline = (): boolean => (navigator as Partial<Navigator>).onLine === false;

const ENDS: Record<number, EndReason> = { 4001: "signed_out", 4004: "missing", 4010: "left" };
const TOO_LONG = 4009;
const RESTARTING = 4012;
const SOCKET_TRIES = 2;

export class Connection {
  private readonly addresses: Addresses;
  private readonly owner: Owner;
  private readonly times: Times;
  private link: Link | null = null;
  private probe: Link | null = null;
  private state: Status = "connecting";
  private silentSockets = 0;
  private failures = 0;
  private spoke = false;
  private heardAt: [number, number] = [0, 0];
  private wait: ReturnType<typeof setTimeout> | undefined;
  private gotWait: ReturnType<typeof setTimeout> | undefined;
  private ungot = 0;
  private ticks: ReturnType<typeof setInterval>[] = [];
  private readonly awake = new AbortController();

  constructor(addresses: Addresses, owner: Owner, times: Times = TIMES) {
    this.addresses = addresses;
    this.owner = owner;
    this.times = times;
  }

  start(): void {
    this.ticks = [
      setInterval(() => this.send({ t: "beat" }), this.times.beat),
      setInterval(() => this.watch(), Math.min(250, this.times.silent / 4)),
      setInterval(() => this.trySocket(), this.times.socketAgain),
    ];
    this.listen();
    this.connect();
  }

  /** End without coming back. */
  stop(reason: EndReason = ""): void {
    for (const tick of this.ticks) clearInterval(tick);
    this.awake.abort();
    this.drop();
    this.say("ended", reason);
  }

  /** Hand a frame to the link there is; without one it is not kept. */
  send(frame: AnyClientFrame): void {
    this.link?.send(frame);
  }

  private connect(): void {
    clearTimeout(this.wait);
    if (this.state === "ended" || this.link) return;
    this.touch();
    this.spoke = false;
    const http = this.silentSockets >= SOCKET_TRIES && this.failures % 2 === 0;
    this.link = http
      ? new HttpLink(this.addresses, this.ears, this.times.poll)
      : new SocketLink(this.addresses, this.ears);
  }

  private readonly ears: Ears = {
    have: () => this.owner.have(),
    epoch: () => this.owner.epoch(),
    up: (link) => {
      if (link === this.link) this.owner.up();
    },
    heard: (link, frame) => this.heard(link, frame),
    lost: (link, code) => this.lost(link, code),
  };

  private heard(link: Link, frame: AnyServerFrame | null): void {
    if (this.state === "ended") return;
    if (link === this.probe) this.swap(link);
    // Answers of a request that outlived its link still count; the order is checked by number.
    if (link === this.link) {
      this.touch();
      this.spoke = true;
      if (link instanceof SocketLink) this.silentSockets = 0;
    }
    if (frame === null) return;
    if (!this.owner.take(frame)) {
      this.again(false);
      return;
    }
    if (frame.t === "beat") this.failures = 0;
    if (frame.t === "entries") this.gotSoon(frame.e.length);
    if (frame.t === "snapshot" || frame.t === "entries" || frame.t === "beat") this.say("live");
  }

  private lost(link: Link, code: number): void {
    if (link === this.probe) {
      this.probe = null;
      return;
    }
    if (link !== this.link) return;
    const reason = ENDS[code];
    if (reason !== undefined) {
      this.owner.down("");
      this.link = null;
      this.stop(reason);
      return;
    }
    if (link instanceof SocketLink && !this.spoke) this.silentSockets += 1;
    this.link = null;
    this.owner.down(code === TOO_LONG ? "too_long" : "");
    this.comeBack(code === RESTARTING && this.failures === 0);
  }

  /** Drop the link and make a new one: after a gap, silence, or on waking up. */
  private again(atOnce: boolean): void {
    if (this.state === "ended") return;
    if (this.link instanceof SocketLink && !this.spoke) this.silentSockets += 1;
    this.drop();
    this.owner.down("");
    this.comeBack(atOnce);
  }

  private comeBack(atOnce: boolean): void {
    this.say(isOffline() ? "offline" : "reconnecting");
    const step = Math.min(this.times.longest, this.times.first * 2 ** this.failures);
    this.failures += 1;
    // Jitter, so that a whole room does not come back in the same instant.
    const pause = (atOnce ? this.times.first / 2 : step) * (0.5 + Math.random() / 2);
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.connect(), pause);
  }

  private drop(): void {
    clearTimeout(this.wait);
    clearTimeout(this.gotWait);
    this.gotWait = undefined;
    this.ungot = 0;
    this.link?.close();
    this.probe?.close();
    this.link = this.probe = null;
  }

  private trySocket(): void {
    if (this.probe || !(this.link instanceof HttpLink) || !this.spoke) return;
    this.probe = new SocketLink(this.addresses, this.ears);
  }

  private swap(link: Link): void {
    this.link?.close();
    // What was under way on the old link has no answer any more: it goes again on the new one.
    this.owner.down("");
    this.link = link;
    this.probe = null;
    this.owner.up();
  }

  private watch(): void {
    const patience = this.spoke ? this.times.silent : this.times.opening;
    if (!this.link || this.silence() < patience) return;
    this.again(true);
  }

  /** Both clocks: one may stand still while a phone sleeps, the other may be set by hand. */
  private silence(): number {
    return Math.max(performance.now() - this.heardAt[0], Date.now() - this.heardAt[1]);
  }

  private touch(): void {
    this.heardAt = [performance.now(), Date.now()];
  }

  /** Say what was applied, before the server's window is full and not once for every entry. */
  private gotSoon(entries: number): void {
    this.ungot += entries;
    const say = () => {
      clearTimeout(this.gotWait);
      this.gotWait = undefined;
      this.ungot = 0;
      this.send({ t: "got", have: this.owner.have() });
    };
    if (this.ungot >= WINDOW_ENTRIES / 2) say();
    else this.gotWait ??= setTimeout(say, this.times.got);
  }

  private say(status: Status, reason: EndReason = ""): void {
    if (this.state === status || this.state === "ended") return;
    this.state = status;
    this.owner.status(status, reason);
  }

  /** The network is back, or somebody is looking again: do not wait out a pause. */
  private listen(): void {
    if (typeof window === "undefined") return;
    const { signal } = this.awake;
    const wake = () => {
      if (document.visibilityState === "hidden") return;
      if (!this.link) this.connect();
      else if (this.silence() > this.times.silent) this.again(true);
    };
    window.addEventListener("online", wake, { signal });
    window.addEventListener("pageshow", wake, { signal });
    document.addEventListener("visibilitychange", wake, { signal });
    window.addEventListener("offline", () => this.say("offline"), { signal });
  }
}
