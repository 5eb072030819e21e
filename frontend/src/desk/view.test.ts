import { describe, expect, it } from "vitest";
import { item, line, MEMBERS, message, state } from "./made.ts";
import { waitingLine } from "./people.tsx";
import { missing, recent, takersHere, unanswered } from "./view.ts";

describe("what somebody wrote lately", () => {
  it("is in order, wherever it ended, and each thing once", () => {
    const room = state(
      [item(2, { state: "declined" }), item(4, { id: "m4", state: "published" }), item(6)],
      [message(1), message(4), message(5, { who: "moss" })],
    );
    expect(recent(room, "fern", 9).map((one) => [one.id, one.state])).toEqual([
      ["m1", "published"], ["i2", "declined"], ["m4", "published"], ["i6", "held"],
    ]);
  });

  it("is what came before the one that is being read", () => {
    const room = state([item(3), item(5)], [message(1), message(2), message(4)]);
    expect(recent(room, "fern", 2, item(3)).map((one) => one.id)).toEqual(["m1", "m2"]);
  });
});

describe("a private line", () => {
  it("waits since the first words that nobody has answered", () => {
    expect(unanswered([line(1, "mira"), line(2, "fern"), line(3, "fern")], "fern")?.n).toBe(2);
    expect(unanswered([line(1, "fern"), line(2, "mira")], "fern")).toBeNull();
    expect(unanswered([], "fern")).toBeNull();
  });

  it("waits no more once somebody said that it needs no answer, until more is written", () => {
    const two = [line(1, "fern"), line(2, "fern")];
    expect(waitingLine(two, "fern", { fern: 2 })).toBeNull();
    expect(waitingLine([...two, line(3, "fern")], "fern", { fern: 2 })?.n).toBe(1);
  });
});

describe("the staff", () => {
  const me = state([]).me;

  it("who could take an alert are named, the reader apart", () => {
    expect(takersHere(MEMBERS, me)).toEqual([]);
    expect(takersHere(MEMBERS, { ...me, who: "sam", role: "volunteer" }).map((one) => one.name)).toEqual(["Mira"]);
  });

  it("who are missing are named only when it is certain", () => {
    expect(missing(MEMBERS, me, 1).map((one) => one.name)).toEqual(["Sam"]);
    expect(missing(MEMBERS, me, 2)).toEqual([]);
  });
});
