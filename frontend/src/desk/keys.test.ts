// @vitest-environment happy-dom

import { describe, expect, it } from "vitest";
import { actOf, digitOf, keyOf, KEYS, type Pressed, takesLetters } from "./keys.ts";

const press = (key: string, change: Partial<Pressed> = {}): Pressed => ({
  key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false, ...change,
});

describe("the map of keys", () => {
  it("has one key for each act and one act for each key", () => {
    expect(new Set(KEYS.map((one) => one.key)).size).toBe(KEYS.length);
    expect(new Set(KEYS.map((one) => one.act)).size).toBe(KEYS.length);
  });

  it("answers small and capital letters with what the button shows", () => {
    expect(actOf(press("a"), false)).toBe("approve");
    expect(actOf(press("A"), false)).toBe("approve");
    expect(keyOf("approve")).toBe("A");
    expect(actOf(press("q"), false)).toBeNull();
  });

  it("rests while somebody types, except Esc", () => {
    for (const { key } of KEYS) expect(actOf(press(key), true)).toBeNull();
    expect(actOf(press("Escape"), true)).toBe("cancel");
  });

  it("leaves the browser's own keys alone", () => {
    expect(actOf(press("r", { ctrlKey: true }), false)).toBeNull();
    expect(actOf(press("w", { metaKey: true }), false)).toBeNull();
    expect(actOf(press("a", { altKey: true }), false)).toBeNull();
  });

  it("asks once for a key that is held down, and not in the middle of a composed letter", () => {
    expect(actOf(press("a", { repeat: true }), false)).toBeNull();
    expect(actOf(press("a", { isComposing: true }), false)).toBeNull();
  });

  it("reads the numbers of what is asked", () => {
    expect(digitOf(press("7"), 7)).toBe(7);
    expect(digitOf(press("8"), 7)).toBeNull();
    expect(digitOf(press("0"), 7)).toBeNull();
    expect(digitOf(press("x"), 7)).toBeNull();
    expect(digitOf(press("1", { ctrlKey: true }), 7)).toBeNull();
  });
});

describe("a field that takes letters", () => {
  it("is a text field, and neither a button nor a choice", () => {
    const made = (tag: string, type = "") => {
      const one = document.createElement(tag);
      if (type) one.setAttribute("type", type);
      return one;
    };
    expect(takesLetters(made("textarea"))).toBe(true);
    expect(takesLetters(made("input", "text"))).toBe(true);
    expect(takesLetters(made("input", "radio"))).toBe(false);
    expect(takesLetters(made("button"))).toBe(false);
    expect(takesLetters(null)).toBe(false);
  });
});
