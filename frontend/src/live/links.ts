/**
 * Two ways to the server that carry the same frames: a socket, and plain HTTP with long polls for
 * networks that block sockets. A link reports what it hears and its end, and decides nothing.
 */

import type { AnyClientFrame, AnyServerFrame, Tops } from "../protocol.ts";

export interface Addresses {
  socket: string;
  api: string;
  csrf: string;
}

export interface Ears {
  /** What the viewer has, for `hello` and for every poll. */
  have(): Tops;
  epoch(): string;
  /** Frames may be sent from now on. */
  up(link: Link): void;
  heard(link: Link, frame: AnyServerFrame | null): void;
  /** The end; `code` as in the table of close codes, 0 where there is none. */
  lost(link: Link, code: number): void;
}

export interface Link {
  send(frame: AnyClientFrame): void;
  /** Ends the link without a report. */
  close(): void;
}

export class SocketLink implements Link {
  private socket: WebSocket | null = null;

  constructor(addresses: Addresses, ears: Ears) {
    try {
      this.socket = this.open(addresses.socket, ears);
    } catch {
      // A browser or a policy that forbids sockets outright is a network without them.
      queueMicrotask(() => ears.lost(this, 0));
    }
  }

  send(frame: AnyClientFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  close(): void {
    if (!this.socket) return;
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }

  private open(address: string, ears: Ears): WebSocket {
    const socket = new WebSocket(address);
    socket.onopen = () => {
      this.send({ t: "hello", have: ears.have(), epoch: ears.epoch() });
      ears.up(this);
    };
    socket.onmessage = (event) => {
      ears.heard(this, read(event.data));
    };
    socket.onclose = (event) => {
      ears.lost(this, event.code);
    };
    return socket;
  }
}

/** Statuses of a poll that mean the same as a close code of the socket. */
const CODE_OF_STATUS: Record<number, number> = { 401: 4001, 404: 4004, 410: 4010 };
/** Answers at once while the server is up: the heartbeat of a link whose polls wait. */
const ALIVE = "/livez";
const POLICY = { cache: "no-store", credentials: "same-origin", redirect: "error" } as const;

export class HttpLink implements Link {
  private readonly addresses: Addresses;
  private readonly ears: Ears;
  private readonly pollFor: number;
  private readonly stop = new AbortController();

  /** A poll without news is asked anew after `pollFor` ms, so that a dead one stalls nobody. */
  constructor(addresses: Addresses, ears: Ears, pollFor: number) {
    this.addresses = addresses;
    this.ears = ears;
    this.pollFor = pollFor;
    queueMicrotask(() => {
      if (this.stop.signal.aborted) return;
      ears.up(this);
      void this.poll();
    });
  }

  send(frame: AnyClientFrame): void {
    if (frame.t === "beat") void this.beat();
    else if (frame.t !== "hello" && frame.t !== "got") void this.post(frame);
  }

  close(): void {
    this.stop.abort();
  }

  private async poll(): Promise<void> {
    // The first one asks for a snapshot: it answers at once, and says for whom it speaks.
    for (let first = true; !this.stop.signal.aborted; first = false) {
      const query = new URLSearchParams({ epoch: this.ears.epoch() });
      const have = first ? {} : this.ears.have();
      for (const [stream, top] of Object.entries(have)) query.set(stream, String(top));
      await this.ask(`/entries?${query.toString()}`, { signal: this.within(this.pollFor) });
    }
  }

  private async beat(): Promise<void> {
    try {
      const signal = this.within(this.pollFor);
      const response = await fetch(new URL(ALIVE, this.base()), { signal, cache: "no-store" });
      await response.text();
      if (response.ok) this.hear(null);
    } catch {
      // Silence is noticed by whoever keeps the time.
    }
  }

  private async post(frame: AnyClientFrame): Promise<void> {
    const { t, ...words } = frame;
    const [path, body] = t === "send" ? ["/messages", words] : ["/frames", frame];
    try {
      const response = await fetch(this.addresses.api + path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.addresses.csrf },
        body: JSON.stringify(body),
        signal: this.stop.signal,
        ...POLICY,
      });
      // A refusal is a frame too, whatever its status.
      this.hear(await response.json() as AnyServerFrame);
    } catch {
      this.end(0);
    }
  }

  /** One poll. Its own time running out is no news; everything else that fails is an end. */
  private async ask(path: string, options: RequestInit): Promise<void> {
    try {
      const response = await fetch(this.addresses.api + path, { ...options, ...POLICY });
      if (!response.ok) {
        this.end(CODE_OF_STATUS[response.status] ?? 0);
        return;
      }
      const { frames } = await response.json() as { frames: AnyServerFrame[] };
      this.hear(null);
      for (const frame of frames) this.hear(frame);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "TimeoutError")) this.end(0);
    }
  }

  private base(): string {
    return new URL(this.addresses.api, "location" in globalThis ? location.href : undefined).href;
  }

  private within(ms: number): AbortSignal {
    // By hand: AbortSignal.any and .timeout are younger than the phones this is for.
    const control = new AbortController();
    const clock = setTimeout(() => {
      control.abort(new DOMException("no news", "TimeoutError"));
    }, ms);
    this.stop.signal.addEventListener("abort", () => {
      clearTimeout(clock);
      control.abort();
    }, { signal: control.signal });
    return control.signal;
  }

  private hear(frame: AnyServerFrame | null): void {
    if (!this.stop.signal.aborted) this.ears.heard(this, frame);
  }

  private end(code: number): void {
    if (this.stop.signal.aborted) return;
    this.stop.abort();
    this.ears.lost(this, code);
  }
}

function read(data: unknown): AnyServerFrame | null {
  try {
    return JSON.parse(String(data)) as AnyServerFrame;
  } catch {
    return null;
  }
}
