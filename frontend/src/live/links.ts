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
  private readonly socket: WebSocket;

  constructor(addresses: Addresses, ears: Ears) {
    this.socket = new WebSocket(addresses.socket);
    this.socket.onopen = () => {
      this.send({ t: "hello", have: ears.have(), epoch: ears.epoch() });
      ears.up(this);
    };
    this.socket.onmessage = (event) => {
      ears.heard(this, read(event.data));
    };
    this.socket.onclose = (event) => {
      ears.lost(this, event.code);
    };
  }

  send(frame: AnyClientFrame): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  close(): void {
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}

/** Statuses of the API that mean the same as a close code of the socket. */
const CODE_OF_STATUS: Record<number, number> = { 401: 4001, 404: 4004, 410: 4010 };

export class HttpLink implements Link {
  private readonly addresses: Addresses;
  private readonly ears: Ears;
  private readonly stop = new AbortController();

  constructor(addresses: Addresses, ears: Ears) {
    this.addresses = addresses;
    this.ears = ears;
    queueMicrotask(() => {
      if (this.stop.signal.aborted) return;
      ears.up(this);
      void this.poll();
    });
  }

  send(frame: AnyClientFrame): void {
    if (frame.t === "hello" || frame.t === "got") return;
    void this.post(frame);
  }

  close(): void {
    this.stop.abort();
  }

  private async poll(): Promise<void> {
    while (!this.stop.signal.aborted) {
      const query = new URLSearchParams({ epoch: this.ears.epoch() });
      for (const [stream, top] of Object.entries(this.ears.have())) {
        query.set(stream, String(top));
      }
      const answer = await this.ask(`/entries?${query.toString()}`, {});
      if (answer === null) return;
      const frames = (answer as { frames?: AnyServerFrame[] }).frames;
      if (frames === undefined) {
        this.end(0);
        return;
      }
      for (const frame of frames) this.ears.heard(this, frame);
    }
  }

  private async post(frame: AnyClientFrame): Promise<void> {
    const { t, ...words } = frame;
    const [path, body] = t === "send" ? ["/messages", words] : ["/frames", frame];
    const answer = await this.ask(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.addresses.csrf },
      body: JSON.stringify(body),
    });
    if (answer !== null) this.ears.heard(this, answer as AnyServerFrame);
  }

  /** One request; null once the link has ended. Refusals are frames, whatever their status. */
  private async ask(path: string, options: RequestInit): Promise<object | null> {
    const { signal } = this.stop;
    try {
      const response = await fetch(this.addresses.api + path, {
        ...options, signal, cache: "no-store", credentials: "same-origin", redirect: "error",
      });
      const code = CODE_OF_STATUS[response.status];
      if (code !== undefined) return this.end(code);
      const answer: unknown = await response.json();
      this.hear();
      return answer as object;
    } catch {
      return this.end(0);
    }
  }

  private hear(): void {
    if (!this.stop.signal.aborted) this.ears.heard(this, null);
  }

  private end(code: number): null {
    if (!this.stop.signal.aborted) {
      this.stop.abort();
      this.ears.lost(this, code);
    }
    return null;
  }
}

function read(data: unknown): AnyServerFrame | null {
  try {
    return JSON.parse(String(data)) as AnyServerFrame;
  } catch {
    return null;
  }
}
