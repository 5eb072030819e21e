/** The room, put together. */

import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { Live, State } from "../live/store.ts";
import { Announcer } from "./announce.tsx";
import { LineBubble, SaidBubble } from "./bubble.tsx";
import { Composer } from "./composer.tsx";
import { Ended, Skeleton } from "./ended.tsx";
import { Header, Tabs } from "./header.tsx";
import { Log } from "./log.tsx";
import { LineNotice, LinkNotice, ShutNotice } from "./notices.tsx";
import { OwnBubble, PendingBubble } from "./own.tsx";
import { RoomScreen, type Shell, type Tab } from "./room.ts";
import { t } from "./texts.ts";
import { type Row, rowsOfLine, rowsOfRoom, shutFor, unreadOf } from "./view.ts";

export function App({ live, shell }: { live: Live; shell: Shell }) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => live.subscribe(() => redraw(undefined)), []);
  const { state } = live;
  if (live.status === "ended") return <Ended reason={live.reason} />;
  if (!state) {
    return (
      <>
        <LinkNotice status={live.status} />
        <Skeleton />
      </>
    );
  }
  return <Here key={state.me.who} live={live} shell={shell} state={state} />;
}

/** The room of one person, once it is known for whom it is. */
function Here({ live, shell, state }: { live: Live; shell: Shell; state: State }) {
  const [tick, redraw] = useReducer((n: number) => n + 1, 0);
  const screen = useMemo(() => new RoomScreen(live, shell, () => redraw(undefined)), []);
  const until = state.own?.muted ?? null;
  useEffect(() => {
    if (until === null) return;
    const wait = setTimeout(() => redraw(undefined), Math.max(0, Date.parse(until) - Date.now()) + 500);
    return () => clearTimeout(wait);
  }, [until]);
  useEffect(() => live.subscribe(keepFocus), []);

  const { tab } = screen;
  const seenMessages = useRef(lastOf(state.messages));
  if (tab === "room") seenMessages.current = lastOf(state.messages);
  const lastLine = lastOf(state.own?.line ?? []);
  useEffect(() => {
    if (tab === "line") screen.memory.seen = lastLine;
  }, [tab, lastLine]);

  const unread: Record<Tab, number> = {
    room: state.messages.filter((one) => one.n > seenMessages.current).length,
    line: unreadOf(state, screen.memory.seen),
  };
  return (
    <>
      <button type="button" class="button button-small reach" onClick={toWriting}>{t("skip.write")}</button>
      <Header state={state} />
      <Tabs screen={screen} unread={unread} />
      <LinkNotice status={live.status} />
      <Announcer screen={screen} state={state} />
      {screen.slip !== "" && <p class="slip room-slip" role="status">{screen.slip}</p>}
      <div id="talk" class="talk" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "room"
          ? <RoomPanel state={state} screen={screen} tick={tick} />
          : <LinePanel state={state} screen={screen} />}
      </div>
    </>
  );
}

function RoomPanel({ state, screen, tick }: { state: State; screen: RoomScreen; tick: number }) {
  const { pending } = screen.live;
  const shut = shutFor(state, Date.now());
  const rows = rowsOfRoom(state, pending);
  const news = rows.filter(isNews).length;
  const list = useMemo(() => drawn(rows, screen), [state, pending, screen.open, tick]);
  // What is under way stands under the notice: that is the order in which it happened.
  const settled = rows.filter((one) => one.kind !== "pending").length;
  const words = rows.length > 0 || shut !== null;
  return (
    <>
      <Log label={t("log.room")} count={news} own={rows.length - news}>
        {list.slice(0, settled)}
        {!words && <li class="empty">{t("log.empty")}</li>}
        {shut !== null && <li class="shut-place" data-alone={rows.length === 0 || undefined}><ShutNotice state={state} shut={shut} screen={screen} /></li>}
        {list.slice(settled)}
      </Log>
      {(shut === null || shut === "paused" || shut === "muted" || screen.live.draft("room") !== "") && (
        <Composer key="room" screen={screen} to="room" shut={shut} answering={answeringName(state, screen)} />
      )}
    </>
  );
}

/** Something of somebody else, or an answer to one's own words. */
function isNews(row: Row): boolean {
  return row.kind === "said" ? !row.mine : row.kind === "own" && row.item.state !== "held";
}

function drawn(rows: Row[], screen: RoomScreen) {
  const lastOwn = rows.findLast((one) => one.kind !== "said" || one.mine);
  return rows.map((row) => {
    switch (row.kind) {
      case "said":
        return <SaidBubble key={row.key} row={row} screen={screen} sent={row === lastOwn} />;
      case "own":
        return <OwnBubble key={row.key} item={row.item} screen={screen} />;
      case "pending":
        return <PendingBubble key={row.key} pending={row.pending} screen={screen} />;
    }
  });
}

function LinePanel({ state, screen }: { state: State; screen: RoomScreen }) {
  const rows = rowsOfLine(state, screen.live.pending);
  const mine = rows.filter((one) => one.kind === "pending" || one.mine);
  const careful = rows.findLast((one) => one.kind === "line" && one.mine && one.line.care === true);
  return (
    <>
      <LineNotice state={state} />
      <Log label={t("log.line")} count={rows.length - mine.length} own={mine.length}>
        {rows.length === 0 && <li class="empty">{t("line.empty")}</li>}
        {rows.map((row) => (row.kind === "line"
          ? <LineBubble key={row.key} row={row} screen={screen} care={row === careful} />
          : <PendingBubble key={row.key} pending={row.pending} screen={screen} />))}
      </Log>
      <Composer key="line" screen={screen} to="line" answering={null} />
    </>
  );
}

function answeringName(state: State, screen: RoomScreen): string | null {
  const { reply } = screen.about;
  const message = state.messages.find((one) => one.id === reply);
  return state.members.find((one) => one.who === message?.who)?.name ?? null;
}

function lastOf(list: readonly { n: number }[]): number {
  return list.at(-1)?.n ?? 0;
}

/** Past every message to where one writes, for who moves by keyboard. */
function toWriting(): void {
  document.querySelector<HTMLElement>("#talk textarea, #talk .log")?.focus();
}

/** A button that went away under the focus leaves it in the talk, not at the top of the page. */
function keepFocus(): void {
  const before = document.activeElement;
  requestAnimationFrame(() => {
    if (before && before !== document.body && !before.isConnected) {
      document.querySelector<HTMLElement>(".log")?.focus({ preventScroll: true });
    }
  });
}
