import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "../src/live/store.ts";
import { Live } from "../src/live/store.ts";
import { Tab } from "../src/live/tab.ts";
import type { AnyClientFrame, Snapshot } from "../src/protocol.ts";
import { AT, forStaff, message, QUICK, snapshot } from "./cast.ts";
import { type Peer, TestServer } from "./server.ts";

let server: TestServer;
let live: Live;
let now: Snapshot;

const until = (is: () => boolean) => vi.waitFor(() => { expect(is()).toBe(true); }, { interval: 5, timeout: 3000 });
const isHello = (frame: AnyClientFrame) => frame.t === "hello";
const peer = (): Peer => server.peers.at(-1) as Peer;

/** Answers hello as the room does: a snapshot to who has nothing, a beat to everybody. */
function room(one: Peer, frame: AnyClientFrame): void {
  if (frame.t !== "hello") return;
  if (Object.keys(frame.have ?? {}).length === 0 || frame.epoch !== now.epoch) one.say(now);
  else one.say({ t: "beat", tops: now.tops });
}

beforeEach(async () => {
  now = snapshot();
  server = await new TestServer().start();
  server.onFrame = room;
  live = new Live("r", server.addresses, QUICK, new Tab("r", null));
});

afterEach(async () => {
  live.stop();
  await server.stop();
});

async function begin(): Promise<void> {
  live.start();
  await until(() => live.status === "live");
}

test("it begins with a snapshot and follows the entries", async () => {
  await begin();
  peer().say({ t: "entries", s: "room", e: [message(1), message(2)] });
  await until(() => live.state?.messages.length === 2);
  await until(() => peer().frames.some((frame) => frame.t === "got" && frame.have.room === 2));
});

test("what is known is passed over, each entry is applied once", async () => {
  await begin();
  peer().say({ t: "entries", s: "room", e: [message(1)] });
  peer().say({ t: "entries", s: "room", e: [message(1), message(2)] });
  await until(() => live.state?.tops.room === 2);
  expect(live.state?.messages.map((one) => one.n)).toEqual([1, 2]);
});

test("a gap applies nothing and asks again from what it has", async () => {
  await begin();
  peer().say({ t: "entries", s: "room", e: [message(1)] });
  peer().say({ t: "entries", s: "room", e: [message(3)] });
  await until(() => server.peers.length === 2 && peer().frames.some(isHello));
  expect(live.state?.messages).toHaveLength(1);
  expect(peer().frames.find(isHello)).toMatchObject({ have: { room: 1 }, epoch: "first" });
});

test("the same gap twice asks for a snapshot", async () => {
  await begin();
  server.onFrame = (one, frame) => {
    if (frame.t !== "hello") return;
    if (Object.keys(frame.have ?? {}).length === 0) one.say(now);
    else one.say({ t: "entries", s: "room", e: [message(5)] });
  };
  now = snapshot({ tops: { room: 5 }, messages: [message(5)] });
  peer().say({ t: "entries", s: "room", e: [message(5)] });
  await until(() => live.state?.tops.room === 5);
  expect(server.peers).toHaveLength(3);
});

test("another epoch replaces everything", async () => {
  now = snapshot({ tops: { room: 9 }, messages: [message(9)] });
  await begin();
  now = snapshot({ epoch: "second", tops: { room: 1 }, messages: [message(1, { body: "new" })] });
  peer().cut();
  await until(() => live.state?.epoch === "second");
  expect(live.state?.messages.map((one) => one.body)).toEqual(["new"]);
  expect(live.state?.tops).toEqual({ room: 1 });
});

test("silence is said and a new link is made, though the old one looks open", async () => {
  await begin();
  const seen: string[] = [];
  live.subscribe(() => seen.push(live.status));
  const started = performance.now();
  await until(() => live.status === "reconnecting");
  expect(performance.now() - started).toBeLessThan(2 * QUICK.silent);
  await until(() => live.status === "live");
  expect(server.peers.length).toBeGreaterThan(1);
});

test("it beats", async () => {
  await begin();
  await until(() => peer().frames.filter((frame) => frame.t === "beat").length >= 2);
});

test("behind at two beats running, it asks again", async () => {
  await begin();
  peer().say({ t: "beat", tops: { room: 3 } });
  peer().say({ t: "beat", tops: { room: 3 } });
  await until(() => server.peers.length === 2);
});

test("a message is sent again after a lost link, and settles with its entry", async () => {
  await begin();
  const first = peer();
  const cid = live.send({ body: "hello" });
  await until(() => first.frames.some((frame) => frame.t === "send"));
  first.cut();
  await until(() => peer() !== first && peer().frames.some((frame) => frame.t === "send"));
  expect(peer().frames.find((frame) => frame.t === "send")).toMatchObject({ cid, body: "hello" });
  peer().say({ t: "ok", cid, id: "m1", state: "published", stream: "room", seq: 1 });
  await until(() => live.pending[0]?.state === "sent");
  peer().say({ t: "entries", s: "room", e: [message(1, { cid, who: "robin" })] });
  await until(() => live.pending.length === 0);
});

test("words of one person are never sent as another's", async () => {
  const store = new Map<string, string>();
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  } as unknown as Storage;
  const tab = new Tab("r", storage);
  tab.own("wren");
  tab.saveDraft("room", "of wren");
  const other = new Live("r", server.addresses, QUICK, tab);
  other.send({ body: "of wren" });
  other.start();
  await until(() => other.status === "live");
  expect(other.pending).toEqual([]);
  expect(other.draft("room")).toBe("");
  expect(peer().frames.some((frame) => frame.t === "send")).toBe(false);
  other.stop();
});

