import { describe, expect, it } from "vitest";
import { Alarm, unheardMinutes } from "./alarm.ts";
import { alert } from "./made.ts";
import { titleOf } from "./title.ts";

describe("what is new about the alerts", () => {
  it("tells each alert once, and again with every step", () => {
    const alarm = new Alarm();
    expect(alarm.look([alert(1)]).fresh).toHaveLength(1);
    expect(alarm.look([alert(1)])).toEqual({ fresh: [], stepped: [] });
    expect(alarm.look([alert(1, { step: 1 })]).stepped).toHaveLength(1);
    expect(alarm.look([alert(1, { step: 1 })])).toEqual({ fresh: [], stepped: [] });
  });

  it("tells one that was there before the desk was opened", () => {
    expect(new Alarm().look([alert(1, { step: 2 })]).fresh).toHaveLength(1);
  });
});

describe("for how long nobody has taken it", () => {
  it("follows the steps, then the time", () => {
    expect([0, 1, 2, 3].map((step) => unheardMinutes(step, 0))).toEqual([0, 1, 3, 10]);
    expect(unheardMinutes(4, 21 * 60_000)).toBe(21);
    expect(unheardMinutes(4, 0)).toBe(10);
  });
});

describe("the title of the tab", () => {
  it("counts in neutral words", () => {
    expect(titleOf("Waymark", 0, 0)).toBe("Waymark");
    expect(titleOf("Waymark", 0, 3)).toBe("3 waiting · Waymark");
    expect(titleOf("Waymark", 2, 3)).toBe("2 now, 3 waiting · Waymark");
  });
});
