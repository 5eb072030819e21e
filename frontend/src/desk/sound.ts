/** The sound of an alert: two soft notes, made here, so that nothing has to load when it matters. */

const NOTES: readonly [hertz: number, at: number][] = [[659.25, 0], [880, 0.22]];
const LOUD = 0.22;

export class Bell {
  private context: AudioContext | undefined;
  private changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  /** Whether the browser still waits for a hand before it lets us sound. */
  get blocked(): boolean {
    return this.context?.state !== "running";
  }

  /** Call on any press or click: browsers keep sound off until then. */
  wake(): void {
    if (!("AudioContext" in globalThis)) return;
    this.context ??= this.open();
    if (this.context.state !== "running") void this.context.resume();
  }

  /** Two notes, about half a second; silent when the browser blocks it. */
  ring(): void {
    const context = this.context;
    if (!context || this.blocked) return;
    const start = context.currentTime + 0.02;
    for (const [hertz, at] of NOTES) note(context, hertz, start + at);
  }

  private open(): AudioContext {
    const context = new AudioContext();
    context.onstatechange = () => this.changed();
    return context;
  }
}

/** One note that swells and falls, so that it is clear without a start. */
function note(context: AudioContext, hertz: number, at: number): void {
  const tone = new OscillatorNode(context, { type: "sine", frequency: hertz });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(LOUD, at + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.55);
}
