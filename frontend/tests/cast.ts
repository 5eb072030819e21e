/** States and entries to test with; times of the wire are hints, so they are all the same. */

import type { Message, Own, Snapshot } from "../src/protocol.ts";
import type { Times } from "../src/live/times.ts";

export const AT = "2026-03-05T18:30:00Z";

export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    t: "snapshot",
    epoch: "first",
    me: { who: "robin", part: "young", name: "Robin", role: "young", streams: ["room", "seat:robin"] },
    tops: { room: 0, "seat:robin": 0 },
    room: { id: "r", state: "open", why: "", title: "Waves", week: 3, weeks: 7, starts: AT },
    members: [
      { who: "robin", name: "Robin", part: "young", token: "leaf", colour: "moss" },
      { who: "wren", name: "Wren", part: "young", token: "moon", colour: "sea" },
      { who: "kit", name: "Kit", part: "staff", role: "counsellor" },
    ],
    messages: [],
    own: { items: [], line: [], muted: null },
    ...change,
  };
}

export function forStaff(change: Partial<Snapshot> = {}): Snapshot {
  const { own: _, ...rest } = snapshot(change);
  return {
    ...rest,
    me: { who: "kit", part: "staff", name: "Kit", role: "counsellor", streams: ["room", "desk", "seat:robin"] },
    tops: { room: 0, desk: 0, "seat:robin": 0 },
    desk: { items: [], alerts: [], lines: {}, muted: {}, how: {} },
    ...change,
  };
}

export function message(n: number, change: Partial<Message> = {}): Message {
  return { k: "message", n, at: AT, id: `m${n}`, who: "wren", body: `words ${n}`, ...change };
}

export function own(n: number, change: Partial<Own> = {}): Own {
  return { k: "own", n, at: AT, id: `o${n}`, cid: `c${n}`, body: "my words", ...change };
}

/** The waits of the room, a hundred times as fast. */
export const QUICK: Times = {
  beat: 50, silent: 110, opening: 60, first: 10, longest: 80, socketAgain: 300, poll: 90, got: 5, late: 75, act: 400,
  retry: 50,
};
