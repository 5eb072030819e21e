/** Before there is a room to show, and after. No word of the room is left here. */

import { Component, type ComponentChildren } from "preact";
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

/** A fault of this script must not leave somebody in front of nothing: the room goes on without us. */
export class Shelter extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <section class="desk-ended" role="alert">
        <h1>{t("broken.title")}</h1>
        <p>{t("broken.text")}</p>
        <button type="button" class="button" onClick={() => location.reload()}>{t("broken.do")}</button>
      </section>
    );
  }
}
