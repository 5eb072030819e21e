// Made from chat/protocol.py by `python3 manage.py protocol`. Do not edit.
/* eslint max-lines: "off" -- the wire stands in one place */

export const ROOM = "room";
export const DESK = "desk";
export const SEAT_PREFIX = "seat:";
export const MAX_FRAME_BYTES = 16384;
export const MAX_BODY_CHARS = 1000;
export const MAX_NOTE_CHARS = 300;
export const SNAPSHOT_MESSAGES = 60;
export const SNAPSHOT_ITEMS = 100;
export const SNAPSHOT_LINES = 60;
export const BEAT_SECONDS = 5;
export const SILENT_SECONDS = 11;
export const WINDOW_ENTRIES = 64;

export type Key = string;
export type Body = string;
export type Note = string;
export type Sha = string;
export type Tops = Record<string, number>;
export type RoomState = "lobby" | "open" | "paused" | "closed";
export type Why = "" | "staff" | "adults" | "time";
export type Part = "young" | "staff";
export type Decision = "approve" | "decline" | "send_back";
export type DeclineReason = "contact" | "detail" | "method" | "unkind" | "worrying" | "private" | "other";
export type Gone = "removed" | "withdrawn";
export type ItemState = "held" | "published" | "declined" | "sent_back" | "withdrawn" | "removed";
export type LeftHow = "exit" | "signed_out" | "removed" | "expired" | "role" | "over";

/** Why triage held something: for the desk. */
export interface Reason {
  rule: string;
  kind: string;
  say: string;
  span?: string; // missing: ""
}

/** Somebody in the room as everybody may see them; ``who`` is a handle of this room only. */
export interface Member {
  who: string;
  name: string;
  part: Part;
  token?: string; // missing: ""
  colour?: string; // missing: ""
  role?: string; // missing: ""
  out?: boolean; // missing: false
}

/** The room as its lobby and its header show it; ``starts`` is an instant in ISO 8601. */
export interface Room {
  id: string;
  state: RoomState;
  why: Why;
  title: string;
  week: number;
  weeks: number;
  starts: string;
}

/** Who the connection speaks for, and the streams that it follows. */
export interface Me {
  who: string;
  part: Part;
  name: string;
  role: string;
  streams: string[];
}

/** A published message. ``body`` is null once it is gone, so that no read returns its words. */
export interface Message {
  k: "message";
  n: number;
  at: string;
  id: string;
  who: string;
  body: string | null;
  cid?: string; // missing: ""
  reply_to?: string | null; // missing: null
  gone?: Gone | null; // missing: null
}

/** A published message leaves every screen. */
export interface GoneEntry {
  k: "gone";
  n: number;
  at: string;
  id: string;
  how: Gone;
}

/** The room opened, paused or closed. */
export interface StateEntry {
  k: "room";
  n: number;
  at: string;
  state: RoomState;
  why: Why;
}

/** Somebody came in. */
export interface Joined {
  k: "joined";
  n: number;
  at: string;
  member: Member;
}

/** Somebody is out; nothing says why. In a seat or staff stream it ends the connection. */
export interface Left {
  k: "left";
  n: number;
  at: string;
  who: string;
}

/** The author's own message that the room does not see (yet): stays in their seat stream. ``care`` asks the screen to show help at once: the words spoke of danger. */
export interface Own {
  k: "own";
  n: number;
  at: string;
  id: string;
  cid: string;
  body: string;
  reply_to?: string | null; // missing: null
  replaces?: string | null; // missing: null
  care?: boolean; // missing: false
}

/** What became of one's own message; ``say`` is a kind sentence, ready to show. */
export interface Outcome {
  k: "outcome";
  n: number;
  at: string;
  id: string;
  state: "published" | "declined" | "sent_back" | "withdrawn" | "removed" | "replaced";
  say?: string; // missing: ""
  note?: string; // missing: ""
}

/** A message of the private line of one young person; ``origin`` if it came from the room. */
export interface Line {
  k: "line";
  n: number;
  at: string;
  id: string;
  who: string;
  body: string;
  cid?: string; // missing: ""
  origin?: string | null; // missing: null
  care?: boolean; // missing: false
}

/** The young person can read but not write until ``until`` (ISO), or again if null. */
export interface Muted {
  k: "muted";
  n: number;
  at: string;
  who: string;
  until: string | null;
}

