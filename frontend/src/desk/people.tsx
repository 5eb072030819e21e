/** The young people of the evening, each with their number, so that nobody in a private line waits unseen. */

import type { Line, Member } from "../protocol.ts";
import { Token } from "../room/tokens.tsx";
import type { Desk } from "./desk.ts";
import { memo } from "./memo.ts";
import { useAhead, Waiting } from "./parts.tsx";
import { t } from "./texts.ts";
import { unanswered } from "./view.ts";

interface PeopleProps {
  desk: Desk;
  people: readonly Member[];
  person: string | null;
  lines: Readonly<Record<string, readonly Line[]>>;
  muted: Readonly<Record<string, string>>;
  answered: Readonly<Record<string, number>>;
}

export const People = memo(function People(props: PeopleProps) {
  const { desk, people, person, lines, muted, answered } = props;
  if (people.length === 0) return null;
  return (
    <nav class="desk-people" aria-label={t("people.title")}>
      <ul>
        {people.map((one, i) => (
          <li key={one.who}>
            <Someone desk={desk} member={one} number={i + 1} chosen={one.who === person}
              waitsSince={waitingLine(lines[one.who], one.who, answered)?.at ?? null}
              until={muted[one.who]} />
          </li>
        ))}
      </ul>
    </nav>
  );
});

/** The first unanswered words of a line, unless somebody here said that they need no answer. */
export function waitingLine(
  line: readonly Line[] | undefined, who: string, answered: Readonly<Record<string, number>>,
): Line | null {
  if ((line?.at(-1)?.n ?? 0) <= (answered[who] ?? 0)) return null;
  return unanswered(line, who);
}

interface SomeoneProps {
  desk: Desk;
  member: Member;
  number: number;
  chosen: boolean;
  waitsSince: string | null;
  /** Until when they can only read. */
  until: string | undefined;
}

const Someone = memo(function Someone({ desk, member, number, chosen, waitsSince, until }: SomeoneProps) {
  const muted = useAhead(until);
  return (
    <button type="button" class="desk-someone" aria-pressed={chosen} data-out={member.out || undefined}
      aria-keyshortcuts={String(number)} onClick={() => desk.choosePerson(member.who)}>
      <Token member={member} />
      <b>{member.name}</b>
      <small>
        {waitsSince !== null && <Waits since={waitsSince} />}
        {waitsSince === null && member.out === true && t("people.out")}
        {waitsSince === null && member.out !== true && muted && t("people.muted")}
      </small>
      <kbd aria-hidden="true">{number}</kbd>
    </button>
  );
});

function Waits({ since }: { since: string }) {
  return (
    <span class="desk-waits">
      <span aria-hidden="true">↩</span> <span class="desk-unseen">{t("people.waits")} </span>
      <Waiting since={since} />
    </span>
  );
}
