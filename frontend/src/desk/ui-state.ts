/** What the desk remembers for the one who sits at it: plain values, replaced and never changed. */

import type { DeclineReason } from "../protocol.ts";

export const REASONS: readonly DeclineReason[] = [
  "contact", "detail", "method", "unkind", "worrying", "private", "other",
];
export const MUTES: readonly number[] = [2, 5, 10];

export type Pane = "queue" | "room" | "person" | "evening";

/** What is being asked before something is done. `sha` is of the words on the screen then. */
export type Prompt =
  | { kind: "withhold"; id: string; sha: string; who: string; reason: DeclineReason | null }
  | { kind: "send_back"; id: string; sha: string; who: string }
  | { kind: "remove"; id: string; who: string; reason: DeclineReason | null }
  | { kind: "mute"; who: string }
  | { kind: "open" | "pause" | "close" };

/** Something asked of the server: on its way, or refused. What is done is not here any more. */
export interface Asked {
  verb: string;
  state: "sending" | "refused";
  code: string;
  say: string;
}

export interface Ui {
  /** The part that a narrow screen shows. */
  pane: Pane;
  /** What the right side shows. */
  side: "person" | "evening";
  /** The rows of the queue in their order. */
  ids: readonly string[];
  /** The message of the queue that is being read. */
  selected: string | null;
  /** On a narrow screen: it is open over its list. */
  reading: boolean;
  person: string | null;
  /** The chosen message of the room. */
  message: string | null;
  prompt: Prompt | null;
  /** By what it is about, as in `item:<id>`, `person:<handle>`, `room`. */
  asked: Readonly<Record<string, Asked>>;
  /** Private lines whose last words need no answer, by handle: the place of those words. */
  answered: Readonly<Record<string, number>>;
  keysShown: boolean;
  keysOn: boolean;
  sound: boolean;
  soundBlocked: boolean;
  /** What became of one's own act, in words (a polite live region). */
  said: string;
  /** What a colleague has just done that ends a worry: shown for a while, then gone. */
  news: string;
  /** The alert in words (the one assertive live region). */
  alarm: string;
}

export const START: Ui = {
  pane: "queue", side: "person", ids: [], selected: null, reading: false, person: null,
  message: null, prompt: null, asked: {}, answered: {}, keysShown: false, keysOn: true,
  sound: true, soundBlocked: true, said: "", news: "", alarm: "",
};