/** For the desk: a message that triage stopped, with everything needed to decide. ``sha`` is the SHA-256 of ``body`` in hex: a decision names it, so that what is published is what was read. ``level`` is what triage asked for. */
export interface Item {
  k: "item";
  n: number;
  at: string;
  id: string;
  who: string;
  body: string;
  sha: string;
  level: "publish" | "hold" | "alert";
  reasons: Reason[];
  state?: ItemState; // missing: "held"
  line?: boolean; // missing: false
  replaces?: string | null; // missing: null
  claimed_by?: string | null; // missing: null
  by?: string | null; // missing: null
  note?: string; // missing: ""
}

/** A facilitator is reading this one; null gives it back to the queue. */
export interface Claimed {
  k: "claimed";
  n: number;
  at: string;
  id: string;
  by: string | null;
}

/** How a message of the desk ended, and by whom (null: by its author). */
export interface Decided {
  k: "decided";
  n: number;
  at: string;
  id: string;
  state: ItemState;
  by?: string | null; // missing: null
  note?: string; // missing: ""
}

/** Words that say somebody may be in danger; stays until a named person acknowledges it. */
export interface Alert {
  k: "alert";
  n: number;
  at: string;
  id: string;
  message: string;
  who: string;
  body: string;
  reasons: Reason[];
  step?: number; // missing: 0
  by?: string | null; // missing: null
}

/** A named person has taken the alert. */
export interface Acknowledged {
  k: "acknowledged";
  n: number;
  at: string;
  alert: string;
  by: string;
}

/** Nobody took the alert in time: step 1 after 60 s, 2 after 3 min, then on and on. */
export interface Escalated {
  k: "escalated";
  n: number;
  at: string;
  alert: string;
  step: number;
}

/** For the desk alone: how somebody left. */
export interface How {
  k: "how";
  n: number;
  at: string;
  who: string;
  how: LeftHow;
}

/** First frame of a socket: what the client has. An empty ``have`` asks for a snapshot. */
export interface Hello {
  t: "hello";
  have?: Tops; // missing: {}
  epoch?: string; // missing: ""
}

/** Flow control: the client has applied each stream up to here. */
export interface Got {
  t: "got";
  have: Tops;
}

/** The client is alive; from an adult it keeps the room open. */
export interface Beat {
  t: "beat";
}

/** Write to the room, or to the private line. ``seat`` names the young person where staff write to a private line. ``replaces`` names one's own withheld message that this one stands for. */
export interface Send {
  t: "send";
  cid: Key;
  body: Body;
  to?: "room" | "line"; // missing: "room"
  seat?: Key | null; // missing: null
  reply_to?: Key | null; // missing: null
  replaces?: Key | null; // missing: null
}

/** Take one's own message back; ``to_line`` shows it to the counsellors instead. */
export interface Withdraw {
  t: "withdraw";
  cid: Key;
  id: Key;
  to_line?: boolean; // missing: false
}

/** Open the room, or take it out of a pause. */
export interface Open {
  t: "open";
  cid: Key;
}

/** Pause the room by hand; it stays paused until somebody opens it. */
export interface Pause {
  t: "pause";
  cid: Key;
}

/** End the evening. */
export interface Close {
  t: "close";
  cid: Key;
}

/** Say that one is reading this message; ``drop`` gives it back. */
export interface Claim {
  t: "claim";
  cid: Key;
  id: Key;
  drop?: boolean; // missing: false
}

/** Decide a held message. ``sha`` is of the words that were on the screen. */
export interface Decide {
  t: "decide";
  cid: Key;
  id: Key;
  decision: Decision;
  sha: Sha;
  reason?: DeclineReason | null; // missing: null
  note?: Note; // missing: ""
}

/** Take a published message off every screen. */
export interface Remove {
  t: "remove";
  cid: Key;
  id: Key;
  reason: DeclineReason;
  note?: Note; // missing: ""
}

/** Let somebody only read for some minutes; 0 ends it. */
export interface Mute {
  t: "mute";
  cid: Key;
  who: Key;
  minutes: number;
}

/** Take an alert, by name. */
export interface Acknowledge {
  t: "acknowledge";
  cid: Key;
  alert: Key;
}

