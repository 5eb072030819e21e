/** Before there is a room to show, and after. No word of the room is left here. */

import type { EndReason, Status } from "../live/store.ts";
import { t } from "./texts.ts";

export function Loading({ status }: { status: Status }) {
  const text = status === "offline" || status === "reconnecting" ? `line.${status}` as const : "line.loading";
  return (
    <div class="desk-loading">
      <p role="status">{t(text)}</p>
      <div aria-hidden="true"><i /><i /><i /></div>
    </div>
  );
}

export function Ended({ reason }: { reason: EndReason }) {
  const out = reason === "signed_out";
  return (
    <section class="desk-ended">
      <h1>{t(out ? "line.signed_out" : reason === "missing" ? "line.gone" : "line.ended")}</h1>
      <a href="/staff/">{t(out ? "line.sign_in" : "line.home")}</a>
    </section>
  );
}
