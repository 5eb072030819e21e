/** The evening: how the room is, who of the staff is here, open, pause and close. */

import type { Live, State } from "../live/store.ts";
import type { Desk } from "./desk.ts";
import { Button } from "./parts.tsx";
import { Confirm } from "./prompts.tsx";
import { Refusals } from "./refusals.tsx";
import { has, t } from "./texts.ts";
import type { Ui } from "./ui-state.ts";
import { deskOf, nameOf, openAlerts, staff } from "./view.ts";
import { timeOfDay } from "./waiting.ts";

interface EveningProps {
  desk: Desk;
  live: Live;
  state: State;
  ui: Ui;
  waiting: number;
}

export function EveningPane({ desk, live, state, ui, waiting }: EveningProps) {
  const { room, members } = state;
  const prompt = ui.prompt;
  const asked = ui.asked.room;
  return (
    <section class="desk-evening" aria-labelledby="desk-evening-title">
      <h2 id="desk-evening-title">{t("evening.title")}</h2>
      <dl>
        <dt>{t("evening.room")}</dt>
        <dd>
          {t(`state.${room.state}`)}
          {room.state === "lobby" && `. ${t("evening.starts", { time: timeOfDay(room.starts) })}`}
        </dd>
        <dt>{t("evening.adults")}</dt>
        <dd>{live.adults ? t("evening.adults_value", { ...live.adults }) : t("strip.adults_unknown")}</dd>
      </dl>
      {asked?.state === "sending" && <p class="desk-mark">{t("row.sending")}</p>}
      <Refusals desk={desk} asked={ui.asked} items={[]} members={members} prefix="room" />
      {prompt && (prompt.kind === "open" || prompt.kind === "pause" || prompt.kind === "close")
        ? <Confirm key={prompt.kind} desk={desk} live={live} prompt={prompt} held={waiting} />
        : <RoomActs desk={desk} state={state} />}
      <h3>{t("evening.staff")}</h3>
      <ul>
        {staff(members).map((one) => {
          const role = `role.${one.role ?? ""}`;
          return (
            <li key={one.who}>
              {one.who === state.me.who ? t("evening.you", { name: one.name }) : one.name}
              {has(role) && <small>, {t(role)}</small>}
            </li>
          );
        })}
      </ul>
      <Alerts state={state} />
    </section>
  );
}

function RoomActs({ desk, state }: { desk: Desk; state: State }) {
  const now = state.room.state;
  const alert = openAlerts(deskOf(state)).length > 0;
  if (now === "closed") return null;
  return (
    <div class="desk-room-acts">
      <div class="desk-acts">
        {now !== "open" && (
          <Button act="open" tone="main" onClick={() => desk.open({ kind: "open" })}>
            {t(now === "paused" ? "evening.resume" : "evening.open")}
          </Button>
        )}
        {now === "open" && (
          <Button act="pause" onClick={() => desk.open({ kind: "pause" })}>{t("evening.pause")}</Button>
        )}
        <Button act="close" tone="care" blocked={alert}
          {...(alert && { "aria-describedby": "desk-not-close" })}
          onClick={() => { if (!alert) desk.open({ kind: "close" }); }}>
          {t("evening.close")}
        </Button>
      </div>
      {alert && <p id="desk-not-close">{t("evening.not_close")}</p>}
    </div>
  );
}

/** Every alert of tonight, and who has taken it. */
function Alerts({ state }: { state: State }) {
  const { alerts } = deskOf(state);
  return (
    <>
      <h3>{t("evening.alerts")}</h3>
      {alerts.length === 0 && <p>{t("evening.no_alerts")}</p>}
      <ul>
        {[...alerts].sort((a, b) => a.n - b.n).map((alert) => (
          <li key={alert.id}>
            <time dateTime={alert.at}>{timeOfDay(alert.at)}</time> {nameOf(state.members, alert.who)}:{" "}
            {taken(state, alert.by)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Who has taken an alert, if anybody. */
export function taken(state: State, by: string | null | undefined): string {
  if (by == null) return t("alert.step0");
  return by === state.me.who ? t("alert.taken_you") : t("alert.taken", { name: nameOf(state.members, by) });
}
