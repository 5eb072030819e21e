/** Every plain page: it works without this script too, only less quietly. */

import "../../styles/reset.css";
import "../../styles/tokens.css";
import "../../styles/base.css";
import "../../styles/layout.css";
import "../../styles/components.css";
import "../../styles/pages.css";
import { showTimes } from "./clock.ts";
import { wireLeave } from "./leave.ts";
import { takeOverMoves } from "./navigate.ts";

wireLeave();
takeOverMoves(showTimes);
showTimes();
