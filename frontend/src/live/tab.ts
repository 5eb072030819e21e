/**
 * What this tab remembers of one room: unsent messages and drafts, in sessionStorage, so that a
 * reload loses no words and another tab, another day or another person never sees them.
 */

import type { Pending } from "./outbox.ts";

export interface Kept {
  who: string;
  pending: Pending[];
  drafts: Record<string, string>;
}

const PREFIX = "room:";

export class Tab {
  private readonly key: string;
  private readonly storage: Storage | null;
  private kept: Kept;

  constructor(room: string, storage: Storage | null = sessionStorageOrNone()) {
    this.key = PREFIX + room;
    this.storage = storage;
    this.kept = this.read();
  }

  get pending(): Pending[] {
    return this.kept.pending;
  }

  savePending(pending: Pending[]): void {
    this.kept.pending = pending;
    this.write();
  }

  draft(key: string): string {
    return this.kept.drafts[key] ?? "";
  }

  saveDraft(key: string, text: string): void {
    const { [key]: _, ...others } = this.kept.drafts;
    this.kept.drafts = text === "" ? others : { ...others, [key]: text };
    this.write();
  }

  /** Whether the words here are of somebody else who used this tab before. */
  isOfAnother(who: string): boolean {
    return this.kept.who !== "" && this.kept.who !== who;
  }

  /** Everything from now on is this member's. */
  own(who: string): void {
    if (this.kept.who === who) return;
    this.kept.who = who;
    this.write();
  }

  wipe(): void {
    this.kept = empty();
    try {
      this.storage?.removeItem(this.key);
    } catch {
      // Without storage there is nothing to remove.
    }
  }

  private read(): Kept {
    try {
      const raw = this.storage?.getItem(this.key);
      return raw == null ? empty() : { ...empty(), ...(JSON.parse(raw) as Partial<Kept>) };
    } catch {
      return empty();
    }
  }

  private write(): void {
    try {
      this.storage?.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // A full or forbidden storage must not stop anybody from writing: memory still has it.
    }
  }
}

function empty(): Kept {
  return { who: "", pending: [], drafts: {} };
}

function sessionStorageOrNone(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
