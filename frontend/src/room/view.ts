/**
 * What the room shows, worked out from its state: pure, so that it can be tested without a screen.
 *
 * One's own words outside the room stand at their time: when they were written, or when they came
 * back. Kept at the foot they would push the talk out of a small screen.
 */

import type { Pending, State } from "../live/store.ts";
import type { Line, Member, Message, OwnItem } from "../protocol.ts";

export interface Said {
  kind: "said";
  key: string;
  message: Message;
  mine: boolean;
  member: Member | undefined;
  /** The same person goes on: no need to name them again. */
  follows: boolean;
  answers: Answered | null;
}

export interface Waiting {
  kind: "own";
  key: string;
  item: OwnItem;
}

export interface Underway {
  kind: "pending";
  key: string;
  pending: Pending;
}

export type Row = Said | Waiting | Underway;

/** What a reply stands under; `body` is null when it is gone or further back than we know. */
export interface Answered {
  name: string;
  mine: boolean;
  body: string | null;
  gone: boolean;
}

export interface LineSaid {
  kind: "line";
  key: string;
  line: Line;
  mine: boolean;
  member: Member | undefined;
  follows: boolean;
}

const GOES_ON_MS = 5 * 60_000;

export function rowsOfRoom(state: State, pending: readonly Pending[]): Row[] {
  const me = state.me.who;
  const members = new Map(state.members.map((one) => [one.who, one]));
  const byId = new Map(state.messages.map((one) => [one.id, one]));
  const items = (state.own?.items ?? []).filter(
    (one) => one.state === "removed" || !byId.has(one.id),
  );
  const aside = [...items].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const rows: Row[] = [];
  let before: Message | null = null;
  let next = 0;
  for (const message of state.messages) {
    for (; next < aside.length; next += 1) {
      const item = aside[next];
      if (!item || Date.parse(item.at) > Date.parse(message.at)) break;
      rows.push(waiting(item));
      before = null;
    }
    rows.push({
      kind: "said",
      key: keyOf(message, me),
      message,
      mine: message.who === me,
      member: members.get(message.who),
      follows: goesOn(before, message) && message.reply_to == null,
      answers: answered(message.reply_to, byId, members, me),
    });
    before = message;
  }
  rows.push(...aside.slice(next).map(waiting));
  const known = new Set([...state.messages, ...items].map((one) => one.cid));
  return [...rows, ...underway(pending, "room", known)];
}

export function rowsOfLine(state: State, pending: readonly Pending[]): (LineSaid | Underway)[] {
  const line = state.own?.line ?? [];
  const members = new Map(state.members.map((one) => [one.who, one]));
  const rows = line.map((one, at): LineSaid => ({
    kind: "line",
    key: one.cid != null && one.cid !== "" ? one.cid : one.id,
    line: one,
    mine: one.who === state.me.who,
    member: members.get(one.who),
    follows: goesOn(line[at - 1] ?? null, one),
  }));
  const known = new Set(line.map((one) => one.cid));
  return [...rows, ...underway(pending, "line", known)];
}

/** The answered message as a bubble or the composer names it. */
export function answered(
  id: string | null | undefined,
  byId: ReadonlyMap<string, Message>,
  members: ReadonlyMap<string, Member>,
  me: string,
): Answered | null {
  if (id == null) return null;
  const message = byId.get(id);
  return {
    name: members.get(message?.who ?? "")?.name ?? "",
    mine: message?.who === me,
    body: message?.body ?? null,
    gone: message !== undefined && message.body === null,
  };
}

/** The adults of tonight who are in the room. */
export function adultsIn(state: State): Member[] {
  return state.members.filter((one) => one.part === "staff" && one.out !== true);
}

/** How many lines of the counsellors came after the last one seen. */
export function unreadOf(state: State, seen: number): number {
  const line = state.own?.line ?? [];
  return line.filter((one) => one.n > seen && one.who !== state.me.who).length;
}

/** Why one cannot write to the room now; null if one can. The server has the last word. */
export type Shut = "lobby" | "paused" | "closed" | "muted";

export function shutFor(state: State, now: number): Shut | null {
  if (state.room.state !== "open") return state.room.state;
  const until = state.own?.muted;
  return until != null && Date.parse(until) > now ? "muted" : null;
}

/** One's own message keeps its place on the screen from sending to sent. */
function keyOf(message: Message, me: string): string {
  return message.who === me && message.cid != null && message.cid !== "" ? message.cid : message.id;
}

function waiting(item: OwnItem): Waiting {
  return { kind: "own", key: item.state === "removed" ? `removed ${item.id}` : item.id, item };
}

function underway(
  pending: readonly Pending[], to: "room" | "line", known: ReadonlySet<string | undefined>,
): Underway[] {
  return pending
    .filter((one) => one.to === to && !known.has(one.cid))
    .map((one) => ({ kind: "pending", key: one.cid, pending: one }));
}

function goesOn(before: { who: string; at: string } | null, now: { who: string; at: string }): boolean {
  return before?.who === now.who && Date.parse(now.at) - Date.parse(before.at) < GOES_ON_MS;
}
