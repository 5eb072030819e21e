import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clock, ServerTime, Ticker, waited } from "./waiting.ts";

describe("waiting times", () => {
  it("are told in minutes and seconds, and in hours when it comes to that", () => {
    expect(clock(0)).toBe("0:00");
    expect(clock(7_900)).toBe("0:07");
    expect(clock(125_000)).toBe("2:05");
    expect(clock(3_725_000)).toBe("1:02:05");
  });

  it("are never below nothing", () => {
    const at = "2026-01-12T19:00:10.000+00:00";
    expect(waited(at, Date.parse(at) + 4000)).toBe(4000);
    expect(waited(at, Date.parse(at) - 4000)).toBe(0);
  });
});

describe("the server's time", () => {
  it("is found out when this clock is behind, so that nobody seems to have just come", () => {
    const time = new ServerTime();
    time.heard("2026-01-12T19:10:00.000+00:00", Date.parse("2026-01-12T19:00:00.000+00:00"));
    expect(time.of(0)).toBe(600_000);
  });

  it("is not set back by what came earlier", () => {
    const time = new ServerTime();
    time.heard("2026-01-12T18:00:00.000+00:00", Date.parse("2026-01-12T19:00:00.000+00:00"));
    expect(time.of(5)).toBe(5);
  });
});

describe("the second hand", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is one timer for everybody, and none for nobody", () => {
    const ticker = new Ticker();
    const seen: string[] = [];
    const stops = ["a", "b"].map((name) => ticker.every(() => void seen.push(name)));
    expect(seen).toEqual(["a", "b"]);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(seen).toEqual(["a", "b", "a", "b"]);
    for (const stop of stops) stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
