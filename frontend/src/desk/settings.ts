/** What this tab remembers of how somebody likes their desk: sound and keys, nothing of the room. */

import type { Desk } from "./desk.ts";

const KEY = "desk:settings";

interface Kept {
  sound: boolean;
  keysOn: boolean;
}

/** Takes up what was kept, and keeps what changes from now on. */
export function recall(desk: Desk, storage: Storage | null = storageOrNone()): void {
  desk.set(read(storage));
  desk.subscribe(() => {
    const { sound, keysOn } = desk.ui;
    write(storage, { sound, keysOn });
  });
}

function read(storage: Storage | null): Partial<Kept> {
  try {
    const kept = JSON.parse(storage?.getItem(KEY) ?? "{}") as Partial<Kept>;
    return {
      ...(typeof kept.sound === "boolean" && { sound: kept.sound }),
      ...(typeof kept.keysOn === "boolean" && { keysOn: kept.keysOn }),
    };
  } catch {
    return {};
  }
}

function write(storage: Storage | null, kept: Kept): void {
  try {
    const next = JSON.stringify(kept);
    if (storage && storage.getItem(KEY) !== next) storage.setItem(KEY, next);
  } catch {
    // A forbidden storage costs the settings of this tab, and nothing else.
  }
}

function storageOrNone(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
