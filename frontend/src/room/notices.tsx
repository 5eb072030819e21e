/** Calm sentences about how the room and the link are, and what one can still do. */

import { useEffect, useState } from "preact/hooks";
import { localTime } from "../pages/clock.ts";
import type { State, Status } from "../live/store.ts";
import type { RoomScreen } from "./room.ts";
import { listed, t } from "./texts.ts";
import { adultsIn, type Shut } from "./view.ts";

/** A link that comes back at once is not worth a word: this long it may take. */
const UNSAID_MS = 700;

export function LinkNotice({ status }: { status: Status }) {
  const [said, setSaid] = useState(false);
  const away = status === "reconnecting" || status === "offline";
  useEffect(() => {
    const wait = setTimeout(() => setSaid(away), away ? UNSAID_MS : 0);
    return () => clearTimeout(wait);
  }, [away]);
  return (
    <p class="link-notice" role="status">
      {away && said ? t(status === "offline" ? "link.offline" : "link.reconnecting") : ""}
    </p>
  );
}

/** Why the room takes nothing now, and the way that is open. */
export function ShutNotice({ state, shut, screen }: { state: State; shut: Shut; screen: RoomScreen }) {
  const toLine = () => screen.show("line");
  return (
    <section class="notice shut" data-shut={shut}>
      {shut === "lobby" && <h2>{t("lobby.title")}</h2>}
      {shutText(state, shut).map((text) => <p key={text}>{text}</p>)}
      <div class="choices">
        {shut === "lobby" && (
          <a class="button button-small" href={screen.shell.lobby}>{t("lobby.back")}</a>
        )}
        <button type="button" class="button button-small" onClick={toLine}>{t("line.open")}</button>
      </div>
    </section>
  );
}

function startTime(iso: string): string {
  const today = new Date().toDateString() === new Date(iso).toDateString();
  return localTime(iso, today ? "" : "both");
}

function namesOf(state: State): string {
  return listed(adultsIn(state).map((one) => one.name)) || t("names.counsellors");
}

function shutText(state: State, shut: Shut): string[] {
  const names = namesOf(state);
  switch (shut) {
    case "lobby":
      return [t("lobby.starts", { time: startTime(state.room.starts) }), t("lobby.text")];
    case "paused":
      return [t(state.room.why === "adults" ? "paused.adults" : "paused.staff"), t("paused.line", { names })];
    case "closed":
      return [t("closed.text"), t("closed.line", { names })];
    case "muted":
      return [t("muted.text", { time: localTime(state.own?.muted ?? "") }), t("muted.keep")];
  }
}

/** Who reads the private line, and when. */
export function LineNotice({ state }: { state: State }) {
  const { state: how } = state.room;
  const known = adultsIn(state).length > 0;
  return (
    <div class="line-notice">
      <p>{known ? t("line.who", { names: namesOf(state) }) : t("line.who.nobody")}</p>
      {how !== "open" && <p>{t(`line.${how}`)} {t("line.urgent")}</p>}
    </div>
  );
}
