/** The parts of the desk as tabs, where the screen cannot show them side by side. */

import type { Desk } from "./desk.ts";
import { memo } from "./memo.ts";
import { Button } from "./parts.tsx";
import type { Width } from "./size.ts";
import { t } from "./texts.ts";
import type { Pane, Ui } from "./ui-state.ts";

const PANES: readonly Pane[] = ["queue", "room", "person", "evening"];

interface NavProps {
  desk: Desk;
  pane: Pane;
  side: Ui["side"];
  width: Width;
  waiting: number;
}

export const Nav = memo(function Nav({ desk, pane, side, width, waiting }: NavProps) {
  return (
    <nav class="desk-nav" aria-label={t("nav.label")}>
      {PANES.map((one) => (
        <Button key={one} tone="quiet" data-pane={one}
          aria-current={one === shown(pane, side, width) ? "page" : undefined}
          {...(one === "evening" && { hint: "V" })} onClick={() => desk.go(one)}>
          {t(`nav.${one}`)}
          {one === "queue" && waiting > 0 && <b> {waiting}</b>}
        </Button>
      ))}
    </nav>
  );
});

/** Which tab is open: beside the queue (and the room) there is always one. */
function shown(pane: Pane, side: Ui["side"], width: Width): Pane {
  if (width === "three") return side;
  return width === "two" && pane === "queue" ? side : pane;
}
