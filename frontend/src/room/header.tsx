/** The head of the room: where one is, how the room is, who is here, and the two places to write. */

import { useState } from "preact/hooks";
import type { State } from "../live/store.ts";
import { roleKey } from "./bubble.tsx";
import type { RoomScreen, Tab } from "./room.ts";
import { t } from "./texts.ts";
import { Token } from "./tokens.tsx";

export function Header({ state }: { state: State }) {
  const [open, setOpen] = useState(false);
  const { room } = state;
  const here = state.members.filter((one) => one.out !== true);
  return (
    <header class="room-head">
      <div class="room-title">
        <h1>{room.title}</h1>
        <p>
          {t("bar.week", { week: room.week, weeks: room.weeks })}
          {" · "}
          <span class="room-state" data-state={room.state}>{t(`state.${room.state}`)}</span>
        </p>
      </div>
      <button
        type="button"
        class="button button-small button-quiet"
        aria-expanded={open}
        aria-controls="who-is-here"
        onClick={() => setOpen(!open)}
      >
        {t("here.button", { count: here.length })}
      </button>
      <div id="who-is-here" class="here" hidden={!open}>
        <h2 class="only-read">{t("here.title")}</h2>
        <ul>
          {here.map((one) => (
            <li key={one.who}>
              <Token member={one} />
              <span>
                <b>{one.who === state.me.who ? t("here.you", { name: one.name }) : one.name}</b>
                {one.part === "staff" && <span class="role">{t(roleKey(one.role))}</span>}
              </span>
            </li>
          ))}
        </ul>
        <button type="button" class="button button-small" onClick={() => setOpen(false)}>
          {t("here.close")}
        </button>
      </div>
    </header>
  );
}

const TABS: Tab[] = ["room", "line"];
const ARROWS = new Set(["ArrowLeft", "ArrowRight", "Home", "End"]);

/** Two places to write. A count says where something new waits. */
export function Tabs({ screen, unread }: { screen: RoomScreen; unread: Record<Tab, number> }) {
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={t("tab.label")}
      onKeyDown={(event) => {
        if (!ARROWS.has(event.key)) return;
        event.preventDefault();
        const next = event.key === "Home" || (event.key !== "End" && screen.tab === "line") ? "room" : "line";
        screen.show(next);
        document.getElementById(`tab-${next}`)?.focus();
      }}
    >
      {TABS.map((tab) => (
        <button
          key={tab}
          id={`tab-${tab}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={screen.tab === tab}
          aria-controls="talk"
          tabIndex={screen.tab === tab ? 0 : -1}
          onClick={() => screen.show(tab)}
        >
          {t(`tab.${tab}`)}
          {screen.tab !== tab && unread[tab] > 0 && (
            <span class="tab-new">
              <span aria-hidden="true">{unread[tab]}</span>
              <span class="only-read">{t("tab.new", { count: unread[tab] })}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
