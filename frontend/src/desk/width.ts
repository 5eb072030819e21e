/** How many columns the screen has room for; the style sheet draws the same lines. */

import { useEffect, useState } from "preact/hooks";

export type Width = "one" | "two" | "three";

const PHONE = "(max-width: 45em)";
const SMALL = "(max-width: 68.75em)";

function width(): Width {
  if (matchMedia(PHONE).matches) return "one";
  return matchMedia(SMALL).matches ? "two" : "three";
}

export function useWidth(): Width {
  const [now, set] = useState(width);
  useEffect(() => {
    const lines = [matchMedia(PHONE), matchMedia(SMALL)];
    const look = () => set(width());
    for (const line of lines) line.addEventListener("change", look);
    return () => {
      for (const line of lines) line.removeEventListener("change", look);
    };
  }, []);
  return now;
}
