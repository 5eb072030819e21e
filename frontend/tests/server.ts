/** A small real server to test against: a socket and the HTTP way round, on a free local port. */

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { AnyClientFrame, AnyServerFrame } from "../src/protocol.ts";

const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

type Answer = AnyServerFrame | null;

export class Peer {
  readonly frames: AnyClientFrame[] = [];
  private readonly stream: Duplex;
  private rest = Buffer.alloc(0);
  private readonly heard: (frame: AnyClientFrame) => void;

  constructor(stream: Duplex, heard: (peer: Peer, frame: AnyClientFrame) => void) {
    this.stream = stream;
    this.heard = (frame) => {
      heard(this, frame);
    };
    stream.on("data", (data: Buffer) => {
      this.read(data);
    });
    stream.on("error", () => undefined);
  }

  say(frame: AnyServerFrame): void {
    this.write(1, Buffer.from(JSON.stringify(frame)));
  }

  close(code: number): void {
    const body = Buffer.alloc(2);
    body.writeUInt16BE(code);
    this.write(8, body);
    this.stream.end();
  }

  /** Gone without a word, as a phone in a tunnel. */
  cut(): void {
    this.stream.destroy();
  }

  private write(opcode: number, body: Buffer): void {
    const head = body.length < 126
      ? Buffer.from([0x80 | opcode, body.length])
      : Buffer.from([0x80 | opcode, 126, body.length >> 8, body.length & 255]);
    this.stream.write(Buffer.concat([head, body]));
  }

  private read(data: Buffer): void {
    this.rest = Buffer.concat([this.rest, data]);
    for (;;) {
      if (this.rest.length < 2) return;
      const short = this.rest.readUInt8(1) & 0x7f;
      const start = short === 126 ? 4 : 2;
      const size = short === 126 ? this.rest.readUInt16BE(2) : short;
      if (this.rest.length < start + 4 + size) return;
      const mask = this.rest.subarray(start, start + 4);
      const body = this.rest.subarray(start + 4, start + 4 + size)
        .map((byte, at) => byte ^ (mask[at % 4] ?? 0));
      const opcode = this.rest.readUInt8(0) & 15;
      this.rest = this.rest.subarray(start + 4 + size);
      if (opcode !== 1) continue;
      const frame = JSON.parse(Buffer.from(body).toString()) as AnyClientFrame;
      this.frames.push(frame);
      this.heard(frame);
    }
  }
}

export class TestServer {
  readonly peers: Peer[] = [];
  readonly posts: { path: string; body: Record<string, unknown> }[] = [];
  beats = 0;
  alive = true;
  readonly polls: URLSearchParams[] = [];
  /** How sockets are met: taken, or refused as a network that blocks them would. */
  sockets = true;
  onFrame: (peer: Peer, frame: AnyClientFrame) => void = () => undefined;
  onPost: (path: string, body: Record<string, unknown>) => Answer = () => null;
  onPoll: () => Promise<AnyServerFrame[]> = () => new Promise(() => undefined);
  private readonly http: Server;
  private readonly streams = new Set<Duplex>();

  constructor() {
    this.http = createServer((request, response) => void this.serve(request, response));
    this.http.on("connection", (stream) => this.streams.add(stream));
    this.http.on("upgrade", (request, stream) => {
      this.upgrade(request, stream);
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.http.listen(0, "127.0.0.1", done));
    return this;
  }

  async stop(): Promise<void> {
    for (const stream of this.streams) stream.destroy();
    await new Promise((done) => this.http.close(done));
  }

  get addresses() {
    const { port } = this.http.address() as AddressInfo;
    return { socket: `ws://127.0.0.1:${port}/ws`, api: `http://127.0.0.1:${port}/api`, csrf: "c" };
  }

  private upgrade(request: IncomingMessage, stream: Duplex): void {
    if (!this.sockets) {
      stream.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    const key = String(request.headers["sec-websocket-key"]) + MAGIC;
    const accept = createHash("sha1").update(key).digest("base64");
    stream.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
      + `Connection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    this.peers.push(new Peer(stream, (peer, frame) => {
      this.onFrame(peer, frame);
    }));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://local");
    if (url.pathname === "/livez") {
      this.beats += 1;
      if (this.alive) response.end("ok");
      return;
    }
    if (request.method === "GET") {
      this.polls.push(url.searchParams);
      response.end(JSON.stringify({ frames: await this.onPoll() }));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    this.posts.push({ path: url.pathname, body });
    const answer = this.onPost(url.pathname, body) ?? { t: "beat", tops: {} };
    response.end(JSON.stringify(answer));
  }
}
