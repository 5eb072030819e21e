/** Made-up entries for the tests of the desk. */

import type { Alert, Item, Line, Member, Message } from "../protocol.ts";
import type { State } from "../live/store.ts";

const at = (n: number) => new Date(Date.UTC(2026, 0, 12, 19, 0, n)).toISOString();

export function item(n: number, change: Partial<Item> = {}): Item {
  return {
    k: "item", n, at: at(n), id: `i${n}`, who: "fern", body: `words ${n}`, sha: `${n}`.repeat(64).slice(0, 64),
    level: "hold", reasons: [], state: "held", ...change,
  };
}

export function message(n: number, change: Partial<Message> = {}): Message {
  return { k: "message", n, at: at(n), id: `m${n}`, who: "fern", body: `said ${n}`, ...change };
}

export function alert(n: number, change: Partial<Alert> = {}): Alert {
  return { k: "alert", n, at: at(n), id: `a${n}`, message: `i${n}`, who: "fern", body: "", reasons: [], ...change };
}

export function line(n: number, who: string): Line {
  return { k: "line", n, at: at(n), id: `l${n}`, who, body: `line ${n}` };
}

export const MEMBERS: Member[] = [
  { who: "fern", name: "Fern", part: "young", token: "leaf", colour: "moss" },
  { who: "moss", name: "Moss", part: "young", token: "stone", colour: "sea" },
  { who: "mira", name: "Mira", part: "staff", role: "counsellor" },
  { who: "sam", name: "Sam", part: "staff", role: "volunteer" },
];

export function state(items: Item[], messages: Message[] = [], alerts: Alert[] = []): State {
  return {
    t: "snapshot", epoch: "e", tops: {}, members: MEMBERS, messages,
    me: { who: "mira", part: "staff", name: "Mira", role: "counsellor", streams: [] },
    room: { id: "r", state: "open", why: "", title: "", week: 3, weeks: 7, starts: at(0) },
    desk: { items, alerts, lines: {}, muted: {}, how: {} },
  };
}
