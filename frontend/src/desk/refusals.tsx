/** What was asked of the server and not done: who was first, or why not. It waits to be read. */

import type { Item, Member } from "../protocol.ts";
import type { Desk } from "./desk.ts";
import { memo } from "./memo.ts";
import { Button } from "./parts.tsx";
import { waits } from "./queue.ts";
import { t } from "./texts.ts";
import type { Asked } from "./ui-state.ts";
import { nameOf } from "./view.ts";

interface RefusalsProps {
  desk: Desk;
  asked: Readonly<Record<string, Asked>>;
  items: readonly Item[];
  members: readonly Member[];
  prefix: string;
}

export const Refusals = memo(function Refusals({ asked, prefix, ...rest }: RefusalsProps) {
  const refused = Object.entries(asked).filter(
    ([key, one]) => key.startsWith(prefix) && one.state === "refused",
  );
  // One at a time, so that a run of them never covers the list.
  const [key, one] = refused.at(-1) ?? [];
  return (
    <div class="desk-refusals" role="status">
      {key !== undefined && one && (
        <Refusal key={key} name={key} one={one} more={refused.length - 1} {...rest} />
      )}
    </div>
  );
});

interface RefusalProps extends Omit<RefusalsProps, "asked" | "prefix"> {
  name: string;
  one: Asked;
  more: number;
}

function Refusal({ desk, name, one, more, items, members }: RefusalProps) {
  const [kind, id = ""] = name.split(/:(.*)/s);
  const item = kind === "item" ? items.find((found) => found.id === id) : undefined;
  const again = item && waits(item);
  return (
    <p class="desk-refused">
      <span>{item && `${nameOf(members, item.who)}: `}{words(one, item, members)}
        {more > 0 && ` ${t("refused.more", { count: more })}`}</span>
      {again && (
        <Button onClick={() => { desk.clear(name); desk.select(id, true); }}>{t("refused.look")}</Button>
      )}
      <Button tone="quiet" onClick={() => desk.clear(name)}>{t("refused.seen")}</Button>
    </p>
  );
}

function words(one: Asked, item: Item | undefined, members: readonly Member[]): string {
  if (one.code === "changed") return t("card.changed");
  if (one.code !== "decided" || !item) return t("refused.say", { say: one.say });
  if (item.state === "withdrawn") return t("card.first_author");
  const name = nameOf(members, item.by);
  return name === "" ? t("card.first_somebody") : t("card.first", { name });
}
