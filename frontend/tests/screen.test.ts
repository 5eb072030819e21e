import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Live } from "../src/live/store.ts";
import { Tab } from "../src/live/tab.ts";
import type { AnyClientFrame, Send, Snapshot } from "../src/protocol.ts";
import { RoomScreen } from "../src/room/room.ts";
import { AT, message, QUICK, snapshot } from "./cast.ts";
import { type Peer, TestServer } from "./server.ts";

let server: TestServer;
let live: Live;
let screen: RoomScreen;
let answers: (peer: Peer, frame: AnyClientFrame) => void;
const start: Snapshot = snapshot({
  tops: { room: 1, "seat:robin": 2 },
  messages: [message(1)],
  own: {
    items: [{ n: 2, at: AT, id: "o1", cid: "c1", body: "as it was", state: "sent_back" }],
    line: [], muted: null,
  },
});

const until = (is: () => boolean) => vi.waitFor(() => { expect(is()).toBe(true); }, { interval: 5, timeout: 3000 });
const sends = () => server.peers.flatMap((one) => one.frames).filter((one): one is Send => one.t === "send");

beforeEach(async () => {
  server = await new TestServer().start();
  answers = () => undefined;
  server.onFrame = (peer, frame) => {
    if (frame.t === "hello") peer.say(start);
    else answers(peer, frame);
  };
  live = new Live("r", server.addresses, QUICK, new Tab("r", null)).start();
  screen = new RoomScreen(live, { help: "/help", lobby: "/lobby" }, () => undefined);
  await until(() => live.status === "live");
});

afterEach(async () => {
  live.stop();
  await server.stop();
});

test("an answer goes out once and the next words are free of it", async () => {
  screen.reply(message(1));
  screen.send("to you", "room");
  await until(() => sends().length === 1);
  expect(sends()[0]).toMatchObject({ body: "to you", reply_to: "m1" });
  expect(screen.about.reply).toBe(null);
});

test("a changed message stands for the one that was sent back", async () => {
  const [item] = start.own?.items ?? [];
  if (item) screen.change(item);
  expect(screen.offered).toBe("as it was");
  screen.send("as it is", "room");
  await until(() => sends().length === 1);
  expect(sends()[0]).toMatchObject({ body: "as it is", replaces: "o1" });
});

test("words in the composer are kept when others are put there", () => {
  live.saveDraft("room", "half a thought");
  const [item] = start.own?.items ?? [];
  if (item) screen.change(item);
  expect(live.draft("room")).toBe("half a thought\nas it was");
});

test("words that the pause refused go to the counsellors, unchanged", async () => {
  answers = (peer, frame) => {
    if (frame.t === "send" && frame.to === undefined) {
      peer.say({ t: "err", cid: frame.cid, code: "paused", say: "kind" });
    }
  };
  screen.send("please read", "room");
  await until(() => live.pending[0]?.state === "refused");
  const [refused] = live.pending;
  if (refused) screen.redirect(refused);
  await until(() => sends().length === 2);
  expect(sends()[1]).toMatchObject({ body: "please read", to: "line" });
  expect(screen.tab).toBe("line");
});

test("what a refused message stood for is dropped when it is gone", async () => {
  answers = (peer, frame) => {
    if (frame.t === "send") peer.say({ t: "err", cid: frame.cid, code: "missing", say: "kind" });
  };
  screen.reply(message(1));
  screen.send("to you", "room");
  await until(() => live.pending[0]?.state === "refused");
  const [refused] = live.pending;
  if (refused) screen.changeRefused(refused);
  expect(screen.about).toEqual({ reply: null, change: null });
  expect(live.draft("room")).toBe("to you");
});

test("taking back says so when it did not work", async () => {
  answers = (peer, frame) => {
    if (frame.t === "withdraw") peer.say({ t: "err", cid: frame.cid, code: "decided", say: "kind" });
  };
  await screen.takeBack("m1");
  expect(screen.slip).toBe("kind");
});
