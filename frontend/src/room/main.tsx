/** The room page: starts the live core on the shell that the server sent. */

import "../../styles/reset.css";
import "../../styles/tokens.css";
import "../../styles/base.css";
import "../../styles/layout.css";
import "../../styles/components.css";
import "../../styles/room.css";
import { render } from "preact";
import { onExit } from "../live/exit.ts";
import { openLive } from "../live/store.ts";
import { showTimes } from "../pages/clock.ts";
import { wireLeave } from "../pages/leave.ts";
import { takeOverMoves } from "../pages/navigate.ts";
import { App } from "./app.tsx";
import { Shelter } from "./ended.tsx";
import { followViewport } from "./viewport.ts";

wireLeave();
takeOverMoves(showTimes);
followViewport();

const place = document.getElementById("room");
if (place) {
  const live = openLive(place);
  onExit(() => live.stop());
  onExit(() => live.wipe());
  const { help = "/help", lobby = "/evening" } = place.dataset;
  place.replaceChildren();
  render(<Shelter><App live={live} shell={{ help, lobby }} /></Shelter>, place);
}