test("when somebody else signs in on this phone, nothing of before is sent or kept", async () => {
  await begin();
  const first = peer();
  now = snapshot({
    me: { who: "wren", part: "young", name: "Wren", role: "young", streams: ["room", "seat:wren"] },
    tops: { room: 0, "seat:wren": 0 },
  });
  live.saveDraft("room", "of robin");
  first.cut();
  live.send({ body: "of robin" });
  await until(() => live.state?.me.who === "wren");
  expect(live.pending).toEqual([]);
  expect(live.draft("room")).toBe("");
  expect(server.peers.flatMap((one) => one.frames).some((frame) => frame.t === "send")).toBe(false);
});

const wren = () => snapshot({
  me: { who: "wren", part: "young", name: "Wren", role: "young", streams: ["room", "seat:wren"] },
  tops: { room: 0, "seat:wren": 0 },
});
const deskPage = () => new Live("r", server.addresses, QUICK, new Tab("r", null), "staff");

test("a desk whose browser is somebody else's now ends, and does not say that nothing waits", async () => {
  now = forStaff();
  live = deskPage();
  await begin();
  now = wren();
  peer().cut();
  await until(() => live.reason === "signed_out");
  expect(live.state?.me.part).toBe("staff");
});

test("a desk that opens for a young person shows them nothing", async () => {
  now = wren();
  live = deskPage().start();
  await until(() => live.reason === "signed_out");
  expect(live.state).toBeNull();
});

test("a room whose browser is staff's now ends, and sends nothing under their name", async () => {
  live = new Live("r", server.addresses, QUICK, new Tab("r", null), "young");
  await begin();
  now = forStaff();
  peer().cut();
  live.send({ body: "of robin" });
  await until(() => live.reason === "signed_out");
  expect(server.peers.flatMap((one) => one.frames).some((frame) => frame.t === "send")).toBe(false);
});

test("an act is answered by its cid, also after a lost link", async () => {
  await begin();
  const first = peer();
  const answer = live.act({ t: "withdraw", id: "m1" });
  await until(() => first.frames.some((frame) => frame.t === "withdraw"));
  first.cut();
  await until(() => peer() !== first && peer().frames.some((frame) => frame.t === "withdraw"));
  const again = peer().frames.find((frame) => frame.t === "withdraw") as { cid: string };
  peer().say({ t: "done", cid: again.cid });
  expect(await answer).toEqual({ t: "done", cid: again.cid });
});

test("an act without an answer is told so in the end", async () => {
  await begin();
  const answer: Answer = await live.act({ t: "open" });
  expect(answer).toMatchObject({ t: "err", code: "no_answer" });
});

test.each([[4001, "signed_out"], [4004, "missing"], [4010, "left"]])(
  "close code %i ends it and wipes the words",
  async (code, reason) => {
    await begin();
    live.send({ body: "words" });
    peer().close(code);
    await until(() => live.status === "ended");
    expect(live.reason).toBe(reason);
    expect(live.pending).toEqual([]);
    expect(server.peers).toHaveLength(1);
  },
);

test("one's own leaving in one's own stream ends it", async () => {
  await begin();
  peer().say({ t: "entries", s: "seat:robin", e: [{ k: "left", n: 1, at: AT, who: "robin" }] });
  await until(() => live.reason === "left");
});

test("a server that restarts is met again at once", async () => {
  await begin();
  peer().close(4012);
  await until(() => server.peers.length === 2);
  await until(() => live.status === "live");
});

test("where sockets are blocked, plain HTTP carries everything", async () => {
  server.sockets = false;
  let polls = 0;
  server.onPoll = () => {
    polls += 1;
    if (polls === 1) return Promise.resolve([now]);
    if (polls === 2) return Promise.resolve([{ t: "entries", s: "room", e: [message(1)] }]);
    return new Promise(() => undefined);
  };
  server.onPost = (path, body) => path.endsWith("/messages")
    ? { t: "ok", cid: String(body.cid), id: "m2", state: "published", stream: "room", seq: 2 }
    : null;
  await begin();
  await until(() => live.state?.tops.room === 1);
  live.send({ body: "hello" });
  await until(() => live.pending[0]?.state === "sent");
  const post = server.posts.find((one) => one.path.endsWith("/messages"));
  expect(post?.body).toMatchObject({ body: "hello" });
  expect(post?.body).not.toHaveProperty("t");
  expect(server.polls.at(-1)?.get("room")).toBe("1");
});

test("a network that swallows sockets without a word is gone round as well", async () => {
  server.onFrame = () => undefined;
  let polls = 0;
  server.onPoll = () => {
    polls += 1;
    return polls === 1 ? Promise.resolve([now]) : new Promise(() => undefined);
  };
  await begin();
  expect(server.peers).toHaveLength(2);
  expect(polls).toBeGreaterThan(0);
});

test("on plain HTTP a server that answers nothing is noticed as well", async () => {
  server.sockets = false;
  server.onPoll = () => Promise.resolve([now]);
  await begin();
  await until(() => server.beats > 0);
  server.onPoll = () => new Promise(() => undefined);
  server.alive = false;
  await until(() => live.status === "reconnecting");
});

test("the socket is taken up again once it works", async () => {
  server.sockets = false;
  let polls = 0;
  server.onPoll = () => {
    polls += 1;
    return polls === 1 ? Promise.resolve([now]) : new Promise(() => undefined);
  };
  await begin();
  expect(server.peers).toHaveLength(0);
  server.sockets = true;
  await until(() => server.peers.length > 0 && peer().frames.some(isHello));
  peer().say({ t: "entries", s: "room", e: [message(1)] });
  await until(() => live.state?.tops.room === 1);
});
