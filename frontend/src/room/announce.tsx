/** Reads new things out to a screen reader: each once, in order, with a switch. */

import { useEffect, useState } from "preact/hooks";
import type { State } from "../live/store.ts";
import type { AnyEntry } from "../protocol.ts";
import type { RoomScreen } from "./room.ts";
import { t } from "./texts.ts";

const KEPT = 8;

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

export function Announcer({ screen }: { screen: RoomScreen }) {
  const [said, setSaid] = useState<{ key: number; text: string }[]>([]);
  const [aloud, setAloud] = useState(screen.memory.aloud);
  useEffect(() => {
    if (!aloud) return;
    let key = 0;
    return screen.live.listen((stream, entry) => {
      const text = screen.live.state ? loud(screen.live.state, stream, entry) : "";
      if (text === "") return;
      key += 1;
      const one = { key, text };
      setSaid((before) => [...before, one].slice(-KEPT));
    });
  }, [aloud]);
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
        {said.map((one) => <p key={one.key}>{one.text}</p>)}
      </div>
    </>
  );
}
