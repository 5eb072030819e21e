/** Which pieces of a message the reasons are about. */

import type { Reason } from "../protocol.ts";

export interface Piece {
  text: string;
  marked: boolean;
}

/** The words cut into pieces, in order; joined together they are exactly the words. */
export function pieces(body: string, reasons: readonly Reason[]): Piece[] {
  const cuts = merge(reasons.flatMap((reason) => places(body, reason.span ?? "")));
  const out: Piece[] = [];
  let at = 0;
  for (const [from, to] of cuts) {
    if (from > at) out.push({ text: body.slice(at, from), marked: false });
    out.push({ text: body.slice(from, to), marked: true });
    at = to;
  }
  if (at < body.length) out.push({ text: body.slice(at), marked: false });
  return out;
}

type Cut = [from: number, to: number];

/** Triage answers in lower case, and may have closed up the spaces. */
function places(body: string, span: string): Cut[] {
  const words = span.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const plain = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  return [...body.matchAll(new RegExp(plain, "giu"))].map((found) => [
    found.index, found.index + found[0].length,
  ]);
}

function merge(cuts: Cut[]): Cut[] {
  const out: Cut[] = [];
  for (const cut of cuts.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && cut[0] <= last[1]) last[1] = Math.max(last[1], cut[1]);
    else out.push([...cut]);
  }
  return out;
}
