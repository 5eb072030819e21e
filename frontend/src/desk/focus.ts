/** Puts the focus there after the next drawing, since the place may only then be on the screen. */
export function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}
