/** Whether a hand is on a list: while it is, nothing there may move. */

/** A pointer that has not moved for this long is only lying there. */
const RESTING_MS = 15_000;
/** A tap ends before its click arrives. */
const TAP_MS = 400;

export class Still {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly tell: (still: boolean) => void;

  constructor(tell: (still: boolean) => void) {
    this.tell = tell;
  }

  readonly touched = (): void => {
    this.tell(true);
    this.endIn(RESTING_MS);
  };

  readonly left = (): void => this.endIn(TAP_MS);

  private endIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(false), ms);
  }
}
