import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox } from "../src/live/outbox.ts";
import { Tab } from "../src/live/tab.ts";
import type { Send } from "../src/protocol.ts";
import { QUICK } from "./cast.ts";

let store: Storage;
let sent: Send[];
let outbox: Outbox;

function memory(): Storage {
  const map = new Map<string, string>();
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
    key: () => null,
    get length() { return map.size; },
  };
}

function make(): Outbox {
  return new Outbox(new Tab("r", store), (frame) => sent.push(frame), () => undefined, QUICK);
}

const ok = (cid: string, seq = 1) =>
  ({ t: "ok", cid, id: "m", state: "published", stream: "room", seq }) as const;
const states = () => outbox.pending.map((one) => one.state);

beforeEach(() => {
  vi.useFakeTimers();
  store = memory();
  sent = [];
  outbox = make();
});

afterEach(() => vi.useRealTimers());

test("half an emoji holds nothing up", () => {
  outbox.up();
  outbox.add({ body: "wave \uD83C and \u{1F30A}" });
  expect(sent.map((frame) => frame.body)).toEqual(["wave \uFFFD and \u{1F30A}"]);
});

test("words wait for a link, then go once", () => {
  outbox.add({ body: "hello" });
  expect(sent).toEqual([]);
  outbox.up();
  expect(sent.map((frame) => frame.body)).toEqual(["hello"]);
});

test("they are kept until the answer and shown until their entry", () => {
  outbox.up();
  const cid = outbox.add({ body: "hello" });
  outbox.answer(ok(cid, 4));
  expect(states()).toEqual(["sent"]);
  expect(make().pending).toEqual([]);
  outbox.settle({ room: 3 });
  expect(states()).toEqual(["sent"]);
  outbox.settle({ room: 4 });
  expect(states()).toEqual([]);
});

test("one lane has one message under way, so that order is kept", () => {
  outbox.up();
  const first = outbox.add({ body: "one" });
  outbox.add({ body: "two" });
  outbox.add({ body: "private", to: "line" });
  expect(sent.map((frame) => frame.body)).toEqual(["one", "private"]);
  outbox.answer(ok(first));
  expect(sent.map((frame) => frame.body)).toEqual(["one", "private", "two"]);
});

test("after a lost link everything without an answer goes again, with the same cid", () => {
  outbox.up();
  const cid = outbox.add({ body: "one" });
  outbox.down();
  outbox.add({ body: "two" });
  outbox.up();
  expect(sent.map((frame) => frame.cid)).toEqual([cid, cid]);
});

test("an unanswered message is marked within eight seconds and still tried", () => {
  outbox.add({ body: "one" });
  vi.advanceTimersByTime(QUICK.late + 1);
  expect(states()).toEqual(["late"]);
  outbox.up();
  expect(sent).toHaveLength(1);
});

test("a reload loses nothing that has no answer", () => {
  outbox.add({ body: "one", reply_to: "m1" });
  outbox = make();
  outbox.up();
  expect(sent).toMatchObject([{ body: "one", reply_to: "m1" }]);
});

test("a refusal keeps the words and lets the next ones go", () => {
  outbox.up();
  const cid = outbox.add({ body: "one" });
  outbox.add({ body: "two" });
  outbox.answer({ t: "err", cid, code: "paused", say: "kind words", care: true });
  expect(outbox.pending[0]).toMatchObject({ state: "refused", code: "paused", care: true, body: "one" });
  expect(sent.map((frame) => frame.body)).toEqual(["one", "two"]);
});

test("refused words can go to the counsellors instead", () => {
  outbox.up();
  const cid = outbox.add({ body: "one" });
  outbox.answer({ t: "err", cid, code: "paused", say: "" });
  const other = outbox.redirect(cid, "line");
  expect(other).not.toBe(cid);
  expect(sent.at(-1)).toMatchObject({ cid: other, to: "line", body: "one" });
  expect(outbox.pending).toHaveLength(1);
});

test("too fast is tried again by itself, and keeps its place", () => {
  outbox.up();
  const cid = outbox.add({ body: "one" });
  outbox.add({ body: "two" });
  outbox.answer({ t: "err", cid, code: "too_fast", say: "" });
  expect(states()).toEqual(["late", "sending"]);
  vi.advanceTimersByTime(QUICK.retry + 1);
  expect(sent.map((frame) => frame.body)).toEqual(["one", "one"]);
});

test("drafts survive a reload, and a wipe leaves nothing", () => {
  const tab = new Tab("r", store);
  tab.saveDraft("room", "half a sentence");
  expect(new Tab("r", store).draft("room")).toBe("half a sentence");
  outbox.add({ body: "one" });
  outbox.wipe();
  expect(store.length).toBe(0);
  expect(outbox.pending).toEqual([]);
});

test("words of somebody else who used this tab are known as theirs", () => {
  const tab = new Tab("r", store);
  tab.own("robin");
  tab.saveDraft("room", "mine");
  expect(new Tab("r", store).isOfAnother("robin")).toBe(false);
  expect(new Tab("r", store).isOfAnother("wren")).toBe(true);
});
