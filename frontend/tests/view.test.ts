import { expect, test } from "vitest";
import { fold, type State } from "../src/live/fold.ts";
import type { Pending } from "../src/live/store.ts";
import type { AnyEntry } from "../src/protocol.ts";
import { loud, stillThere } from "../src/room/announce.tsx";
import { rowsOfLine, rowsOfRoom, shutFor, unreadOf } from "../src/room/view.ts";
import { listed, t } from "../src/room/texts.ts";
import { message, own, snapshot } from "./cast.ts";

const SEAT = "seat:robin";
const minute = (n: number) => `2026-03-05T18:${String(n).padStart(2, "0")}:00Z`;

function after(...steps: [string, AnyEntry][]): State {
  return steps.reduce((now, [stream, entry]) => fold(now, stream, entry), snapshot());
}

function pending(change: Partial<Pending> = {}): Pending {
  return {
    cid: "p1", body: "on its way", to: "room", seat: null, reply_to: null, replaces: null, at: 0,
    state: "sending", code: "", say: "", care: false, ...change,
  };
}

const kinds = (state: State, list: Pending[] = []) =>
  rowsOfRoom(state, list).map((row) => `${row.kind} ${row.key}`);

test("held words stand where they were written, and what is under way at the foot", () => {
  const state = after(["room", message(1, { at: minute(1) })], [SEAT, own(1, { at: minute(2) })],
    ["room", message(2, { at: minute(9) })]);
  expect(kinds(state, [pending()])).toEqual(["said m1", "own o1", "said m2", "pending p1"]);
});

test("what came back stands where it came back", () => {
  const state = after([SEAT, own(1, { at: minute(1) })],
    ["room", message(1, { at: minute(2) })],
    [SEAT, { k: "outcome", n: 2, at: minute(3), id: "o1", state: "declined", say: "kind" }],
    ["room", message(2, { at: minute(4) })]);
  expect(kinds(state)).toEqual(["said m1", "own o1", "said m2"]);
});

test("a message keeps its place on the screen from sending to sent", () => {
  const state = after(["room", message(1, { who: "robin", cid: "p1" })]);
  expect(kinds(state, [pending({ state: "sent" })])).toEqual(["said p1"]);
});

test("an approved message is never on the screen twice", () => {
  const state = after(["room", message(1, { id: "o1", who: "robin", cid: "c1" })], [SEAT, own(1)]);
  expect(kinds(state)).toEqual(["said c1"]);
});

test("one's removed message is told, and its place is kept", () => {
  const state = after(["room", message(1, { who: "robin", at: minute(0) })],
    ["room", { k: "gone", n: 2, at: minute(1), id: "m1", how: "removed" }],
    [SEAT, { k: "outcome", n: 1, at: minute(1), id: "m1", state: "removed", say: "kind" }]);
  expect(kinds(state)).toEqual(["said m1", "own removed m1"]);
});

test("the same person going on is not named again, unless they answer somebody", () => {
  const state = after(["room", message(1, { at: minute(1) })], ["room", message(2, { at: minute(2) })],
    ["room", message(3, { at: minute(3), reply_to: "m1" })], ["room", message(4, { at: minute(20) })]);
  const follows = rowsOfRoom(state, []).map((row) => row.kind === "said" && row.follows);
  expect(follows).toEqual([false, true, false, false]);
});

test("an answer names what it answers, also when that is gone or far back", () => {
  const state = after(["room", message(1)], ["room", message(2, { reply_to: "m1" })],
    ["room", message(3, { reply_to: "m0" })],
    ["room", { k: "gone", n: 4, at: minute(1), id: "m1", how: "removed" }]);
  const answers = rowsOfRoom(state, []).map((row) => row.kind === "said" ? row.answers : null);
  expect(answers[1]).toMatchObject({ name: "Wren", body: null, gone: true });
  expect(answers[2]).toMatchObject({ name: "", body: null, gone: false });
});

test("the private line shows its own words and counts those of the counsellors", () => {
  const state = after([SEAT, { k: "line", n: 1, at: minute(1), id: "l1", who: "kit", body: "hi" }],
    [SEAT, { k: "line", n: 2, at: minute(2), id: "l2", who: "robin", body: "hello", cid: "p1" }]);
  const rows = rowsOfLine(state, [pending({ to: "line" }), pending({ cid: "p2", to: "line" })]);
  expect(rows.map((row) => row.key)).toEqual(["l1", "p1", "p2"]);
  expect([unreadOf(state, 0), unreadOf(state, 1)]).toEqual([1, 0]);
});

test("why one cannot write now", () => {
  const paused = after(["room", { k: "room", n: 1, at: minute(1), state: "paused", why: "adults" }]);
  expect(shutFor(paused, 0)).toBe("paused");
  const muted = after([SEAT, { k: "muted", n: 1, at: minute(1), who: "robin", until: minute(5) }]);
  expect(shutFor(muted, Date.parse(minute(4)))).toBe("muted");
  expect(shutFor(muted, Date.parse(minute(6)))).toBe(null);
});

test("what is read out: words of others once, one's own never", () => {
  const state = snapshot();
  expect(loud(state, "room", message(1))).toBe("Wren: words 1");
  expect(loud(state, "room", message(1, { who: "robin" }))).toBe("");
  expect(loud(state, SEAT, { k: "outcome", n: 1, at: "", id: "x", state: "published" })).toBe("");
  expect(loud(state, SEAT, { k: "line", n: 1, at: "", id: "l", who: "kit", body: "hi" }))
    .toBe("Kit, just to you: hi");
});

test("what was read out of a message goes with it", () => {
  const state = after(["room", message(1)], ["room", message(2)],
    ["room", { k: "gone", n: 3, at: minute(1), id: "m1", how: "removed" }]);
  expect(stillThere(state, [{ id: "m1" }, { id: "m2" }, { id: "" }])).toEqual([{ id: "m2" }, { id: "" }]);
});

test("texts fill their places", () => {
  expect(t("bar.week", { week: 3, weeks: 7 })).toBe("Week 3 of 7");
  expect(listed(["Kit", "Sam", "Jo"])).toBe("Kit, Sam and Jo");
});
