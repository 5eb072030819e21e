/** Reads new things out to a screen reader: each once, in order, with a switch. */

import { useEffect, useState } from "preact/hooks";
import type { State } from "../live/store.ts";
import type { AnyEntry } from "../protocol.ts";
import type { RoomScreen } from "./room.ts";
import { t } from "./texts.ts";

const KEPT = 8;
const READ_MS = 20_000;

/** What to say about an entry; "" for nothing. One's own words are known already. */
export function loud(state: State, stream: string, entry: AnyEntry): string {
  const name = "who" in entry ? state.members.find((one) => one.who === entry.who)?.name ?? "" : "";
  switch (entry.k) {
    case "message":
      if (entry.who === state.me.who || entry.body === null) return "";
      return t("loud.message", { name, body: entry.body });
    case "line":
      return entry.who === state.me.who ? "" : t("loud.line", { name, body: entry.body });
    case "outcome":
      if (entry.state !== "declined" && entry.state !== "sent_back" && entry.state !== "removed") return "";
      return `${t(entry.state === "removed" ? "said.removed.mine" : entry.state)} ${entry.say ?? ""}`;
    case "room":
      return stream === "room" ? t(`loud.${entry.state}`) : "";
    default:
      return "";
  }
}

interface Said {
  key: number;
  id: string;
  text: string;
}

/** Without the words of messages that are gone: what nobody sees nobody may hear either (H3). */
export function stillThere<T extends { id: string }>(state: State, said: readonly T[]): T[] {
  const gone = new Set(state.messages.filter((one) => one.body === null).map((one) => one.id));
  return said.filter((one) => !gone.has(one.id));
}

export function Announcer({ screen, state }: { screen: RoomScreen; state: State }) {
  const [said, setSaid] = useState<Said[]>([]);
  const [aloud, setAloud] = useState(screen.memory.aloud);
  useEffect(() => {
    if (!aloud) return;
    let key = 0;
    return screen.live.listen((stream, entry) => {
      const text = screen.live.state ? loud(screen.live.state, stream, entry) : "";
      if (text === "") return;
      key += 1;
      const one = { key, text, id: "id" in entry ? entry.id : "" };
      setSaid((before) => [...before, one].slice(-KEPT));
    });
  }, [aloud]);
  useEffect(() => {
    if (said.length === 0) return;
    // Read by now: what stays in the page is found again by a reader that goes through it.
    const wait = setTimeout(() => setSaid([]), READ_MS);
    return () => clearTimeout(wait);
  }, [said]);
  return (
    <>
      <button
        type="button"
        class="button button-small reach"
        onClick={() => {
          screen.memory.aloud = !aloud;
          setAloud(!aloud);
          setSaid([]);
        }}
      >
        {t(aloud ? "log.read.off" : "log.read.on")}
      </button>
      <div class="only-read" aria-live="polite" aria-relevant="additions">
        {stillThere(state, said).map((one) => <p key={one.key}>{one.text}</p>)}
      </div>
    </>
  );
}
