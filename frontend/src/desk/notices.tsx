/** What stands over the desk when something is not as usual: the connection, a pause, the end. */

import type { Status } from "../live/store.ts";
import type { Adults, Me, Member, Room } from "../protocol.ts";
import { memo } from "./memo.ts";
import { t } from "./texts.ts";
import { missing } from "./view.ts";
import { timeOfDay } from "./waiting.ts";

const RESUME_MS = 5 * 60_000;

interface NoticesProps {
  status: Status;
  room: Room;
  me: Me;
  members: readonly Member[];
  adults: Adults | null;
  /** When this desk saw the pause begin, or null if it began before. */
  pausedAt: number | null;
  news: string;
}

export const Notices = memo(function Notices(props: NoticesProps) {
  const { status, room } = props;
  const off = status === "reconnecting" || status === "offline";
  return (
    <>
      <div role="status">{props.news !== "" && <p class="desk-notice">{props.news}</p>}</div>
      {off && <p class="desk-notice desk-notice-link" role="status">{t(`line.${status}`)}</p>}
      {room.state === "paused" && <Paused {...props} />}
      {room.state === "closed" && <p class="desk-notice">{t("closed.line")}</p>}
      {room.state === "lobby" && <p class="desk-notice">{t("lobby.line")}</p>}
    </>
  );
});

function Paused({ room, me, members, adults, pausedAt }: NoticesProps) {
  if (room.why !== "adults") {
    const why = room.why === "time" ? t("paused.time") : t("paused.staff");
    return <p class="desk-notice">{why} {t("paused.line")}</p>;
  }
  const names = adults ? missing(members, me, adults.here).map((one) => one.name) : [];
  const enough = adults !== null && adults.here >= adults.needed;
  // The count comes with the next beat: just after the pause it is still the one from before.
  const ready = enough && (pausedAt === null || Date.now() > pausedAt + RESUME_MS);
  const until = pausedAt === null ? null : timeOfDay(pausedAt + RESUME_MS);
  return (
    <p class="desk-notice desk-notice-adults">
      <b>{adults && (ready || !enough) ? t("paused.adults", { ...adults }) : t("paused.adults_unknown")}</b>{" "}
      {!enough && (names.length > 0 ? t("paused.missing", { names: names.join(", ") }) : t("paused.more"))}{" "}
      {ready && t("paused.ready")}
      {!ready && (until === null ? t("paused.resumes") : t("paused.resumes_until", { time: until }))}
      {" "}{t("paused.line")}
    </p>
  );
}
