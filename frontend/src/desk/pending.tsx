/** Words of one's own on their way: never shown as sent before they are. */

import type { Live, Pending } from "../live/store.ts";
import { Button } from "./parts.tsx";
import { t } from "./texts.ts";

export function PendingWords({ live, one }: { live: Live; one: Pending }) {
  const stuck = one.state === "refused";
  return (
    <article class="desk-bubble desk-pending" data-part="staff">
      <p class="desk-bubble-words">{one.body}</p>
      <p class="desk-mark" role="status">
        {one.state === "late" || stuck ? `${t("room.unsent")} ${one.say}` : t("room.sending")}
      </p>
      {stuck && (
        <div class="desk-acts">
          <Button onClick={() => live.retry(one.cid)}>{t("room.again")}</Button>
          <Button tone="quiet" onClick={() => live.drop(one.cid)}>{t("room.drop")}</Button>
        </div>
      )}
    </article>
  );
}
