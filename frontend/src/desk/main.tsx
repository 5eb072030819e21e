/** The facilitators' desk: reads its shell, opens the room, draws. */

import "../../styles/reset.css";
import "../../styles/tokens.css";
import "../../styles/base.css";
import "../../styles/layout.css";
import "../../styles/components.css";
import "../../styles/desk.css";
import "../../styles/desk-top.css";
import "../../styles/desk-room.css";
import "../../styles/desk-queue.css";
import "../../styles/desk-people.css";
import "../../styles/desk-small.css";
import { render } from "preact";
import { onExit } from "../live/exit.ts";
import { openLive } from "../live/store.ts";
import { showTimes } from "../pages/clock.ts";
import { wireLeave } from "../pages/leave.ts";
import { takeOverMoves } from "../pages/navigate.ts";
import { followViewport } from "../room/viewport.ts";
import { App } from "./app.tsx";
import { Desk } from "./desk.ts";
import { Shelter } from "./ended.tsx";
import { listen } from "./keyboard.ts";
import { Pauses } from "./pauses.ts";
import { recall } from "./settings.ts";
import { Bell } from "./sound.ts";
import { serverTime } from "./waiting.ts";
import { Watch } from "./watch.ts";

wireLeave();
takeOverMoves(showTimes);
followViewport();

const shell = document.getElementById("desk");
if (shell) start(shell);

function start(shell: HTMLElement): void {
  const live = openLive(shell);
  const desk = new Desk(live);
  const bell = new Bell(() => desk.set({ soundBlocked: bell.blocked }));
  const watch = new Watch(desk, live, bell);
  const pauses = new Pauses();
  recall(desk);
  live.listen((_, entry) => serverTime.heard(entry.at));
  live.subscribe(() => {
    if (live.state) {
      desk.sync(live.state);
      pauses.look(live.state.room, Date.now());
    }
    watch.look();
  });
  listen(desk, live);
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => bell.wake(), { capture: true });
  }
  onExit(() => {
    live.wipe();
    live.stop();
  });
  shell.replaceChildren();
  render(<Shelter><App desk={desk} live={live} pausedAt={() => pauses.since} /></Shelter>, shell);
}
