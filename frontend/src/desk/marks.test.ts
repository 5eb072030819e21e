import { describe, expect, it } from "vitest";
import { pieces } from "./marks.ts";

const why = (span: string) => ({ rule: "r", kind: "contact", say: "s", span });

describe("marked words", () => {
  it("are found whatever their case and spaces", () => {
    expect(pieces("Please ADD  me on it", [why("add me")])).toEqual([
      { text: "Please ", marked: false },
      { text: "ADD  me", marked: true },
      { text: " on it", marked: false },
    ]);
  });

  it("run together where reasons overlap", () => {
    const marked = pieces("one two three", [why("one two"), why("two three")]);
    expect(marked).toEqual([{ text: "one two three", marked: true }]);
  });

  it("always give the whole words back, also for strange spans", () => {
    for (const span of ["", " ", "(", "\\", "not there", "…", ".*"]) {
      const body = "a (b) \\ c.*\nd";
      expect(pieces(body, [why(span)]).map((one) => one.text).join("")).toBe(body);
    }
  });
});
