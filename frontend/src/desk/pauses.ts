/** When a pause began, if this desk was there: the wire gives the state, not since when. */

import type { Room } from "../protocol.ts";

export class Pauses {
  since: number | null = null;
  private before: Room["state"] | null = null;

  look(room: Room, now: number): void {
    if (room.state === this.before) return;
    this.since = room.state === "paused" && this.before !== null ? now : null;
    this.before = room.state;
  }
}
