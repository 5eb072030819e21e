/**
 * The state of a room is its snapshot; entries are folded into it, in order, one by one.
 *
 * Pure: `fold(state, stream, entry)` answers a new state and never changes the old one, so that a
 * view can tell by identity what has changed. The caller has checked that `entry.n` is the next.
 * `trim(state)` is the part that a fresh snapshot shows too, in one canonical shape (L11).
 */

import type {
  AnyEntry, DeskView, Item, Joined, Line, Outcome, Own, OwnItem, OwnView, Snapshot,
} from "../protocol.ts";

export type State = Snapshot;

const WINDOW = { messages: 60, items: 100, lines: 60, alerts: 100 };
/** A screen keeps more than a snapshot: nothing that is being read scrolls away. */
const KEPT = 400;

/** The state after one entry of one stream. */
export function fold(state: State, stream: string, entry: AnyEntry): State {
  const next = { ...state, tops: { ...state.tops, [stream]: entry.n } };
  if (stream === "room") return foldRoom(next, entry);
  if (stream === "desk") return { ...next, desk: foldDesk(next.desk, entry) };
  if (next.own) return { ...next, own: foldOwn(next.own, entry) };
  return { ...next, desk: foldSeat(next.desk, stream.slice("seat:".length), entry) };
}

/** Whether this entry says that this viewer's own place in the room has ended. */
export function ends(state: State, stream: string, entry: AnyEntry): boolean {
  return entry.k === "left" && entry.who === state.me.who && stream !== "room";
}

function foldRoom(state: State, entry: AnyEntry): State {
  switch (entry.k) {
    case "message":
      return {
        ...state,
        messages: [...state.messages, entry].slice(-KEPT),
        own: state.own && dropItem(state.own, entry.id),
      };
    case "gone":
      return {
        ...state,
        messages: patch(state.messages, (one) => one.id === entry.id, () => ({
          body: null, gone: entry.how,
        })),
      };
    case "room":
      return { ...state, room: { ...state.room, state: entry.state, why: entry.why } };
    case "joined":
      return foldJoined(state, entry);
    case "left":
      return {
        ...state,
        members: patch(state.members, (one) => one.who === entry.who, () => ({ out: true })),
      };
    default:
      return state;
  }
}

function foldJoined(state: State, { member }: Joined): State {
  const next = { ...state, members: put(state.members, "who", { ...member, out: false }) };
  const seat = `seat:${member.who}`;
  if (state.me.part !== "staff" || member.part !== "young" || state.me.streams.includes(seat)) {
    return next;
  }
  // Staff follow the seat of everybody who comes in; its first entry is number one.
  const streams = [...state.me.streams, seat];
  return { ...next, me: { ...state.me, streams }, tops: { [seat]: 0, ...state.tops } };
}

function foldOwn(own: OwnView, entry: AnyEntry): OwnView {
  switch (entry.k) {
    case "own":
      return heldItem(own, entry);
    case "outcome":
      return outcome(own, entry);
    case "line":
      return { ...own, line: [...own.line, entry].slice(-KEPT) };
    case "muted":
      return { ...own, muted: entry.until };
    default:
      return own;
  }
}

function heldItem(own: OwnView, entry: Own): OwnView {
  const { n, at, id, cid, body, reply_to = null, care = false } = entry;
  const kept = entry.replaces == null ? own : dropItem(own, entry.replaces);
  const item: OwnItem = { n, at, id, cid, body, reply_to, care, state: "held" };
  return { ...kept, items: put(kept.items, "id", item).slice(-KEPT) };
}

function outcome(own: OwnView, entry: Outcome): OwnView {
  const { n, at, id, state, say = "", note = "" } = entry;
  if (state === "declined" || state === "sent_back") {
    const old = own.items.find((one) => one.id === id);
    if (!old) return own;
    // The newest decision belongs at the foot, where the author is looking.
    return { ...own, items: put(own.items, "id", { ...old, n, at, state, say, note }, true) };
  }
  if (state === "removed") {
    const item: OwnItem = { n, at, id, cid: "", body: null, state, say, note };
    return { ...own, items: put(own.items, "id", item, true).slice(-KEPT) };
  }
  return dropItem(own, id);
}

