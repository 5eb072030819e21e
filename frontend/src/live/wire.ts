/** The wire's types, until `../protocol.ts` is generated from chat/protocol.py. */

export type RoomState = "lobby" | "open" | "paused" | "closed";
export type Why = "" | "staff" | "adults" | "time";
export type Part = "young" | "staff";
export type Decision = "approve" | "decline" | "send_back";
export type DeclineReason =
  | "contact" | "detail" | "method" | "unkind" | "worrying" | "private" | "other";
export type Gone = "removed" | "withdrawn";
export type ItemState =
  | "held" | "published" | "declined" | "sent_back" | "withdrawn" | "removed";
export type LeftHow = "exit" | "signed_out" | "removed" | "expired" | "role" | "over";
export type Tops = Record<string, number>;

export interface Reason { rule: string; kind: string; say: string; span?: string }
export interface Member {
  who: string; name: string; part: Part; token?: string; colour?: string; role?: string;
  out?: boolean;
}
export interface Room {
  id: string; state: RoomState; why: Why; title: string; week: number; weeks: number;
  starts: string;
}
export interface Me { who: string; part: Part; name: string; role: string; streams: string[] }

interface Entry { n: number; at: string }
export interface Message extends Entry {
  k: "message"; id: string; who: string; body: string | null; cid?: string;
  reply_to?: string | null; gone?: Gone | null;
}
export interface GoneEntry extends Entry { k: "gone"; id: string; how: Gone }
export interface StateEntry extends Entry { k: "room"; state: RoomState; why: Why }
export interface Joined extends Entry { k: "joined"; member: Member }
export interface Left extends Entry { k: "left"; who: string }
export interface Own extends Entry {
  k: "own"; id: string; cid: string; body: string; reply_to?: string | null;
  replaces?: string | null; care?: boolean;
}
export interface Outcome extends Entry {
  k: "outcome"; id: string;
  state: "published" | "declined" | "sent_back" | "withdrawn" | "removed" | "replaced";
  say?: string; note?: string;
}
export interface Line extends Entry {
  k: "line"; id: string; who: string; body: string; cid?: string; origin?: string | null;
  care?: boolean;
}
export interface Muted extends Entry { k: "muted"; who: string; until: string | null }
export interface Item extends Entry {
  k: "item"; id: string; who: string; body: string; sha: string;
  level: "publish" | "hold" | "alert"; reasons: Reason[]; state?: ItemState; line?: boolean;
  replaces?: string | null; claimed_by?: string | null; by?: string | null; note?: string;
}
export interface Claimed extends Entry { k: "claimed"; id: string; by: string | null }
export interface Decided extends Entry {
  k: "decided"; id: string; state: ItemState; by?: string | null; note?: string;
}
export interface Alert extends Entry {
  k: "alert"; id: string; message: string; who: string; body: string; reasons: Reason[];
  step?: number; by?: string | null;
}
export interface Acknowledged extends Entry { k: "acknowledged"; alert: string; by: string }
export interface Escalated extends Entry { k: "escalated"; alert: string; step: number }
export interface How extends Entry { k: "how"; who: string; how: LeftHow }
export type AnyEntry =
  | Message | GoneEntry | StateEntry | Joined | Left | Own | Outcome | Line | Muted | Item
  | Claimed | Decided | Alert | Acknowledged | Escalated | How;

export interface Hello { t: "hello"; have?: Tops; epoch?: string }
export interface Got { t: "got"; have: Tops }
export interface Beat { t: "beat" }
interface Act { cid: string }
export interface Send extends Act {
  t: "send"; body: string; to?: "room" | "line"; seat?: string | null;
  reply_to?: string | null; replaces?: string | null;
}
export interface Withdraw extends Act { t: "withdraw"; id: string; to_line?: boolean }
export interface Open extends Act { t: "open" }
export interface Pause extends Act { t: "pause" }
export interface Close extends Act { t: "close" }
export interface Claim extends Act { t: "claim"; id: string; drop?: boolean }
export interface Decide extends Act {
  t: "decide"; id: string; decision: Decision; sha: string; reason?: DeclineReason | null;
  note?: string;
}
export interface Remove extends Act {
  t: "remove"; id: string; reason: DeclineReason; note?: string;
}
export interface Mute extends Act { t: "mute"; who: string; minutes: number }
export interface Acknowledge extends Act { t: "acknowledge"; alert: string }
export type AnyClientFrame =
  | Hello | Got | Beat | Send | Withdraw | Open | Pause | Close | Claim | Decide | Remove | Mute
  | Acknowledge;

export interface OwnItem {
  n: number; at: string; id: string; cid: string; body: string | null;
  state: "held" | "declined" | "sent_back" | "removed"; reply_to?: string | null; say?: string;
  note?: string; care?: boolean;
}
export interface OwnView { items: OwnItem[]; line: Line[]; muted: string | null }
export interface DeskView {
  items: Item[]; alerts: Alert[]; lines: Record<string, Line[]>;
  muted: Record<string, string>; how: Record<string, LeftHow>;
}
export interface Adults { here: number; needed: number }
export interface Snapshot {
  t: "snapshot"; epoch: string; me: Me; tops: Tops; room: Room; members: Member[];
  messages: Message[]; own?: OwnView | null; desk?: DeskView | null;
}
export interface Entries { t: "entries"; s: string; e: AnyEntry[] }
export interface Ok {
  t: "ok"; cid: string; id: string; state: "published" | "held"; stream: string; seq: number;
}
export interface Done { t: "done"; cid: string }
export interface Err { t: "err"; code: string; say: string; cid?: string }
export interface Alive { t: "beat"; tops: Tops; adults?: Adults | null }
export type AnyServerFrame = Snapshot | Entries | Ok | Done | Err | Alive;
