/** The queue: what waits to be read, in rows that keep their places. */

import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Item, Member } from "../protocol.ts";
import { Token } from "../room/tokens.tsx";
import type { Desk } from "./desk.ts";
import { memo } from "./memo.ts";
import { Waiting } from "./parts.tsx";
import { waits } from "./queue.ts";
import { Still } from "./still.ts";
import { t } from "./texts.ts";
import type { Asked } from "./ui-state.ts";
import { nameOf } from "./view.ts";

interface QueueProps {
  desk: Desk;
  ids: readonly string[];
  items: readonly Item[];
  members: readonly Member[];
  me: string;
  selected: string | null;
  asked: Readonly<Record<string, Asked>>;
  waiting: number;
}

export const QueueList = memo(function QueueList(props: QueueProps) {
  const { desk, ids, items, members, me, selected, asked, waiting } = props;
  const still = useMemo(() => new Still((now) => {
    desk.still = now;
    if (!now) desk.arrange();
  }), [desk]);
  const byId = new Map(items.map((item) => [item.id, item]));
  return (
    <div class="desk-list">
      <h2 id="desk-queue-title">{t("queue.title")}</h2>
      {waiting === 0 && ids.length === 0 && <Empty />}
      <ul aria-labelledby="desk-queue-title"
        onPointerMove={still.touched} onPointerDown={still.touched} onPointerLeave={still.left}>
        {ids.map((id) => {
          const item = byId.get(id);
          return item && (
            <Row key={id} desk={desk} item={item} me={me} selected={id === selected}
              author={members.find((one) => one.who === item.who)}
              sending={asked[`item:${id}`]?.state === "sending"}
              claimer={nameOf(members, item.claimed_by)} decider={nameOf(members, item.by)} />
          );
        })}
      </ul>
    </div>
  );
});

function Empty() {
  return (
    <div class="desk-empty">
      <p>{t("queue.empty")}</p>
      <small>{t("queue.empty_hint")}</small>
    </div>
  );
}

interface RowProps {
  desk: Desk;
  item: Item;
  me: string;
  author: Member | undefined;
  selected: boolean;
  sending: boolean;
  claimer: string;
  decider: string;
}

const Row = memo(function Row(props: RowProps) {
  const { desk, item, author, selected, sending } = props;
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!selected || !ref.current) return;
    ref.current.scrollIntoView({ block: "nearest" });
    // Whoever moves with the keys inside the list hears the row that they come to.
    if (document.activeElement?.closest(".desk-list ul")) ref.current.focus({ preventScroll: true });
  }, [selected]);
  const held = waits(item);
  return (
    <li>
      <button type="button" class="desk-row" ref={ref} aria-current={selected ? "true" : undefined}
        data-done={!held || undefined} data-sending={sending || undefined} data-level={item.level}
        data-row={item.id} onClick={() => desk.select(item.id, true)}>
        <Token member={author} />
        <b>{author?.name ?? t("name.somebody")}</b>
        <span class="desk-row-words">{item.body}</span>
        <span class="desk-row-end">
          <RowState {...props} held={held} />
          {held && !sending && <Waiting since={item.at} />}
        </span>
      </button>
    </li>
  );
});

function RowState({ item, me, sending, claimer, decider, held }: RowProps & { held: boolean }) {
  if (held && sending) return <i class="desk-chip">{t("row.sending")}</i>;
  if (!held) return <i class="desk-chip">{outcome(item, me, decider)}</i>;
  return (
    <>
      {item.level === "alert" && <i class="desk-chip desk-chip-alert">{t("row.alert")}</i>}
      {claimer !== "" && (
        <i class="desk-chip desk-chip-claim">
          {item.claimed_by === me ? t("row.reading_you") : t("row.reading", { name: claimer })}
        </i>
      )}
    </>
  );
}

/** What became of it, and by whom. */
export function outcome(item: Item, me: string, decider: string): string {
  const what = t(`row.${item.state ?? "held"}`);
  if (item.by == null || item.state === "withdrawn") return what;
  return item.by === me ? t("row.by_you", { what }) : t("row.by", { what, name: decider });
}
