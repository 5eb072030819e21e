/** The tab's title: counts in neutral words, since a tab is seen by whoever passes by. */

import { t } from "./texts.ts";

/** ``2 now, 3 waiting · Desk``, or the base alone when nothing waits. */
export function titleOf(base: string, alerts: number, waiting: number): string {
  const counts = [
    alerts > 0 ? t("title.now", { count: alerts }) : "",
    waiting > 0 ? t("title.waiting", { count: waiting }) : "",
  ].filter(Boolean);
  return counts.length > 0 ? `${counts.join(", ")} · ${base}` : base;
}
