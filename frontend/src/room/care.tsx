/** Help, right where the words were that spoke of danger. Quiet, and with something to do. */

import type { RoomScreen } from "./room.ts";
import { t } from "./texts.ts";

export function Care({ told, screen, inLine = false }: {
  told: boolean; screen: RoomScreen; inLine?: boolean;
}) {
  return (
    <aside class="care">
      <p>{t(told ? (inLine ? "care.line" : "care.told") : "care.refused")}</p>
      <div class="choices">
        <a class="button button-small button-help" href={screen.shell.help}>{t("care.help")}</a>
        {told && !inLine && (
          <button type="button" class="button button-small" onClick={() => screen.show("line")}>
            {t("care.write")}
          </button>
        )}
      </div>
    </aside>
  );
}
