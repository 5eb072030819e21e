/** What is new about the alerts since the desk last looked: for the sound and the spoken words. */

import type { Alert } from "../protocol.ts";

/** While an alert is open the sound comes back after this. */
export const AGAIN_MS = 30_000;

const MINUTES = [0, 1, 3, 10];

export interface News {
  fresh: Alert[];
  stepped: Alert[];
}

/** Remembers which alerts were heard, and up to which step. */
export class Alarm {
  private heard = new Map<string, number>();

  /** Takes the open alerts of now; answers those that are new or went a step up. */
  look(open: readonly Alert[]): News {
    const news: News = { fresh: [], stepped: [] };
    const now = new Map<string, number>();
    for (const alert of open) {
      const step = alert.step ?? 0;
      const before = this.heard.get(alert.id);
      if (before === undefined) news.fresh.push(alert);
      else if (step > before) news.stepped.push(alert);
      now.set(alert.id, step);
    }
    this.heard = now;
    return news;
  }
}

/** For how many minutes nobody has taken it: what the step says, or more once time has passed it. */
export function unheardMinutes(step: number, waitedMs: number): number {
  const least = MINUTES[Math.min(step, MINUTES.length - 1)] ?? 0;
  return step >= MINUTES.length ? Math.max(least, Math.floor(waitedMs / 60_000)) : least;
}
