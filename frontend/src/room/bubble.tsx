/** One message as everybody sees it, or a line of the private line. */

import type { ComponentChildren } from "preact";
import type { Member } from "../protocol.ts";
import { localTime } from "../pages/clock.ts";
import { Care } from "./care.tsx";
import type { RoomScreen } from "./room.ts";
import { t, type TextKey } from "./texts.ts";
import { Token } from "./tokens.tsx";
import type { Answered, LineSaid, Said } from "./view.ts";

interface FrameProps {
  mine: boolean;
  follows: boolean;
  member: Member | undefined;
  at: string;
  children: ComponentChildren;
}

/** Who speaks, and when; the words and what stands under them are the children. */
export function Frame({ mine, follows, member, at, children }: FrameProps) {
  return (
    <li class="said" data-mine={mine || undefined} data-follows={follows || undefined}>
      {!mine && (follows ? <span class="token-gap" /> : <Token member={member} />)}
      <div class="said-body">
        <p class={follows ? "only-read" : "said-who"}>
          {mine ? <b>{t("said.you")}</b> : <Name member={member} />}
          {" "}
          <time dateTime={at}>{localTime(at)}</time>
        </p>
        {children}
      </div>
    </li>
  );
}

function Name({ member }: { member: Member | undefined }) {
  const role = member?.part === "staff" ? t(roleKey(member.role)) : "";
  return (
    <>
      <b class="name" data-colour={member?.colour}>{member?.name ?? ""}</b>
      {role !== "" && <span class="role">{role}</span>}
    </>
  );
}

export function roleKey(role: string | undefined): TextKey {
  return role === "volunteer" || role === "lead" || role === "deputy" ? `role.${role}` : "role.counsellor";
}

export function SaidBubble({ row, screen, sent }: { row: Said; screen: RoomScreen; sent: boolean }) {
  const { message, mine, member } = row;
  return (
    <Frame mine={mine} follows={row.follows} member={member} at={message.at}>
      {message.body === null ? <p class="words words-gone">{goneText(row)}</p> : (
        <div class="words-row">
          <div class="words">
            {row.answers && <Quote answers={row.answers} own={mine} />}
            <p>{message.body}</p>
          </div>
          {mine ? <MoreButton id={message.id} screen={screen} /> : <ReplyButton row={row} screen={screen} />}
        </div>
      )}
      {sent && message.body !== null && <p class="mark">{t("said.sent")}</p>}
      {mine && screen.open === message.id && message.body !== null && (
        <div class="choices">
          <button type="button" class="button button-small" onClick={() => screen.reply(message)}>
            {t("said.reply.you")}
          </button>
          <button type="button" class="button button-small" onClick={() => void screen.takeBack(message.id)}>
            {t("do.back")}
          </button>
        </div>
      )}
    </Frame>
  );
}

function goneText({ message, mine, member }: Said): string {
  const how = message.gone === "withdrawn" ? "withdrawn" : "removed";
  return mine ? t(`said.${how}.mine`) : t(`said.${how}`, { name: member?.name ?? "" });
}

function Quote({ answers, own }: { answers: Answered; own: boolean }) {
  const who = answers.mine
    ? t(own ? "said.answers.self" : "said.answers.you")
    : t("said.answers", { name: answers.name });
  const words = answers.body ?? t(answers.gone ? "said.gone" : "said.earlier");
  return (
    <p class="quote">
      {answers.name !== "" && <b>{who}</b>}
      <span>{words}</span>
    </p>
  );
}

function ReplyButton({ row, screen }: { row: Said; screen: RoomScreen }) {
  return (
    <button
      type="button"
      class="small-do"
      aria-label={t("said.reply", { name: row.member?.name ?? "" })}
      onClick={() => screen.reply(row.message)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M10 6 4.5 11.5 10 17M5 11.5h8c4 0 6.5 2 6.5 6" /></svg>
    </button>
  );
}

/** Opens the choices for one's own message. */
export function MoreButton({ id, screen }: { id: string; screen: RoomScreen }) {
  return (
    <button
      type="button"
      class="small-do"
      aria-label={t("said.more")}
      aria-expanded={screen.open === id}
      onClick={() => screen.toggle(id)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true"><path class="dots" d="M6 12h.01M12 12h.01M18 12h.01" /></svg>
    </button>
  );
}

/** `care` on the newest of one's own words that spoke of danger: help stands right under them. */
export function LineBubble({ row, screen, care }: { row: LineSaid; screen: RoomScreen; care: boolean }) {
  return (
    <Frame mine={row.mine} follows={row.follows} member={row.member} at={row.line.at}>
      <div class="words"><p>{row.line.body}</p></div>
      {row.line.origin != null && row.mine && <p class="mark">{t("said.moved")}</p>}
      {care && <Care told inLine screen={screen} />}
    </Frame>
  );
}
