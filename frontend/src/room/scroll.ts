/** Keeps the newest in view, unless the reader has scrolled up; then it counts what is new. */

const NEAR = 48;

export class ScrollKeeper {
  private readonly box: HTMLElement;
  private readonly changed: (away: boolean) => void;
  private readonly watcher: ResizeObserver;
  private atEnd = true;

  constructor(box: HTMLElement, changed: (away: boolean) => void) {
    this.box = box;
    this.changed = changed;
    box.addEventListener("scroll", this.look, { passive: true });
    // The keyboard opens, a text grows, a picture of the screen turns: the end stays the end.
    this.watcher = new ResizeObserver(() => this.settle());
    this.watcher.observe(box);
    if (box.firstElementChild) this.watcher.observe(box.firstElementChild);
    this.toEnd();
  }

  get isAway(): boolean {
    return !this.atEnd;
  }

  /** After something was added. */
  settle(): void {
    if (this.atEnd) this.toEnd();
  }

  toEnd(): void {
    this.box.scrollTop = this.box.scrollHeight;
    this.set(true);
  }

  stop(): void {
    this.box.removeEventListener("scroll", this.look);
    this.watcher.disconnect();
  }

  private readonly look = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = this.box;
    this.set(scrollHeight - scrollTop - clientHeight < NEAR);
  };

  private set(atEnd: boolean): void {
    if (this.atEnd === atEnd) return;
    this.atEnd = atEnd;
    this.changed(!atEnd);
  }
}
