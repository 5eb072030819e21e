/** The message that is being read: its words, why it waits, what came before it, what to do. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Live, State } from "../live/store.ts";
import type { Item, Member } from "../protocol.ts";
import { Token } from "../room/tokens.tsx";
import type { Desk } from "./desk.ts";
import { taken } from "./evening.tsx";
import { focusSoon } from "./focus.ts";
import { Button, Waiting, Words } from "./parts.tsx";
import { SendBack, Withhold } from "./prompts.tsx";
import { waits } from "./queue.ts";
import { outcome } from "./queue.tsx";
import { has, t } from "./texts.ts";
import type { Asked, Prompt } from "./ui-state.ts";
import { deskOf, nameOf, recent, takes } from "./view.ts";

const BEFORE = 3;

interface CardProps {
  desk: Desk;
  live: Live;
  state: State;
  item: Item;
  prompt: Prompt | null;
  asked: Asked | undefined;
}

export function Card(props: CardProps) {
  const { desk, live, state, item, prompt } = props;
  const author = state.members.find((one) => one.who === item.who);
  const name = author?.name ?? t("name.somebody");
  const open = prompt && "id" in prompt && prompt.id === item.id ? prompt : null;
  return (
    <article class="desk-card" aria-label={t("card.of", { name })} data-level={item.level}
      data-asking={open ? true : undefined}>
      <Head {...props} author={author} name={name} />
      <Body state={state} item={item} name={name} short={open !== null} />
      {open && !waits(item) && (
        <p class="desk-refused" role="status">{outcome(item, state.me.who, nameOf(state.members, item.by))}</p>
      )}
      {open?.kind === "withhold" && <Withhold desk={desk} live={live} prompt={open} name={name} />}
      {open?.kind === "send_back" && <SendBack desk={desk} live={live} prompt={open} name={name} />}
      {!open && <Acts {...props} />}
    </article>
  );
}

function Head({ desk, state, item, author, name }: CardProps & { author: Member | undefined; name: string }) {
  const mine = item.claimed_by === state.me.who;
  const claimer = nameOf(state.members, item.claimed_by);
  return (
    <header class="desk-card-head">
      <Button tone="quiet" extra="desk-back" onClick={() => desk.go("queue")}>{t("queue.back")}</Button>
      <h2>
        <Token member={author} /> {name}
        {waits(item) && <small><span class="desk-only-wide">{t("card.waiting")}</span> <Waiting since={item.at} /></small>}
      </h2>
      {claimer !== "" && (
        <i class="desk-chip desk-chip-claim">
          {mine ? t("row.reading_you") : t("row.reading", { name: claimer })}
        </i>
      )}
      {waits(item) && (
        <Button act="claim" tone="quiet" onClick={() => desk.claim(item, mine)}>
          {t(mine ? "act.drop" : "act.claim")}
        </Button>
      )}
    </header>
  );
}

function Body({ state, item, name, short }: { state: State; item: Item; name: string; short: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => { ref.current?.scrollTo(0, 0); }, [item.id]);
  const first = deskOf(state).items.find((one) => one.id === item.replaces);
  return (
    <div class="desk-card-body" data-short={short || undefined} ref={ref} role="group"
      aria-label={t("card.label")} tabIndex={0}>
      <Changed item={item} />
      <AlertTaken state={state} item={item} />
      <blockquote class="desk-words"><Words body={item.body} reasons={item.reasons} /></blockquote>
      {!short && (
        <>
          <Why item={item} />
          {first && <p class="desk-first">{t("card.replaces")} <q>{first.body}</q></p>}
          <Before state={state} item={item} name={name} />
        </>
      )}
    </div>
  );
}

/** Other words under the same message must not be decided as if they had been read. */
function Changed({ item }: { item: Item }) {
  const [read, setRead] = useState({ id: item.id, sha: item.sha });
  useEffect(() => {
    if (read.id !== item.id) setRead({ id: item.id, sha: item.sha });
  }, [item.id]);
  const changed = read.id === item.id && read.sha !== item.sha;
  return changed ? <p class="desk-refused">{t("card.changed")}</p> : null;
}

function AlertTaken({ state, item }: { state: State; item: Item }) {
  const alert = deskOf(state).alerts.find((one) => one.message === item.id);
  if (alert?.by == null) return null;
  return <p class="desk-mark desk-mark-care">{taken(state, alert.by)}</p>;
}

function Why({ item }: { item: Item }) {
  return (
    <section class="desk-why">
      <h3>{t("card.why")}</h3>
      {item.reasons.length === 0 && <p>{t("card.why_none")}</p>}
      <ul>
        {item.reasons.map((reason) => {
          const key = `why.${reason.kind}`;
          return (
            <li key={reason.rule}>
              <i class="desk-chip">{has(key) ? t(key) : reason.kind}</i> {reason.say}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Before({ state, item, name }: { state: State; item: Item; name: string }) {
  const lines = recent(state, item.who, BEFORE, item);
  if (lines.length === 0) return <p class="desk-before">{t("card.before_none", { name })}</p>;
  return (
    <section class="desk-before">
      <h3>{t("card.before", { name })}</h3>
      <ol>
        {lines.map((said) => (
          <li key={said.id}>
            {said.state !== "published" && <i class="desk-chip">{t(`row.${said.state}`)}</i>}{" "}
            {said.body ?? t("row.removed")}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Acts({ desk, state, item, asked }: CardProps) {
  if (!waits(item)) return <Decided desk={desk} state={state} item={item} />;
  if (item.level === "alert" && !takes(state.me.role)) {
    return <p class="desk-acts desk-acts-note">{t("card.not_yours")}</p>;
  }
  const sending = asked?.state === "sending";
  const alert = item.level === "alert";
  const closed = state.room.state === "closed";
  return (
    <div class="desk-acts">
      {alert && (
        <Button act="line" tone="main" onClick={() => write(desk, item.who)}>{t("act.line")}</Button>
      )}
      <Button act="approve" tone={alert ? "plain" : "main"} blocked={sending || closed}
        onClick={() => { if (desk.rested && !closed) desk.approve(item); }}>{t("act.approve")}</Button>
      <Button act="withhold" blocked={sending} onClick={() => desk.consider("withhold", item)}>
        {t("act.withhold")}
      </Button>
      <Button act="send_back" blocked={sending} onClick={() => desk.consider("send_back", item)}>
        {t("act.send_back")}
      </Button>
    </div>
  );
}

function write(desk: Desk, who: string): void {
  desk.choosePerson(who);
  focusSoon("[data-composer=line]");
}

function Decided({ desk, state, item }: { desk: Desk; state: State; item: Item }) {
  return (
    <div class="desk-acts desk-acts-done">
      <p>
        {outcome(item, state.me.who, nameOf(state.members, item.by))}
        {item.note ? ` ${t("card.note", { note: item.note })}` : ""}
      </p>
      <Button act="next" onClick={() => desk.move(1)}>{t("card.next")}</Button>
    </div>
  );
}
