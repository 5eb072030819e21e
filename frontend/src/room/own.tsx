/** One's own words that the room does not have: on their way, with a counsellor, or come back. */

import type { ComponentChildren } from "preact";
import { localTime } from "../pages/clock.ts";
import type { Pending } from "../live/store.ts";
import type { OwnItem } from "../protocol.ts";
import { Care } from "./care.tsx";
import { MoreButton } from "./bubble.tsx";
import type { RoomScreen } from "./room.ts";
import { t } from "./texts.ts";

function Frame({ body, at, state, more, children }: {
  body: string | null; at: string; state: string; more?: ComponentChildren; children: ComponentChildren;
}) {
  return (
    <li class="said" data-mine data-state={state}>
      <div class="said-body">
        <p class="said-who">
          {body !== null && <b>{t("said.you")}</b>}
          {" "}
          <time dateTime={at}>{localTime(at)}</time>
        </p>
        {body !== null && <div class="words-row"><div class="words"><p>{body}</p></div>{more}</div>}
        {children}
      </div>
    </li>
  );
}

function Do({ words, main = false, act }: { words: string; main?: boolean; act: () => void }) {
  return (
    <button type="button" class={main ? "button button-small do-main" : "button button-small"} onClick={act}>
      {words}
    </button>
  );
}

export function OwnBubble({ item, screen }: { item: OwnItem; screen: RoomScreen }) {
  const { id, body, at, state, say = "", note = "" } = item;
  const toLine = () => void screen.takeBack(id, true);
  const drop = () => void screen.takeBack(id);
  if (state === "held") {
    return (
      <Frame body={body} at={at} state={state} more={<MoreButton id={id} screen={screen} />}>
        <p class="mark mark-held">{t(screen.closed ? "held.closed" : "held")}</p>
        {screen.open === id && (
          <div class="choices">
            <Do words={t("do.back")} act={drop} />
            <Do words={t("do.line")} act={toLine} />
          </div>
        )}
        {item.care === true && <Care told screen={screen} />}
      </Frame>
    );
  }
  const changing = screen.about.change === id;
  return (
    <Frame body={body} at={at} state={state}>
      <div class="answer">
        <p>{t(state === "removed" ? "said.removed.mine" : state)}</p>
        {say !== "" && <p>{say}</p>}
        {note !== "" && <p class="note"><b>{t("note.from")}</b> {note}</p>}
        {state !== "removed" && changing && <p class="mark">{t("said.changing")}</p>}
        {state !== "removed" && !changing && (
          <div class="choices">
            <Do main words={t("do.change")} act={() => screen.change(item)} />
            <Do words={t("do.line")} act={toLine} />
            <Do words={t("do.drop")} act={drop} />
          </div>
        )}
        {state === "removed" && (
          <div class="choices"><Do words={t("line.open")} act={() => screen.show("line")} /></div>
        )}
      </div>
      {item.care === true && <Care told screen={screen} />}
    </Frame>
  );
}

export function PendingBubble({ pending, screen }: { pending: Pending; screen: RoomScreen }) {
  const { body, at, state } = pending;
  return (
    <Frame body={body} at={new Date(at).toISOString()} state={state}>
      {state === "sending" && <p class="mark">{t("said.sending")}</p>}
      {state === "sent" && <p class="mark">{t("said.sent")}</p>}
      {state === "late" && <Late pending={pending} screen={screen} />}
      {state === "refused" && <Refused pending={pending} screen={screen} />}
    </Frame>
  );
}

function Late({ pending, screen }: { pending: Pending; screen: RoomScreen }) {
  return (
    <div class="answer">
      <p>{t("late")}</p>
      <div class="choices">
        <Do words={t("late.again")} act={() => screen.live.retry(pending.cid)} />
      </div>
    </div>
  );
}

function Refused({ pending, screen }: { pending: Pending; screen: RoomScreen }) {
  const { to, say, care, cid } = pending;
  const toRoom = to === "room";
  return (
    <>
      <div class="answer">
        <p>{say || t(toRoom ? "refused" : "refused.line")}</p>
        <div class="choices">
          {toRoom && <Do main words={t("write.to_line")} act={() => screen.redirect(pending)} />}
          {toRoom
            ? <Do words={t("do.change.words")} act={() => screen.changeRefused(pending)} />
            : <Do words={t("late.again")} act={() => screen.live.retry(cid)} />}
          <Do words={t("do.drop")} act={() => screen.live.drop(cid)} />
        </div>
      </div>
      {care && <Care told={false} screen={screen} />}
    </>
  );
}
