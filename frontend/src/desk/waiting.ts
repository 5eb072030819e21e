/** How long somebody has waited, in words that stay the same width. */

/** After this a waiting message is shown as long: about when a young person looks again. */
export const LONG_MS = 120_000;

/** Milliseconds since ``at`` (ISO), never below nothing: phones and laptops disagree on the time. */
export function waited(at: string, now: number): number {
  const since = now - Date.parse(at);
  return since > 0 ? since : 0;
}

/** ``0:07``, ``12:40``, ``1:02:40``. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The time of day as the reader's own clock shows it, like ``20:14``. */
export function timeOfDay(at: string | number): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/**
 * The server's time as far as this machine can tell: an entry cannot come from later than now, so a
 * clock that is behind is found out. One that is ahead only makes waiting look longer, which is safe.
 */
export class ServerTime {
  private behind = 0;

  /** An instant (ISO) that the server gave. */
  heard(at: string, now = Date.now()): void {
    const ahead = Date.parse(at) - now;
    if (ahead > this.behind) this.behind = ahead;
  }

  /** What the server's clock shows at this moment of ours. */
  of(now: number): number {
    return now + this.behind;
  }
}

/** One second hand for the whole desk, so that eight waiting times cost one timer. */
export class Ticker {
  private hands = new Set<(now: number) => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  /** Calls ``hand`` now and every second; answers how to stop. */
  every(hand: (now: number) => void): () => void {
    this.hands.add(hand);
    hand(Date.now());
    this.timer ??= setInterval(() => this.tick(), 1000);
    return () => this.stop(hand);
  }

  private tick(): void {
    const now = Date.now();
    for (const hand of this.hands) hand(now);
  }

  private stop(hand: (now: number) => void): void {
    this.hands.delete(hand);
    if (this.hands.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

export const ticker = new Ticker();
export const serverTime = new ServerTime();
