/** When there is no room to show: coming in, gone, or a fault of ours. Each says what to do next. */

import { Component, type ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { EndReason } from "../live/store.ts";
import { t } from "./texts.ts";

const WAY_ON: Record<Exclude<EndReason, "">, string> = {
  signed_out: "/come-back",
  left: "/evening",
  missing: "/evening",
};

export function Ended({ reason }: { reason: EndReason }) {
  const kind = reason === "" ? "left" : reason;
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <section class="ended">
      <h1 ref={head} tabIndex={-1}>{t(`end.${kind}`)}</h1>
      <p>{t(`end.${kind}.text`)}</p>
      <a class="button" href={WAY_ON[kind]}>{t(`end.${kind}.do`)}</a>
    </section>
  );
}

/** The shape of the room while it is on its way; shown by the style sheet after 300 ms only. */
export function Skeleton() {
  return (
    <div class="skeleton" role="status">
      <h1 class="only-read">{t("link.connecting")}</h1>
      {["wide", "short", "mine", "wide"].map((shape, at) => <i key={at} data-shape={shape} />)}
    </div>
  );
}

/** A fault of this script must not leave somebody in front of nothing. */
export class Shelter extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <section class="ended">
        <h1>{t("end.broken")}</h1>
        <p>{t("end.broken.text")}</p>
        <button type="button" class="button" onClick={() => location.reload()}>{t("end.broken.do")}</button>
      </section>
    );
  }
}
