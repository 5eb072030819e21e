import { expect, test } from "vitest";
import { ends, fold, type State, trim } from "../src/live/fold.ts";
import type { AnyEntry, Item } from "../src/protocol.ts";
import { AT, forStaff, message, own, snapshot } from "./cast.ts";

const SEAT = "seat:robin";

function folded(state: State, ...steps: [string, AnyEntry][]): State {
  return steps.reduce((now, [stream, entry]) => fold(now, stream, entry), state);
}

test("a message joins the room and raises its stream alone", () => {
  const state = folded(snapshot(), ["room", message(1)]);
  expect(state.messages).toEqual([message(1)]);
  expect(state.tops).toEqual({ room: 1, [SEAT]: 0 });
});

test("folding leaves the old state as it was", () => {
  const before = snapshot();
  fold(before, "room", message(1));
  expect(before).toEqual(snapshot());
});

test("an approved message leaves the author's own, in either order of streams", () => {
  const approved = message(1, { id: "o1", who: "robin" });
  const done: AnyEntry = { k: "outcome", n: 2, at: AT, id: "o1", state: "published" };
  const held: [string, AnyEntry] = [SEAT, own(1)];
  const one = folded(snapshot(), held, ["room", approved], [SEAT, done]);
  const other = folded(snapshot(), ["room", approved], held, [SEAT, done]);
  expect(trim(one)).toEqual(trim(other));
  expect(one.own?.items).toEqual([]);
});

test("a message that is gone keeps its place and loses its words", () => {
  const state = folded(snapshot(), ["room", message(1)],
    ["room", { k: "gone", n: 2, at: AT, id: "m1", how: "removed" }]);
  expect(state.messages).toEqual([message(1, { body: null, gone: "removed" })]);
});

test("a declined message says why, at the place of the decision", () => {
  const state = folded(snapshot(), [SEAT, own(1)],
    [SEAT, { k: "outcome", n: 2, at: AT, id: "o1", state: "declined", say: "kind words" }]);
  expect(state.own?.items).toMatchObject([
    { n: 2, id: "o1", state: "declined", say: "kind words", body: "my words" },
  ]);
});

test("a message that was changed takes the place of the one sent back", () => {
  const state = folded(snapshot(), [SEAT, own(1)],
    [SEAT, { k: "outcome", n: 2, at: AT, id: "o1", state: "sent_back" }],
    [SEAT, own(3, { replaces: "o1" })],
    [SEAT, { k: "outcome", n: 4, at: AT, id: "o1", state: "replaced" }]);
  expect(state.own?.items.map((one) => one.id)).toEqual(["o3"]);
});

test("a removed message of one's own is told without its words", () => {
  const state = folded(snapshot(),
    [SEAT, { k: "outcome", n: 1, at: AT, id: "m1", state: "removed", say: "kind words" }]);
  expect(state.own?.items).toMatchObject([{ id: "m1", body: null, state: "removed" }]);
});

test("somebody who comes back is one member, not two", () => {
  const wren = { who: "wren", name: "Wren", part: "young" as const };
  const state = folded(snapshot(), ["room", { k: "left", n: 1, at: AT, who: "wren" }],
    ["room", { k: "joined", n: 2, at: AT, member: wren }]);
  expect(state.members.filter((one) => one.who === "wren")).toEqual([{ ...wren, out: false }]);
});

test("staff follow the seat of a young person who comes in, from its first entry", () => {
  const ash = { who: "ash", name: "Ash", part: "young" as const };
  const state = folded(forStaff(), ["room", { k: "joined", n: 1, at: AT, member: ash }],
    ["seat:ash", { k: "line", n: 1, at: AT, id: "l1", who: "ash", body: "hello" }]);
  expect(state.me.streams).toContain("seat:ash");
  expect(state.desk?.lines.ash).toHaveLength(1);
});

test("the desk's items, claims, decisions and alerts", () => {
  const item: Item = {
    k: "item", n: 1, at: AT, id: "m1", who: "robin", body: "b", sha: "s", level: "hold", reasons: [],
  };
  const state = folded(forStaff(), ["desk", item],
    ["desk", { k: "claimed", n: 2, at: AT, id: "m1", by: "kit" }],
    ["desk", { k: "alert", n: 3, at: AT, id: "a1", message: "m1", who: "robin", body: "b", reasons: [] }],
    ["desk", { k: "escalated", n: 4, at: AT, alert: "a1", step: 1 }],
    ["desk", { k: "acknowledged", n: 5, at: AT, alert: "a1", by: "kit" }],
    ["desk", { k: "decided", n: 6, at: AT, id: "m1", state: "published", by: "kit" }]);
  expect(state.desk?.items).toMatchObject([{ state: "published", by: "kit", claimed_by: null }]);
  expect(state.desk?.alerts).toMatchObject([{ step: 1, by: "kit" }]);
});

test("a mute of a seat shows at the desk until it ends", () => {
  const muted = folded(forStaff(), [SEAT, { k: "muted", n: 1, at: AT, who: "robin", until: AT }]);
  expect(muted.desk?.muted).toEqual({ robin: AT });
  const free = fold(muted, SEAT, { k: "muted", n: 2, at: AT, who: "robin", until: null });
  expect(free.desk?.muted).toEqual({});
});

test("only one's own leaving ends the connection", () => {
  expect(ends(snapshot(), SEAT, { k: "left", n: 1, at: AT, who: "robin" })).toBe(true);
  expect(ends(snapshot(), "room", { k: "left", n: 1, at: AT, who: "wren" })).toBe(false);
  expect(ends(forStaff(), "desk", { k: "left", n: 1, at: AT, who: "wren" })).toBe(false);
});

test("trimming keeps the window of a snapshot and leaves defaults out", () => {
  const steps = Array.from({ length: 70 }, (_, at): [string, AnyEntry] => ["room", message(at + 1)]);
  const long = folded(snapshot(), ...steps);
  const fresh = snapshot({
    tops: { room: 70 },
    messages: long.messages.slice(-60).map((one) => ({ ...one, cid: "", gone: null })),
  });
  expect(long.messages).toHaveLength(70);
  expect(trim(long)).toEqual(trim(fresh));
});
