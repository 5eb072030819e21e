import { describe, expect, it } from "vitest";
import { item } from "./made.ts";
import { after, FADE_MS, Queue, step } from "./queue.ts";

const away = (now: number, selected: string | null = null) => ({ now, still: false, selected });
const onIt = (now: number, selected: string | null = null) => ({ now, still: true, selected });

describe("the order of the queue", () => {
  it("is the oldest first, with alerts on top", () => {
    const queue = new Queue();
    queue.arrange([item(3), item(1), item(2, { level: "alert" })], away(0));
    expect(queue.ids).toEqual(["i2", "i1", "i3"]);
  });

  it("leaves out what is decided, and what was written in a private line", () => {
    const queue = new Queue();
    queue.arrange([item(1, { state: "published" }), item(2, { line: true }), item(3)], away(0));
    expect(queue.ids).toEqual(["i3"]);
  });

  it("takes a state that the wire leaves out as held", () => {
    const queue = new Queue();
    const { state: _, ...held } = item(1);
    queue.arrange([held], away(0));
    expect(queue.ids).toEqual(["i1"]);
  });

  it("puts new ones at the end", () => {
    const queue = new Queue();
    queue.arrange([item(2)], away(0));
    queue.arrange([item(2), item(5), item(4)], away(1));
    expect(queue.ids).toEqual(["i2", "i4", "i5"]);
  });

  it("says whether anything moved, and keeps the same list when nothing did", () => {
    const queue = new Queue();
    expect(queue.arrange([item(1)], away(0))).toBe(true);
    const before = queue.ids;
    expect(queue.arrange([item(1, { claimed_by: "sam" })], away(1))).toBe(false);
    expect(queue.ids).toBe(before);
  });
});

describe("a hand on the list", () => {
  it("keeps an alert from pushing the rows down, until the hand is away", () => {
    const queue = new Queue();
    queue.arrange([item(1), item(2)], away(0));
    const items = [item(1), item(2), item(3, { level: "alert" })];
    queue.arrange(items, onIt(1));
    expect(queue.ids).toEqual(["i1", "i2", "i3"]);
    queue.arrange(items, away(2));
    expect(queue.ids).toEqual(["i3", "i1", "i2"]);
  });

  it("keeps decided rows where they are, however long", () => {
    const queue = new Queue();
    queue.arrange([item(1), item(2)], away(0));
    const items = [item(1, { state: "published" }), item(2)];
    queue.arrange(items, onIt(1));
    queue.arrange(items, onIt(1 + 10 * FADE_MS));
    expect(queue.ids).toEqual(["i1", "i2"]);
    queue.arrange(items, away(2 + 10 * FADE_MS));
    expect(queue.ids).toEqual(["i2"]);
  });
});

describe("a decided row", () => {
  it("stays for a while and then leaves", () => {
    const queue = new Queue();
    queue.arrange([item(1), item(2)], away(0));
    const items = [item(1, { state: "declined" }), item(2)];
    queue.arrange(items, away(1000));
    expect(queue.due(1000)).toBe(1000 + FADE_MS);
    queue.arrange(items, away(999 + FADE_MS));
    expect(queue.ids).toEqual(["i1", "i2"]);
    queue.arrange(items, away(1000 + FADE_MS));
    expect(queue.ids).toEqual(["i2"]);
    expect(queue.due(1000 + FADE_MS)).toBeNull();
  });

  it("stays as long as it is the one being read", () => {
    const queue = new Queue();
    queue.arrange([item(1), item(2)], away(0, "i1"));
    const items = [item(1, { state: "declined" }), item(2)];
    queue.arrange(items, away(1000, "i1"));
    queue.arrange(items, away(1000 + 5 * FADE_MS, "i1"));
    expect(queue.ids).toEqual(["i1", "i2"]);
    queue.arrange(items, away(1000 + 5 * FADE_MS, "i2"));
    expect(queue.ids).toEqual(["i2"]);
  });

  it("never comes back by itself", () => {
    const queue = new Queue();
    queue.arrange([item(1)], away(0));
    const items = [item(1, { state: "declined" })];
    queue.arrange(items, away(0));
    queue.arrange(items, away(FADE_MS));
    queue.arrange(items, away(FADE_MS + 1));
    expect(queue.ids).toEqual([]);
  });
});

describe("moving", () => {
  const ids = ["a", "b", "c", "d"];

  it("goes over what is decided, and stays at the ends", () => {
    const waiting = new Set(["a", "c"]);
    expect(step(ids, waiting, "a", 1)).toBe("c");
    expect(step(ids, waiting, "c", 1)).toBe("c");
    expect(step(ids, waiting, "d", -1)).toBe("c");
    expect(step(ids, waiting, "a", -1)).toBe("a");
    expect(step(ids, waiting, null, 1)).toBe("a");
    expect(step(ids, new Set(), null, 1)).toBeNull();
  });

  it("after a decision goes to the next, else to the oldest, else nowhere", () => {
    expect(after(ids, new Set(["a", "b", "d"]), "b")).toBe("d");
    expect(after(ids, new Set(["a", "b"]), "b")).toBe("a");
    expect(after(ids, new Set(["b"]), "b")).toBeNull();
  });
});
