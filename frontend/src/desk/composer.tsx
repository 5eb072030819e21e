/** Where staff write: to the room, or to one young person alone. Drafts stay in this tab. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Live } from "../live/store.ts";
import { MAX_BODY_CHARS } from "../protocol.ts";
import { Button } from "./parts.tsx";
import { t } from "./texts.ts";

interface ComposerProps {
  live: Live;
  /** The young person to write to, or null for the room. */
  seat: string | null;
  label: string;
  /** The key that comes here. */
  hint: string;
  closed?: boolean;
}

const MOST_LINES = 5;
/** On glass the key "Enter" is for a new line, and the button sends. */
const touch = () => matchMedia("(hover: none) and (pointer: coarse)").matches;

export function Composer({ live, seat, label, hint, closed = false }: ComposerProps) {
  const key = seat === null ? "room" : `line:${seat}`;
  const [text, setText] = useState(live.draft(key));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => grow(field.current), [text]);
  const write = (words: string) => {
    setText(words);
    live.saveDraft(key, words);
  };
  const send = () => {
    if (closed || text.trim() === "") return;
    live.send(seat === null ? { body: text } : { body: text, to: "line", seat });
    write("");
    field.current?.focus();
  };
  const left = MAX_BODY_CHARS - text.length;
  return (
    <form class="desk-composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <label>
        <span>{label} {!closed && <kbd aria-hidden="true">{hint}</kbd>}</span>
        <textarea ref={field} rows={1} value={text} maxLength={MAX_BODY_CHARS} disabled={closed}
          data-composer={seat === null ? "room" : "line"} aria-keyshortcuts={hint}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch()) return;
            event.preventDefault();
            send();
          }} />
      </label>
      {left < 100 && <small>{t("note.left", { count: left })}</small>}
      <Button submit tone="main" hint="" blocked={closed || text.trim() === ""}>
        {t("composer.send")}
      </Button>
    </form>
  );
}

/** As high as its words, up to a few lines. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.blockSize = "auto";
  const line = parseFloat(getComputedStyle(field).lineHeight) || 24;
  const padding = field.offsetHeight - field.clientHeight + 20;
  field.style.blockSize = `${Math.min(field.scrollHeight + 2, MOST_LINES * line + padding)}px`;
}
