/**
 * What is asked before something is done. None of these is a modal window: an alert must be seen,
 * heard and reached while one is open.
 */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Live } from "../live/store.ts";
import { type DeclineReason, MAX_NOTE_CHARS } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { Button, useVisit } from "./parts.tsx";
import { type Text, t } from "./texts.ts";
import { type Prompt, REASONS } from "./ui-state.ts";

type Of<K extends Prompt["kind"]> = Extract<Prompt, { kind: K }>;

interface PromptProps<K extends Prompt["kind"]> {
  desk: Desk;
  live: Live;
  prompt: Of<K>;
  name: string;
}

/** The key under which a note is kept until it is sent: Esc and a reload lose nothing. */
export function noteKey(prompt: { kind: string; id: string }): string {
  return `note:${prompt.kind}:${prompt.id}`;
}

/** Sends what the prompt names, with its note. */
export function confirm(desk: Desk, live: Live): void {
  const prompt = desk.ui.prompt;
  if (!prompt) return;
  const key = "id" in prompt ? noteKey(prompt) : "";
  if (desk.confirm(key && live.draft(key)) && key) live.saveDraft(key, "");
}

export function Withhold({ desk, live, prompt, name }: PromptProps<"withhold">) {
  const ref = useVisit<HTMLFormElement>("input");
  return (
    <form class="desk-prompt" ref={ref} aria-labelledby="desk-prompt-title"
      onSubmit={(event) => { event.preventDefault(); confirm(desk, live); }}>
      <h3 id="desk-prompt-title">{t("withhold.title")}</h3>
      <Reasons desk={desk} picked={prompt.reason} name={name} />
      <Note live={live} name={noteKey(prompt)} label={t("note.label", { name })} />
      <div class="desk-acts">
        <Button submit tone="main" hint="Enter" blocked={prompt.reason === null}>
          {t("withhold.send")}
        </Button>
        <Cancel desk={desk} />
      </div>
    </form>
  );
}

/** The seven reasons, each with its number, and the sentence that the young person will read. */
function Reasons({ desk, picked, name }: { desk: Desk; picked: DeclineReason | null; name: string }) {
  const reads = useRef<HTMLParagraphElement>(null);
  // Nobody sends a sentence that they have not seen.
  useEffect(() => {
    if (picked) reads.current?.scrollIntoView({ block: "nearest" });
  }, [picked]);
  return (
    <fieldset class="desk-reasons">
      <legend>{t("withhold.pick")}</legend>
      {REASONS.map((reason, i) => (
        <label key={reason} data-picked={reason === picked || undefined}>
          <input type="radio" name="reason" value={reason} checked={reason === picked}
            data-number={i + 1} onChange={() => desk.pick(reason)} />
          <kbd aria-hidden="true">{i + 1}</kbd> <span>{t(`reason.${reason}`)}</span>
        </label>
      ))}
      <p class="desk-reads" role="status" ref={reads}>
        {picked && <><b>{t("withhold.reads", { name })}</b> {t(`kind.${picked}`)}</>}
      </p>
    </fieldset>
  );
}

const QUICK: readonly Text[] = [
  "send_back.quick1", "send_back.quick2", "send_back.quick3", "send_back.quick4",
];

export function SendBack({ desk, live, prompt, name }: PromptProps<"send_back">) {
  const ref = useVisit<HTMLFormElement>("textarea");
  const [fresh, setFresh] = useState(0);
  const key = noteKey(prompt);
  const start = (text: Text) => {
    live.saveDraft(key, t(text));
    setFresh(fresh + 1);
  };
  return (
    <form class="desk-prompt" ref={ref} aria-labelledby="desk-prompt-title"
      onSubmit={(event) => { event.preventDefault(); confirm(desk, live); }}>
      <h3 id="desk-prompt-title">{t("send_back.title")}</h3>
      <p class="desk-reads"><b>{t("withhold.reads", { name })}</b> {t("kind.sent_back")}</p>
      <Note key={fresh} live={live} name={key} label={t("send_back.note", { name })} />
      <div class="desk-quick" role="group" aria-label={t("send_back.quick")}>
        {QUICK.map((text) => (
          <Button key={text} tone="quiet" onClick={() => start(text)}>{t(text)}</Button>
        ))}
      </div>
      <div class="desk-acts">
        <Button submit tone="main" hint="Enter">{t("send_back.send")}</Button>
        <Cancel desk={desk} />
      </div>
    </form>
  );
}

export function Remove({ desk, live, prompt, name, words }: PromptProps<"remove"> & { words: string }) {
  const ref = useVisit<HTMLFormElement>("input");
  return (
    <form class="desk-prompt" ref={ref} aria-labelledby="desk-prompt-title"
      onSubmit={(event) => { event.preventDefault(); confirm(desk, live); }}>
      <h3 id="desk-prompt-title">{t("remove.title")}</h3>
      <blockquote class="desk-prompt-words">{words}</blockquote>
      <p>{t("remove.help", { name })}</p>
      <Reasons desk={desk} picked={prompt.reason} name={name} />
      <Note live={live} name={noteKey(prompt)} label={t("note.label", { name })} />
      <div class="desk-acts">
        <Button submit tone="care" hint="Enter" blocked={prompt.reason === null}>
          {t("remove.send")}
        </Button>
        <Cancel desk={desk} />
      </div>
    </form>
  );
}

/** A few words to the author, kept while they are typed. Enter sends, Shift and Enter is a new line. */
function Note({ live, name, label }: { live: Live; name: string; label: string }) {
  const [text, setText] = useState(live.draft(name));
  useEffect(() => setText(live.draft(name)), [name]);
  const left = MAX_NOTE_CHARS - text.length;
  return (
    <label class="desk-note-field">
      <span>{label} {left < 60 && <small>{t("note.left", { count: left })}</small>}</span>
      <textarea rows={2} maxLength={MAX_NOTE_CHARS} value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          live.saveDraft(name, currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }} />
    </label>
  );
}

/** Open, pause, close: says what happens before it does. */
export function Confirm({ desk, live, prompt, held }: {
  desk: Desk; live: Live; prompt: Of<"open" | "pause" | "close">; held: number;
}) {
  const ref = useVisit<HTMLFormElement>("button");
  const { kind } = prompt;
  return (
    <form class="desk-prompt" ref={ref} aria-labelledby="desk-prompt-title"
      aria-describedby="desk-prompt-what"
      onSubmit={(event) => { event.preventDefault(); confirm(desk, live); }}>
      <h3 id="desk-prompt-title">{t(`${kind}.title`)}</h3>
      <p id="desk-prompt-what">
        {t(`${kind}.what`)}
        {kind === "close" && held === 1 && ` ${t("close.held_one")}`}
        {kind === "close" && held > 1 && ` ${t("close.held", { count: held })}`}
      </p>
      <div class="desk-acts">
        <Button submit tone={kind === "close" ? "care" : "main"} hint="Enter">{t(`${kind}.send`)}</Button>
        <Cancel desk={desk} />
      </div>
    </form>
  );
}

export function Cancel({ desk }: { desk: Desk }) {
  return <Button act="cancel" tone="quiet" onClick={() => desk.set({ prompt: null })}>{t("act.cancel")}</Button>;
}
