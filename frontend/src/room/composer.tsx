/** Where one writes. Words only, kept while they are unsent, never lost by a reload or a pause. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAX_BODY_CHARS } from "../protocol.ts";
import type { RoomScreen, Tab } from "./room.ts";
import { t } from "./texts.ts";
import type { Shut } from "./view.ts";

const TELL_FROM = 100;

interface Props {
  screen: RoomScreen;
  to: Tab;
  /** The room takes nothing now: the words can go to the counsellors instead. */
  shut?: Shut | null;
  /** The person whose message is answered. */
  answering: string | null;
}

export function Composer({ screen, to, shut = null, answering }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => screen.live.draft(to));
  const [onlyWords, setOnlyWords] = useState(false);
  const about = screen.about;

  const write = (words: string) => {
    setText(words);
    setOnlyWords(false);
    screen.live.saveDraft(to, words);
  };

  useEffect(() => {
    if (to !== "room" || screen.offered === null) return;
    setText(screen.offered);
    screen.offered = null;
    box.current?.focus();
  });

  useEffect(() => {
    if (screen.writing) box.current?.focus();
    screen.writing = false;
  }, []);

  useEffect(() => {
    if (to === "room" && (about.reply ?? about.change) !== null) box.current?.focus();
  }, [about.reply, about.change]);

  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text]);

  const left = MAX_BODY_CHARS - Array.from(text).length;
  const ready = text.trim() !== "" && left >= 0;

  const aside = shut !== null && text.trim() !== "";
  const label = t(to === "line" ? "write.line" : shut === null ? "write.room" : "write.later");

  const send = () => {
    if (!ready) return;
    screen.send(text, to);
    setText("");
    box.current?.focus();
  };

  return (
    <form
      class="composer"
      data-plain
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {aside && <p class="composer-note">{t(shut === "closed" ? "closed.keep" : "paused.keep")}</p>}
      {to === "room" && <AboutChip screen={screen} answering={answering} />}
      <div class="composer-row">
        <textarea
          ref={box}
          class="input"
          rows={1}
          name="words"
          autocomplete="off"
          aria-label={label}
          placeholder={label}
          aria-describedby="composer-says"
          value={text}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            send();
          }}
          onPaste={(event) => {
            if (!hasFiles(event.clipboardData)) return;
            if (event.clipboardData?.getData("text/plain") === "") event.preventDefault();
            setOnlyWords(true);
          }}
          onDrop={(event) => {
            if (!hasFiles(event.dataTransfer)) return;
            event.preventDefault();
            setOnlyWords(true);
          }}
        />
        <button
          type="submit"
          class="button composer-send"
          data-shut={aside || undefined}
          aria-disabled={!ready}
          // The keyboard stays where it is: the next words are often on their way.
          onPointerDown={(event) => event.preventDefault()}
        >
          {t("write.send")}
        </button>
        {aside && (
          <button
            type="button"
            class="button composer-send composer-aside"
            aria-disabled={!ready}
            onClick={() => ready && screen.sendAside(text)}
          >
            {t("write.to_line")}
          </button>
        )}
      </div>
      <p id="composer-says" class="composer-says" role="status">
        {onlyWords ? t("write.only_words") : countText(left)}
      </p>
    </form>
  );
}

function AboutChip({ screen, answering }: { screen: RoomScreen; answering: string | null }) {
  const { reply, change } = screen.about;
  if (reply === null && change === null) return null;
  return (
    <p class="about">
      <span>{change !== null ? t("write.changing") : t("write.answering", { name: answering ?? "" })}</span>
      <button type="button" class="button button-quiet button-small" onClick={() => screen.stop()}>
        {t("write.stop")}
      </button>
    </p>
  );
}

function countText(left: number): string {
  if (left < 0) return t("write.over", { count: -left });
  return left <= TELL_FROM ? t("write.left", { count: left }) : "";
}

/** Enter sends where there is a real keyboard; on a phone it makes a new line. */
function sends(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return false;
  return matchMedia("(pointer: fine)").matches;
}

function hasFiles(data: DataTransfer | null): boolean {
  return data !== null && data.files.length > 0;
}