/** What only this young person sees: own messages not in the room, private line, mute. */
export interface OwnView {
  items: OwnItem[];
  line: Line[];
  muted: string | null;
}

/** One's own message outside the room; ``body`` is null once removed. */
export interface OwnItem {
  n: number;
  at: string;
  id: string;
  cid: string;
  body: string | null;
  state: "held" | "declined" | "sent_back" | "removed";
  reply_to?: string | null; // missing: null
  say?: string; // missing: ""
  note?: string; // missing: ""
  care?: boolean; // missing: false
}

/** What only the desk sees; ``lines`` and ``muted`` are by handle. */
export interface DeskView {
  items: Item[];
  alerts: Alert[];
  lines: Record<string, Line[]>;
  muted: Record<string, string>;
  how: Record<string, LeftHow>;
}

/** How many adults are here, and how many the room needs. */
export interface Adults {
  here: number;
  needed: number;
}

/** All that this viewer may see now. Equal to an older snapshot plus the entries since. */
export interface Snapshot {
  t: "snapshot";
  epoch: string;
  me: Me;
  tops: Tops;
  room: Room;
  members: Member[];
  messages: Message[];
  own?: OwnView | null; // missing: null
  desk?: DeskView | null; // missing: null
}

/** Entries of one stream, in order, without a gap. */
export interface Entries {
  t: "entries";
  s: string;
  e: AnyEntry[];
}

/** A send is in the log at this place; the same answer for every re-send of the cid. */
export interface Ok {
  t: "ok";
  cid: string;
  id: string;
  state: "published" | "held";
  stream: string;
  seq: number;
}

/** An act other than a send was carried out. */
export interface Done {
  t: "done";
  cid: string;
}

/** A refusal: a stable code and one kind sentence. Nothing was changed. ``care`` asks the screen to show help at once: the refused words spoke of danger. */
export interface Err {
  t: "err";
  code: string;
  say: string;
  cid?: string; // missing: ""
  care?: boolean; // missing: false
}

/** Every five seconds: the tops of one's own streams; for staff also the adults here. */
export interface Alive {
  t: "beat";
  tops: Tops;
  adults?: Adults | null; // missing: null
}

export type AnyEntry =
  | Message
  | GoneEntry
  | StateEntry
  | Joined
  | Left
  | Own
  | Outcome
  | Line
  | Muted
  | Item
  | Claimed
  | Decided
  | Alert
  | Acknowledged
  | Escalated
  | How;

export type AnyClientFrame =
  | Hello
  | Got
  | Beat
  | Send
  | Withdraw
  | Open
  | Pause
  | Close
  | Claim
  | Decide
  | Remove
  | Mute
  | Acknowledge;

export type AnyServerFrame =
  | Snapshot
  | Entries
  | Ok
  | Done
  | Err
  | Alive;

/** Why the server closed a socket. */
export type CloseCode =
  | 4001 // signed out: sign in again
  | 4004 // no such room, or not for you
  | 4008 // too many frames that could not be read
  | 4010 // you have left this room
  | 4012 // the server is starting again: come back at once
  | 4013 // nothing was heard for 30 seconds
  | 4014 // the first frame was not hello
  | 4029 // too many frames in a short time
  ;

/** Why the server refused a frame. */
export type ErrCode =
  | "not_json" // the frame is not JSON, or not text
  | "unknown_kind" // no frame of that kind
  | "bad_field" // a field is missing, of another type, or out of range
  | "hello_first" // a frame came before hello, or hello came twice
  | "too_long" // the words are longer than a message may be
  | "empty" // there are no words
  | "too_fast" // more messages than ten in ten seconds
  | "not_open" // the room has not opened yet
  | "paused" // the room is paused
  | "closed" // the evening is over
  | "muted" // this person can only read for now
  | "same_cid" // the same cid came with other words
  | "missing" // no such message, alert or person here
  | "decided" // somebody else decided first
  | "changed" // the words are not those that were on the screen
  | "reason_needed" // declining and removing need a reason
  | "not_allowed" // this role may not do that
  | "alert_open" // an alert is still waiting for somebody
  | "adults_needed" // the room needs more adults before it can open
  | "signed_out" // nobody is signed in (HTTP only; a socket closes with 4001)
  | "left" // this person has left the room
  | "unavailable" // the server cannot keep anything just now
  ;
