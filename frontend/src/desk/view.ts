/** What the desk reads out of the state of the room: pure, from the log alone. */

import type {
  Alert, DeskView, Item, ItemState, Line, Me, Member, Message, Snapshot,
} from "../protocol.ts";

/** One thing that somebody wrote, wherever it ended. */
export interface Said {
  id: string;
  at: string;
  body: string | null;
  state: ItemState;
}

const NO_DESK: DeskView = { items: [], alerts: [], lines: {}, muted: {}, how: {} };
const TAKERS = new Set(["counsellor", "lead", "deputy"]);

/** The desk's part of a snapshot. */
export function deskOf(state: Snapshot): DeskView {
  return state.desk ?? NO_DESK;
}

/** Whether this role may take an alert. The server decides; this only chooses the words. */
export function takes(role: string): boolean {
  return TAKERS.has(role);
}

/** The young people in the order in which they first came: their numbers are keys and must not move. */
export function young(members: readonly Member[]): Member[] {
  return members.filter((one) => one.part === "young");
}

/** The staff who are in. */
export function staff(members: readonly Member[]): Member[] {
  return members.filter((one) => one.part === "staff" && one.out !== true);
}

/** Who of the staff in the room could take an alert, the reader apart. */
export function takersHere(members: readonly Member[], me: Me): Member[] {
  return staff(members).filter((one) => one.who !== me.who && takes(one.role ?? ""));
}

/** The alerts that nobody has taken, oldest first. */
export function openAlerts(desk: DeskView): Alert[] {
  return desk.alerts.filter((alert) => alert.by == null).sort((a, b) => a.n - b.n);
}

/** The last `count` things that this person wrote for the room before `before` (ISO), oldest first. */
export function recent(
  state: Snapshot, who: string, count: number, before?: { id: string; at: string },
): Said[] {
  const items = deskOf(state).items.filter((item) => item.who === who && item.line !== true);
  const judged = new Set(items.map((item) => item.id));
  const plain = state.messages.filter((one) => one.who === who && !judged.has(one.id));
  const all = [...plain.map(ofMessage), ...items.map(ofItem)].filter(
    (said) => before === undefined || (said.id !== before.id && said.at <= before.at),
  );
  return all.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-count);
}

function ofMessage({ id, at, body, gone }: Message): Said {
  return { id, at, body, state: gone ?? "published" };
}

function ofItem({ id, at, body, state }: Item): Said {
  return { id, at, body, state: state ?? "held" };
}

/** When this young person's private line has waited for an answer since, or null. */
export function unanswered(line: readonly Line[] | undefined, who: string): Line | null {
  if (!line || line.at(-1)?.who !== who) return null;
  const answered = line.findLastIndex((one) => one.who !== who);
  return line[answered + 1] ?? null;
}

/**
 * The colleagues who must be the missing ones: known only when nobody else counts.
 * The wire says how many adults are here, not which.
 */
export function missing(members: readonly Member[], me: Me, here: number): Member[] {
  return here <= 1 ? staff(members).filter((one) => one.who !== me.who) : [];
}

/** The name behind a handle; "" for nobody. */
export function nameOf(members: readonly Member[], who: string | null | undefined): string {
  return members.find((one) => one.who === who)?.name ?? "";
}
