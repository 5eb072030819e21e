/** The facilitators' desk: reads its shell, opens the room, draws. */

import "../../styles/desk.css";
import { render } from "preact";
import { onExit } from "../live/exit.ts";
import { openLive } from "../live/store.ts";
import { App } from "./app.tsx";
import { Desk } from "./desk.ts";
import { listen } from "./keyboard.ts";
import { Pauses } from "./pauses.ts";
import { recall } from "./settings.ts";
import { Bell } from "./sound.ts";
import { serverTime } from "./waiting.ts";
import { Watch } from "./watch.ts";

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
  render(<App desk={desk} live={live} pausedAt={() => pauses.since} />, shell);
}
