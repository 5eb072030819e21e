/**
 * The order of the queue: alerts on top, then the oldest first, and nothing moves under a hand.
 *
 * While `still` (the pointer is in the list) rows keep their places: new ones go to the end,
 * decided ones stay and fade. When the hand is away, decided rows leave and alerts go to the top.
 */

import type { Item } from "../protocol.ts";

/** How long a decided row stays to be seen. */
export const FADE_MS = 6000;

export interface Hand {
  now: number;
  /** The pointer is in the list. */
  still: boolean;
  /** The row that is being read never leaves by itself. */
  selected: string | null;
}

/** Whether this message waits for somebody of the staff. */
export function waits(item: Item): boolean {
  return (item.state ?? "held") === "held" && item.line !== true;
}

function isAlert(item: Item): boolean {
  return item.level === "alert";
}

/** The rows of the queue, in the order in which they stand on the screen. */
export class Queue {
  ids: readonly string[] = [];
  private decided = new Map<string, number>();

  /** Takes in what the log says now; answers whether a row came, went or moved. */
  arrange(items: readonly Item[], hand: Hand): boolean {
    const byId = new Map(items.map((item) => [item.id, item]));
    for (const id of this.decided.keys()) if (!byId.has(id)) this.decided.delete(id);
    const old = this.ids.filter((id) => this.stays(byId.get(id), hand));
    const known = new Set(old);
    const fresh = items.filter((item) => waits(item) && !known.has(item.id));
    const ids = [...old, ...fresh.sort((a, b) => a.n - b.n).map((item) => item.id)];
    const next = hand.still ? ids : alertsFirst(ids, byId);
    const same = next.length === this.ids.length && next.every((id, i) => id === this.ids[i]);
    if (!same) this.ids = next;
    return !same;
  }

  /** When the next decided row is due to leave, or null: for the one timer that asks again. */
  due(now: number): number | null {
    const times = [...this.decided.values()].map((since) => since + FADE_MS);
    const later = times.filter((time) => time > now);
    return later.length > 0 ? Math.min(...later) : null;
  }

  private stays(item: Item | undefined, hand: Hand): boolean {
    if (!item) return false;
    if (waits(item)) {
      this.decided.delete(item.id);
      return true;
    }
    const since = this.decided.get(item.id) ?? hand.now;
    this.decided.set(item.id, since);
    if (hand.still || item.id === hand.selected || hand.now - since < FADE_MS) return true;
    this.decided.delete(item.id);
    return false;
  }
}

function alertsFirst(ids: string[], byId: ReadonlyMap<string, Item>): string[] {
  const urgent = (id: string) => {
    const item = byId.get(id);
    return item !== undefined && isAlert(item) && waits(item);
  };
  return [...ids.filter(urgent), ...ids.filter((id) => !urgent(id))];
}

/** The next row in this direction that still waits; stays where it is at the end. */
export function step(
  ids: readonly string[], waiting: ReadonlySet<string>, from: string | null, by: 1 | -1,
): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return ids.find((id) => waiting.has(id)) ?? null;
  for (let i = at + by; i >= 0 && i < ids.length; i += by) {
    const id = ids[i];
    if (id !== undefined && waiting.has(id)) return id;
  }
  return from;
}

/** Where to go after deciding `from`: the next that waits, else the first, else nowhere. */
export function after(
  ids: readonly string[], waiting: ReadonlySet<string>, from: string,
): string | null {
  const at = ids.indexOf(from);
  const later = ids.slice(at + 1).find((id) => waiting.has(id));
  return later ?? ids.find((id) => id !== from && waiting.has(id)) ?? null;
}
