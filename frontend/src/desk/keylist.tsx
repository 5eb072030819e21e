/** The list of keys, beside the desk and never over an alert. */

import type { Desk } from "./desk.ts";
import { GROUPS, KEYS } from "./keys.ts";
import { memo } from "./memo.ts";
import { Button, useVisit } from "./parts.tsx";
import { t } from "./texts.ts";

export const KeyList = memo(function KeyList({ desk, on }: { desk: Desk; on: boolean }) {
  const ref = useVisit<HTMLElement>("h2");
  return (
    <aside class="desk-keys" ref={ref} aria-labelledby="desk-keys-title">
      <h2 id="desk-keys-title" tabIndex={-1}>{t("keys.title")}</h2>
      <label>
        <input type="checkbox" checked={on} onChange={() => desk.set({ keysOn: !on })} /> {t("keys.use")}
      </label>
      <p>{t("keys.help")}</p>
      {GROUPS.map((group) => (
        <section key={group}>
          <h3>{t(`keys.${group}`)}</h3>
          <dl>
            {KEYS.filter((one) => one.group === group).map((one) => (
              <div key={one.act}>
                <dt><kbd>{one.key}</kbd></dt>
                <dd>{t(one.text)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Button act="cancel" onClick={() => desk.set({ keysShown: false })}>{t("keys.close")}</Button>
    </aside>
  );
});
