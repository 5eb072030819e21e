/** One key each. The same table draws the buttons, answers the keyboard and fills the list of keys. */

import type { Text } from "./texts.ts";

export type Act =
  | "next" | "before" | "claim" | "approve" | "withhold" | "send_back"
  | "mute" | "line" | "older" | "newer" | "remove" | "write"
  | "person" | "take" | "open" | "pause" | "close" | "side" | "sound" | "keys" | "cancel";

type Group = "queue" | "person" | "room" | "evening" | "desk";

export interface Key {
  key: string;
  act: Act;
  group: Group;
  text: Text;
}

const key = (name: string, act: Act, group: Group): Key => ({
  key: name, act, group, text: `key.${act}`,
});

export const KEYS: readonly Key[] = [
  key("J", "next", "queue"),
  key("K", "before", "queue"),
  key("C", "claim", "queue"),
  key("A", "approve", "queue"),
  key("W", "withhold", "queue"),
  key("S", "send_back", "queue"),
  key("1–8", "person", "person"),
  key("L", "line", "person"),
  key("M", "mute", "person"),
  key("U", "older", "room"),
  key("D", "newer", "room"),
  key("R", "remove", "room"),
  key("N", "write", "room"),
  key("T", "take", "evening"),
  key("O", "open", "evening"),
  key("P", "pause", "evening"),
  key("X", "close", "evening"),
  key("V", "side", "desk"),
  key("B", "sound", "desk"),
  key("?", "keys", "desk"),
  key("Esc", "cancel", "desk"),
];

export const GROUPS: readonly Group[] = ["queue", "person", "room", "evening", "desk"];

const byName = new Map(KEYS.map((one) => [one.key.toLowerCase(), one.act]));
const byAct = new Map(KEYS.map((one) => [one.act, one.key]));

/** The key that a button shows. */
export function keyOf(act: Act): string {
  return byAct.get(act) ?? "";
}

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  isComposing: boolean;
}

/**
 * What this key asks for, if anything.
 *
 * A held-down key asks once only: a hand that rests on A would approve words that nobody has read.
 */
export function actOf(pressed: Pressed, typing: boolean): Act | null {
  if (pressed.isComposing) return null;
  if (pressed.key === "Escape") return "cancel";
  if (typing || pressed.repeat || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  return byName.get(pressed.key.toLowerCase()) ?? null;
}

/** The number of a digit key from 1 to `last`, or null. */
export function digitOf(pressed: Pressed, last: number): number | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.repeat) return null;
  const digit = /^[1-9]$/.test(pressed.key) ? Number(pressed.key) : 0;
  return digit >= 1 && digit <= last ? digit : null;
}

const WRITTEN = new Set(["text", "search", "email", "number", "password", "tel", "url"]);

/** Whether this element takes letters, so that keys must rest. */
export function takesLetters(element: Element | null): boolean {
  if (!element) return false;
  if (element instanceof HTMLInputElement) return WRITTEN.has(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLElement && element.isContentEditable;
}