function foldDesk(old: DeskView | null | undefined, entry: AnyEntry): DeskView {
  const desk = old ?? emptyDesk();
  switch (entry.k) {
    case "item":
      return { ...desk, items: put(desk.items, "id", { ...entry, state: entry.state ?? "held" }) };
    case "claimed":
      return { ...desk, items: patchId(desk.items, entry.id, { claimed_by: entry.by }) };
    case "decided":
      return {
        ...desk,
        items: patchId(desk.items, entry.id, {
          state: entry.state, by: entry.by ?? null, note: entry.note ?? "", claimed_by: null,
        }),
      };
    case "alert":
      return { ...desk, alerts: put(desk.alerts, "id", entry) };
    case "acknowledged":
      return { ...desk, alerts: patchId(desk.alerts, entry.alert, { by: entry.by }) };
    case "escalated":
      return { ...desk, alerts: patchId(desk.alerts, entry.alert, { step: entry.step }) };
    case "how":
      return { ...desk, how: { ...desk.how, [entry.who]: entry.how } };
    default:
      return desk;
  }
}

function foldSeat(old: DeskView | null | undefined, who: string, entry: AnyEntry): DeskView {
  const desk = old ?? emptyDesk();
  if (entry.k === "line") {
    const line = [...(desk.lines[who] ?? []), entry].slice(-KEPT);
    return { ...desk, lines: { ...desk.lines, [who]: line } };
  }
  if (entry.k === "muted") {
    const { [who]: _, ...others } = desk.muted;
    return { ...desk, muted: entry.until === null ? others : { ...others, [who]: entry.until } };
  }
  return desk;
}

function emptyDesk(): DeskView {
  return { items: [], alerts: [], lines: {}, muted: {}, how: {} };
}

function dropItem(own: OwnView, id: string): OwnView {
  if (!own.items.some((one) => one.id === id)) return own;
  return { ...own, items: own.items.filter((one) => one.id !== id) };
}

/** The list with this one in the place of the one with the same key, or at its end. */
function put<T>(list: T[], key: keyof T, one: T, last = false): T[] {
  const at = list.findIndex((old) => old[key] === one[key]);
  if (at < 0) return [...list, one];
  if (last) return [...list.slice(0, at), ...list.slice(at + 1), one];
  return list.map((old, index) => (index === at ? one : old));
}

function patch<T>(list: T[], is: (one: T) => boolean, change: (one: T) => Partial<T>): T[] {
  return list.map((one) => (is(one) ? { ...one, ...change(one) } : one));
}

function patchId<T extends { id: string }>(list: T[], id: string, change: Partial<T>): T[] {
  return patch(list, (one) => one.id === id, () => change);
}

// ------------------------------------------------------------------ comparing (L11)

/** What a fresh snapshot would show of this state, with defaults left out and lists in order. */
export function trim(state: State): unknown {
  const { t: _, ...rest } = state;
  return plain({
    ...rest,
    me: { ...state.me, streams: [...state.me.streams].sort() },
    members: [...state.members].sort((a, b) => (a.who < b.who ? -1 : 1)),
    messages: state.messages.slice(-WINDOW.messages),
    own: state.own && {
      ...state.own,
      items: byPlace(state.own.items).slice(-WINDOW.items),
      line: state.own.line.slice(-WINDOW.lines),
    },
    desk: state.desk && trimDesk(state.desk),
  });
}

function trimDesk(desk: DeskView): DeskView {
  const isHeld = (item: Item) => (item.state ?? "held") === "held";
  const lines = Object.entries(desk.lines);
  return {
    ...desk,
    items: keep(desk.items, WINDOW.items, isHeld).map((one) => ({ ...one, state: one.state ?? "held" })),
    alerts: keep(desk.alerts, WINDOW.alerts, (alert) => alert.by == null),
    lines: Object.fromEntries(
      lines.map(([who, line]): [string, Line[]] => [who, line.slice(-WINDOW.lines)]),
    ),
  };
}

/** The last so many, and every older one that still matters. */
function keep<T extends { n: number }>(list: T[], last: number, matters: (one: T) => boolean): T[] {
  const ordered = byPlace(list);
  return ordered.filter((one, index) => index >= ordered.length - last || matters(one));
}

function byPlace<T extends { n: number }>(list: T[]): T[] {
  return [...list].sort((a, b) => a.n - b.n);
}

/** The same value without what the wire leaves out: null, "", 0, false and empty lists. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([key, one]) => [key, plain(one)] as const);
  return Object.fromEntries(pairs.filter(([, one]) => !isNothing(one)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "object") return Object.keys(value).length === 0;
  return value === "" || value === 0 || value === false;
}
