/**
 * What a phone has to fetch: the compressed size of each entry with everything it imports.
 * Exits 1 when a budget is passed: the first view must stay small for a weak signal.
 */

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

interface Chunk {
  file: string;
  css?: string[];
  assets?: string[];
  imports?: string[];
}

const dist = new URL("../dist/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, dist));
const manifest = JSON.parse(read(".vite/manifest.json").toString()) as Record<string, Chunk>;

/** Entry, script budget, and budget of all that the first view takes; KB, gzip. */
const BUDGETS = [
  ["src/room/main.tsx", 25, 55],
  ["src/desk/main.tsx", 45, 110],
  ["src/pages/main.ts", 6, 50],
] as const;

const packed = /\.(woff2|png)$/;
const gzip = (file: string) => (packed.test(file) ? read(file) : gzipSync(read(file))).length;
const brotli = (file: string) =>
  (packed.test(file) ? read(file) : brotliCompressSync(read(file))).length;
const kb = (files: Iterable<string>, size: (file: string) => number) =>
  [...files].reduce((sum, file) => sum + size(file), 0) / 1000;

function chunksOf(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return seen;
  seen.add(key);
  for (const one of chunk.imports ?? []) chunksOf(one, seen);
  return seen;
}

let over = false;
for (const [key, scriptBudget, allBudget] of BUDGETS) {
  if (!manifest[key]) continue;
  const chunks = [...chunksOf(key)].flatMap((one) => manifest[one] ?? []);
  const scripts = new Set(chunks.map((one) => one.file));
  const all = new Set([
    ...scripts, ...chunks.flatMap((one) => [...(one.css ?? []), ...(one.assets ?? [])]),
  ]);
  const script = kb(scripts, gzip);
  const total = kb(all, gzip);
  over ||= script > scriptBudget || total > allBudget;
  console.error(
    `${key}: script ${script.toFixed(1)} KB gzip, ${kb(scripts, brotli).toFixed(1)} KB brotli `
    + `(budget ${scriptBudget}); with styles and fonts ${total.toFixed(1)} KB (budget ${allBudget})`,
  );
}
process.exitCode = over ? 1 : 0;
