/** Small things of the screen that a reload must not lose: kept with the drafts, in this tab only. */

import type { Live } from "../live/store.ts";

export class Memory {
  private readonly live: Live;

  constructor(live: Live) {
    this.live = live;
  }

  /** How far the private line was read. */
  get seen(): number {
    return Number(this.live.draft("line.seen"));
  }

  set seen(n: number) {
    if (n > this.seen) this.live.saveDraft("line.seen", String(n));
  }

  get tab(): "room" | "line" {
    return this.live.draft("tab") === "line" ? "line" : "room";
  }

  set tab(tab: "room" | "line") {
    this.live.saveDraft("tab", tab === "line" ? tab : "");
  }

  /** Whether new messages are read out; on unless somebody switched it off. */
  get aloud(): boolean {
    return this.live.draft("aloud") !== "off";
  }

  set aloud(on: boolean) {
    this.live.saveDraft("aloud", on ? "" : "off");
  }
}
