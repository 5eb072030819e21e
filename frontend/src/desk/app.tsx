/** The whole desk, drawn from the room's log and from what the facilitator has chosen. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Live, State } from "../live/store.ts";
import type { Alert } from "../protocol.ts";
import { Band } from "./band.tsx";
import { Card } from "./card.tsx";
import type { Desk } from "./desk.ts";
import { Ended, Loading } from "./ended.tsx";
import { EveningPane } from "./evening.tsx";
import { focusSoon } from "./focus.ts";
import { KeyList } from "./keylist.tsx";
import { Nav } from "./nav.tsx";
import { Notices } from "./notices.tsx";
import { People } from "./people.tsx";
import { PersonPane } from "./person.tsx";
import { waits } from "./queue.ts";
import { QueueList } from "./queue.tsx";
import { Refusals } from "./refusals.tsx";
import { RoomPane } from "./room.tsx";
import { useSize } from "./size.ts";
import { Strip } from "./strip.tsx";
import { t } from "./texts.ts";
import { deskOf, openAlerts, young } from "./view.ts";

interface AppProps {
  desk: Desk;
  live: Live;
  pausedAt: () => number | null;
}

export function App({ desk, live, pausedAt }: AppProps) {
  const [, draw] = useState(0);
  useEffect(() => {
    const again = () => draw((n) => n + 1);
    const stops = [live.subscribe(again), desk.subscribe(again)];
    again();
    return () => stops.forEach((stop) => stop());
  }, [desk, live]);
  if (live.status === "ended") return <Ended reason={live.reason} />;
  if (!live.state) return <Loading status={live.status} />;
  return <Cockpit desk={desk} live={live} state={live.state} pausedAt={pausedAt()} />;
}

interface CockpitProps {
  desk: Desk;
  live: Live;
  state: State;
  pausedAt: number | null;
}

function Cockpit({ desk, live, state, pausedAt }: CockpitProps) {
  const ui = desk.ui;
  const top = useRef<HTMLDivElement>(null);
  const { width, low, tiny } = useSize(top);
  const view = deskOf(state);
  const alerts = useMemo(() => openAlerts(view), [view.alerts]);
  const people = useMemo(() => young(state.members), [state.members]);
  const held = useMemo(() => view.items.filter(waits), [view.items]);
  const read = useMemo(() => (alert: Alert) => desk.goTo(alert), [desk]);
  const take = useMemo(() => (alert: Alert) => void takeAlert(desk, alert), [desk]);
  const oldest = held.reduce<string | null>((at, item) => (at === null || item.at < at ? item.at : at), null);
  return (
    <div class="desk" data-pane={ui.pane} data-reading={ui.reading || undefined} data-width={width}
      data-small={width !== "three" || undefined} data-narrow={width === "one" || undefined}
      data-low={low || undefined} data-tiny={tiny || undefined}>
      <div class="desk-top" ref={top}>
        <Band desk={desk} alerts={alerts} members={state.members} me={state.me} asked={ui.asked}
          onTake={take} onRead={read} />
        <Strip desk={desk} room={state.room} adults={live.adults} waiting={held.length} oldest={oldest}
          sound={ui.sound} blocked={ui.soundBlocked} keysShown={ui.keysShown} />
        <Notices status={live.status} room={state.room} me={state.me} members={state.members}
          adults={live.adults} pausedAt={pausedAt} news={ui.news} />
      </div>
      <RoomPane desk={desk} live={live} state={state} ui={ui} />
      <Middle desk={desk} live={live} state={state} waiting={held.length} />
      <div class="desk-side">
        <People desk={desk} people={people} person={ui.side === "person" ? ui.person : null}
          lines={view.lines} muted={view.muted} answered={ui.answered} />
        {ui.side === "person"
          ? <PersonPane desk={desk} live={live} state={state} ui={ui} />
          : <EveningPane desk={desk} live={live} state={state} ui={ui} waiting={held.length} />}
      </div>
      <Nav desk={desk} pane={ui.pane} side={ui.side} width={width} waiting={held.length} />
      {ui.keysShown && <KeyList desk={desk} on={ui.keysOn} />}
      <p class="desk-unseen" role="status">{ui.said}</p>
      <p class="desk-unseen" role="alert">{ui.alarm}</p>
    </div>
  );
}

function Middle({ desk, live, state, waiting }: Omit<CockpitProps, "pausedAt"> & { waiting: number }) {
  const ui = desk.ui;
  const { items } = deskOf(state);
  const item = desk.selected;
  return (
    <section class="desk-queue" aria-label={t("nav.queue")}>
      <QueueList desk={desk} ids={ui.ids} items={items} members={state.members} me={state.me.who}
        selected={ui.selected} asked={ui.asked} waiting={waiting} />
      <Refusals desk={desk} asked={ui.asked} items={items} members={state.members} prefix="item:" />
      {item ? (
        <Card desk={desk} live={live} state={state} item={item} prompt={ui.prompt}
          asked={ui.asked[`item:${item.id}`]} />
      ) : <div class="desk-card desk-card-none" />}
    </section>
  );
}

/** Whoever takes an alert is with that young person next: their private line opens. */
async function takeAlert(desk: Desk, alert: Alert): Promise<void> {
  if (!(await desk.take(alert.id))) return;
  desk.choosePerson(alert.who);
  focusSoon("[data-composer=line]");
}
