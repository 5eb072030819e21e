/** The room as the young people see it; marks and removed words are for staff alone. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Live, Pending, State } from "../live/store.ts";
import type { Item, Member, Message } from "../protocol.ts";
import { Token } from "../room/tokens.tsx";
import { Composer } from "./composer.tsx";
import type { Desk } from "./desk.ts";
import { keyOf } from "./keys.ts";
import { memo } from "./memo.ts";
import { Button } from "./parts.tsx";
import { PendingWords } from "./pending.tsx";
import { Remove } from "./prompts.tsx";
import { Refusals } from "./refusals.tsx";
import { t } from "./texts.ts";
import type { Ui } from "./ui-state.ts";
import { deskOf, nameOf } from "./view.ts";
import { timeOfDay } from "./waiting.ts";

interface RoomProps {
  desk: Desk;
  live: Live;
  state: State;
  ui: Ui;
}

export function RoomPane({ desk, live, state, ui }: RoomProps) {
  const { members, messages, room } = state;
  const items = new Map(deskOf(state).items.map((item) => [item.id, item]));
  const byId = new Map(messages.map((one) => [one.id, one]));
  const pending = live.pending.filter((one) => one.to === "room");
  const prompt = ui.prompt?.kind === "remove" ? ui.prompt : null;
  return (
    <section class="desk-room" aria-labelledby="desk-room-title">
      <header>
        <h2 id="desk-room-title">{t("room.title")}</h2>
        <small>{t("room.hint")}</small>
      </header>
      <Log count={messages.length + pending.length}>
        {messages.length === 0 && <p class="desk-empty">{t("room.empty")}</p>}
        {messages.map((one) => (
          <Bubble key={one.id} desk={desk} message={one} item={items.get(one.id)}
            author={members.find((member) => member.who === one.who)}
            answers={one.reply_to ? byId.get(one.reply_to) : undefined}
            answered={nameOf(members, one.reply_to ? byId.get(one.reply_to)?.who : null)}
            decider={nameOf(members, items.get(one.id)?.by)} mine={items.get(one.id)?.by === state.me.who}
            chosen={one.id === ui.message} removing={ui.asked[`message:${one.id}`]?.state === "sending"} />
        ))}
        {pending.map((one: Pending) => <PendingWords key={one.cid} live={live} one={one} />)}
      </Log>
      <Refusals desk={desk} asked={ui.asked} items={[]} members={members} prefix="message:" />
      {prompt ? (
        <Remove desk={desk} live={live} prompt={prompt} name={nameOf(members, prompt.who)}
          words={byId.get(prompt.id)?.body ?? ""} />
      ) : (
        <Composer live={live} seat={null} hint={keyOf("write")} closed={room.state === "closed"}
          label={t(room.state === "closed" ? "composer.room_closed"
            : room.state === "paused" ? "composer.room_paused" : "composer.room")} />
      )}
    </section>
  );
}

/** Follows the newest line, unless somebody reads further up or has a hand on it. */
function Log({ count, children }: { count: number; children: preact.ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(count);
  const follow = useRef(true);
  const newest = () => box.current?.scrollTo(0, box.current.scrollHeight);
  useLayoutEffect(() => {
    if (!follow.current) return;
    newest();
    setSeen(count);
  }, [count]);
  useEffect(() => {
    const watched = new ResizeObserver(() => { if (follow.current) newest(); });
    if (box.current) watched.observe(box.current);
    return () => watched.disconnect();
  }, []);
  const looked = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    follow.current = scrollHeight - scrollTop - clientHeight < 40;
    if (follow.current) setSeen(count);
  };
  const fresh = count - seen;
  return (
    <div class="desk-log-frame">
      <div class="desk-log" ref={box} role="group" aria-label={t("room.title")} tabIndex={0}
        onScroll={looked}>
        {children}
      </div>
      {fresh > 0 && (
        <button type="button" class="desk-newest" onClick={newest}>{t("room.new", { count: fresh })}</button>
      )}
    </div>
  );
}

interface BubbleProps {
  desk: Desk;
  message: Message;
  item: Item | undefined;
  author: Member | undefined;
  answers: Message | undefined;
  answered: string;
  decider: string;
  /** It was I who let it through. */
  mine: boolean;
  chosen: boolean;
  removing: boolean;
}

const Bubble = memo(function Bubble(props: BubbleProps) {
  const { desk, message, author, chosen } = props;
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!chosen || !ref.current) return;
    ref.current.scrollIntoView({ block: "nearest" });
    ref.current.focus({ preventScroll: true });
  }, [chosen]);
  const choose = () => desk.chooseMessage(chosen ? null : message.id, author?.part === "young" ? message.who : undefined);
  return (
    <article class="desk-bubble" data-part={author?.part} data-chosen={chosen || undefined}
      data-gone={message.gone ?? undefined}>
      <button type="button" class="desk-bubble-who" ref={ref} aria-pressed={chosen} onClick={choose}>
        <Token member={author} /> <b>{author?.name ?? t("name.somebody")}</b>
        {author?.part === "staff" && <i class="desk-chip">{t("person.staff")}</i>}
        <time dateTime={message.at}>{timeOfDay(message.at)}</time>
      </button>
      <Reply {...props} />
      <BubbleWords {...props} />
      <Mark {...props} />
      {chosen && message.body !== null && <ChosenActs {...props} />}
    </article>
  );
});

function Reply({ message, answers, answered }: BubbleProps) {
  if (!message.reply_to) return null;
  const words = answers?.body;
  return (
    <p class="desk-reply">
      {words == null ? t("room.reply_gone") : t("room.reply", { name: answered, words })}
    </p>
  );
}

function BubbleWords({ message, item }: BubbleProps) {
  if (message.body !== null) return <p class="desk-bubble-words">{message.body}</p>;
  return (
    <div class="desk-bubble-words">
      <p class="desk-gone">{t(message.gone === "withdrawn" ? "room.withdrawn" : "room.removed")}</p>
      {item && <details><summary>{t("room.words")}</summary><p>{item.body}</p></details>}
    </div>
  );
}

/** What only staff see about a message that triage had stopped or marked. */
function Mark({ message, item, decider, mine, removing }: BubbleProps) {
  if (removing) return <p class="desk-mark">{t("room.sending")}</p>;
  if (!item || message.body === null || item.reasons.length === 0) return null;
  const why = item.reasons.map((reason) => reason.say).join(" ");
  return <p class="desk-mark">{letThrough(item, mine, decider)}: {why}</p>;
}

function letThrough(item: Item, mine: boolean, decider: string): string {
  if (item.by == null) return t("room.marked");
  return mine ? t("room.let_you") : t("room.let", { name: decider });
}

function ChosenActs({ desk, message, author }: BubbleProps) {
  return (
    <div class="desk-acts">
      <Button act="remove" tone="care"
        onClick={() => desk.open({ kind: "remove", id: message.id, who: message.who, reason: null })}>
        {t("act.remove")}
      </Button>
      {author?.part === "young" && (
        <Button tone="quiet" onClick={() => desk.choosePerson(message.who)}>
          {t("act.person", { name: author.name })}
        </Button>
      )}
    </div>
  );
}
