/**
 * For the convergence test: reads JSON lines `{"snapshot", "entries": [[stream, entry], …], "fresh"}`
 * and answers each with one line `{"equal", "diff"}`; `diff` names the paths that differ.
 * Run with `node frontend/src/live/fold-cli.ts`.
 */

import { createInterface } from "node:readline";
import { fold, type State, trim } from "./fold.ts";
import type { AnyEntry } from "../protocol.ts";

interface Case {
  snapshot: State;
  entries: [string, AnyEntry][];
  fresh: State;
}

function differences(a: unknown, b: unknown, path = ""): string[] {
  if (a === b) return [];
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].flatMap((key) =>
      differences(Reflect.get(a, key), Reflect.get(b, key), `${path}/${key}`));
  }
  return [`${path}: ${show(a)} is not ${show(b)}`];
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

function compare({ snapshot, entries, fresh }: Case): string[] {
  let state = snapshot;
  for (const [stream, entry] of entries) {
    const next = (state.tops[stream] ?? 0) + 1;
    if (entry.n !== next) return [`${stream}: entry ${entry.n} where ${next} was next`];
    state = fold(state, stream, entry);
  }
  return differences(trim(state), trim(fresh));
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === "") continue;
  const diff = compare(JSON.parse(line) as Case);
  console.log(JSON.stringify({ equal: diff.length === 0, diff }));
}
