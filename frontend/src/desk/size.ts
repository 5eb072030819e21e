/**
 * How much room the screen has, counted in letters and not in points: somebody who reads at twice
 * the size gets the layout of a screen half as wide.
 */

import { useEffect, useState } from "preact/hooks";

export type Width = "one" | "two" | "three";

export interface Size {
  width: Width;
  low: boolean;
  /** Too low for anything to be held in place: the whole desk scrolls. */
  tiny: boolean;
}

const PHONE = 45;
const SMALL = 68.75;
const LOW = 37.5;
const TINY = 25;

/** The size for a window of so many letters. */
export function sizeOf(across: number, down: number): Size {
  const width = across <= PHONE ? "one" : across <= SMALL ? "two" : "three";
  return { width, low: down <= LOW, tiny: down <= TINY };
}

function measure(): Size {
  const letter = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return sizeOf(innerWidth / letter, innerHeight / letter);
}

/** The size now. `probe` is a part whose own size changes with that of the letters. */
export function useSize(probe: { current: Element | null }): Size {
  const [size, set] = useState(measure);
  useEffect(() => {
    const look = () => set((old) => {
      const now = measure();
      return now.width === old.width && now.low === old.low && now.tiny === old.tiny ? old : now;
    });
    const observer = new ResizeObserver(look);
    observer.observe(document.documentElement);
    if (probe.current) observer.observe(probe.current);
    return () => observer.disconnect();
  }, []);
  return size;
}
