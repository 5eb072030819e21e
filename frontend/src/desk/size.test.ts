import { describe, expect, it } from "vitest";
import { sizeOf } from "./size.ts";

const letter = 16;
const at = (wide: number, high: number, text = 1) => sizeOf(wide / letter / text, high / letter / text);

describe("the room on the screen", () => {
  it("is three columns on a laptop, two on a small one, one on a phone", () => {
    expect(at(1280, 800)).toEqual({ width: "three", low: false, tiny: false });
    expect(at(853, 533)).toEqual({ width: "two", low: true, tiny: false });
    expect(at(360, 640)).toEqual({ width: "one", low: false, tiny: false });
  });

  it("counts in letters: text twice as large is a screen half as wide", () => {
    expect(at(1280, 800, 2)).toEqual(at(640, 400));
  });
});
