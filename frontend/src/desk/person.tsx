/** One young person: how they are here, their private line, what they wrote lately, mute. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { Live, State } from "../live/store.ts";
import type { Line, Member } from "../protocol.ts";
import { Token } from "../room/tokens.tsx";
import { Composer } from "./composer.tsx";
import type { Desk } from "./desk.ts";
import { keyOf } from "./keys.ts";
import { memo } from "./memo.ts";
import { Button, useAhead, useVisit } from "./parts.tsx";
import { PendingWords } from "./pending.tsx";
import { waitingLine } from "./people.tsx";
import { Cancel } from "./prompts.tsx";
import { Refusals } from "./refusals.tsx";
import { t } from "./texts.ts";
import { MUTES, type Ui } from "./ui-state.ts";
import { deskOf, nameOf, recent } from "./view.ts";
import { timeOfDay } from "./waiting.ts";

const RECENT = 6;

interface PersonProps {
  desk: Desk;
  live: Live;
  state: State;
  ui: Ui;
}

export function PersonPane({ desk, live, state, ui }: PersonProps) {
  const member = state.members.find((one) => one.who === ui.person && one.part === "young");
  if (!member) return <p class="desk-empty">{t("person.none")}</p>;
  return <OnePerson desk={desk} live={live} state={state} ui={ui} member={member} />;
}

function OnePerson({ desk, live, state, ui, member }: PersonProps & { member: Member }) {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const side = ref.current?.parentElement;
    // On a small screen the line matters more than the list of people above it.
    if (side && ref.current) side.scrollTop = ref.current.offsetTop;
  }, [member.who, ui.pane]);
  const muting = ui.prompt?.kind === "mute" && ui.prompt.who === member.who;
  const until = deskOf(state).muted[member.who];
  return (
    <section class="desk-person" ref={ref} aria-labelledby="desk-person-title">
      <Head desk={desk} state={state} member={member} until={until} />
      {muting && <Mute desk={desk} member={member} until={until} />}
      <Refusals desk={desk} asked={ui.asked} items={[]} members={state.members} prefix="person:" />
      <PrivateLine desk={desk} live={live} state={state} ui={ui} member={member} />
      <Composer key={member.who} live={live} seat={member.who} hint={keyOf("line")}
        label={t("composer.line", { name: member.name })} />
      <Recent state={state} member={member} />
    </section>
  );
}

interface HeadProps { desk: Desk; state: State; member: Member; until: string | undefined }

function Head({ desk, state, member, until }: HeadProps) {
  const muted = useAhead(until);
  return (
    <header class="desk-person-head">
      <Token member={member} />
      <h2 id="desk-person-title">{member.name}</h2>
      <p>
        {whereabouts(state, member)}
        {muted && until !== undefined && <> · {t("mute.until", { time: timeOfDay(until) })}</>}
      </p>
      <Button act="mute" tone="quiet" onClick={() => desk.open({ kind: "mute", who: member.who })}>
        {t("act.mute")}
      </Button>
    </header>
  );
}

/** Here, or how they left: staff see "left by exit", not a name that vanished. */
function whereabouts(state: State, member: Member): string {
  if (member.out !== true) return t("person.here");
  const how = deskOf(state).how[member.who];
  return how === undefined ? t("person.left") : t(`how.${how}`);
}

function Mute({ desk, member, until }: { desk: Desk; member: Member; until: string | undefined }) {
  const ref = useVisit<HTMLDivElement>("button");
  const muted = useAhead(until);
  const { name, who } = member;
  return (
    <div class="desk-prompt" ref={ref} role="group" aria-labelledby="desk-prompt-title">
      <h3 id="desk-prompt-title">{t("mute.title", { name })}</h3>
      <p>{t("mute.help")}</p>
      <div class="desk-acts">
        {MUTES.map((minutes, i) => (
          <Button key={minutes} hint={String(i + 1)} onClick={() => desk.mute(who, minutes)}>
            {t("mute.minutes", { minutes })}
          </Button>
        ))}
        {muted && (
          <Button tone="main" hint="0" onClick={() => desk.mute(who, 0)}>{t("mute.end", { name })}</Button>
        )}
        <Cancel desk={desk} />
      </div>
    </div>
  );
}

function PrivateLine({ desk, live, state, ui, member }: PersonProps & { member: Member }) {
  const line = deskOf(state).lines[member.who] ?? [];
  const pending = live.pending.filter((one) => one.to === "line" && one.seat === member.who);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.scrollTo(0, box.current.scrollHeight);
  }, [member.who, line.length, pending.length]);
  const waits = waitingLine(line, member.who, ui.answered) !== null;
  return (
    <div class="desk-line">
      <header>
        <h3>{t("person.line", { name: member.name })}</h3>
        {waits && (
          <Button tone="quiet" onClick={() => desk.answered(member.who, line.at(-1)?.n ?? 0)}>
            {t("person.answered")}
          </Button>
        )}
      </header>
      <div class="desk-line-log" ref={box} role="group" tabIndex={0}
        aria-label={t("person.line", { name: member.name })}>
        {line.length === 0 && pending.length === 0 && (
          <p class="desk-empty">
            {t("person.line_empty")} <small>{t("person.line_who", { name: member.name })}</small>
          </p>
        )}
        {line.map((one) => (
          <LineWords key={one.id} one={one} own={one.who === member.who}
            name={nameOf(state.members, one.who)} />
        ))}
        {pending.map((one) => <PendingWords key={one.cid} live={live} one={one} />)}
      </div>
    </div>
  );
}

const LineWords = memo(function LineWords({ one, own, name }: { one: Line; own: boolean; name: string }) {
  return (
    <article class="desk-bubble" data-part={own ? "young" : "staff"}>
      <p class="desk-bubble-name">
        <b>{name}</b> <time dateTime={one.at}>{timeOfDay(one.at)}</time>
      </p>
      <p class="desk-bubble-words">{one.body}</p>
      {one.origin != null && <p class="desk-mark">{t("person.origin")}</p>}
      {one.care === true && <p class="desk-mark desk-mark-care">{t("person.care")}</p>}
    </article>
  );
});

/** Where the window is low, the line to read and write has the room. */
const low = () => matchMedia("(max-height: 40em)").matches;

function Recent({ state, member }: { state: State; member: Member }) {
  const lines = recent(state, member.who, RECENT);
  return (
    <details class="desk-recent" open={!low()}>
      <summary>{t("person.recent")}</summary>
      {lines.length === 0 && <p>{t("person.recent_empty")}</p>}
      <ol>
        {lines.map((said) => (
          <li key={said.id}>
            <time dateTime={said.at}>{timeOfDay(said.at)}</time>{" "}
            {said.state !== "published" && <i class="desk-chip">{t(`row.${said.state}`)}</i>}{" "}
            {said.body ?? t("row.removed")}
          </li>
        ))}
      </ol>
    </details>
  );
}
