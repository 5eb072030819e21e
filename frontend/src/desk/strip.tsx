/** The line at the top: how the room is, at a glance. */

import { useRef } from "preact/hooks";
import type { Adults, Room } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { memo } from "./memo.ts";
import { Button, Waiting } from "./parts.tsx";
import { t } from "./texts.ts";

interface StripProps {
  desk: Desk;
  room: Room;
  adults: Adults | null;
  waiting: number;
  oldest: string | null;
  sound: boolean;
  blocked: boolean;
  keysShown: boolean;
}

export const Strip = memo(function Strip(props: StripProps) {
  const { desk, room, waiting, oldest, sound, blocked, keysShown } = props;
  return (
    <section class="desk-strip" aria-label={t("strip.label")}>
      <p class="desk-state" data-state={room.state}>{t(`state.${room.state}`)}</p>
      <h1 class="desk-title">
        {room.title} <small>{t("strip.week", { week: room.week, weeks: room.weeks })}</small>
      </h1>
      <AdultsHere adults={props.adults} />
      <p class="desk-count" data-some={waiting > 0 || undefined}>
        <b>{t("strip.waiting", { count: waiting })}</b>
        <span>{oldest !== null && <>{t("strip.longest")} <Waiting since={oldest} /></>}</span>
      </p>
      <p class="desk-switches">
        <SoundSwitch desk={desk} sound={sound} blocked={blocked} />
        <Button act="keys" tone="quiet" aria-expanded={keysShown}
          onClick={() => desk.set({ keysShown: !keysShown })}>
          {t("strip.keys")}
        </Button>
      </p>
    </section>
  );
});

function AdultsHere({ adults }: { adults: Adults | null }) {
  if (!adults) return <p class="desk-adults">{t("strip.adults_unknown")}</p>;
  return (
    <p class="desk-adults" data-short={adults.here < adults.needed || undefined}>
      {t("strip.adults", { here: adults.here, needed: adults.needed })}
    </p>
  );
}

/** While the browser blocks the sound, the first press only frees it and does not switch it off. */
function SoundSwitch({ desk, sound, blocked }: Pick<StripProps, "desk" | "sound" | "blocked">) {
  const freeing = useRef(false);
  const waits = sound && blocked;
  const press = () => { freeing.current = waits; };
  return (
    <Button act="sound" tone={waits ? "care" : "quiet"} aria-pressed={sound}
      onPointerDown={press} onKeyDown={press}
      onClick={() => {
        if (!freeing.current) desk.set({ sound: !sound });
        freeing.current = false;
      }}>
      <BellShape on={sound && !blocked} />
      {waits
        ? <span>{t("sound.blocked")}</span>
        : <span class="desk-only-wide">{t(sound ? "sound.on" : "sound.off")}</span>}
    </Button>
  );
}

function BellShape({ on }: { on: boolean }) {
  return (
    <svg class="desk-bell" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4" />
      {!on && <path d="M3 3l18 18" />}
    </svg>
  );
}
