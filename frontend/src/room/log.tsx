/** The running talk: the newest in view, unless the reader is further up. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ScrollKeeper } from "./scroll.ts";
import { t } from "./texts.ts";

interface Props {
  label: string;
  /** Rises with everything that is news to the reader; what it rose by while away is the "3 new". */
  count: number;
  /** Rises with every word of one's own: then the end is where one wants to be. */
  own: number;
  children: ComponentChildren;
}

export function Log({ label, count, own, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper | null>(null);
  const [away, setAway] = useState(false);
  const seen = useRef(count);

  useEffect(() => {
    if (!box.current) return;
    keeper.current = new ScrollKeeper(box.current, setAway);
    return () => keeper.current?.stop();
  }, []);
  useLayoutEffect(() => keeper.current?.settle());
  const before = useRef(own);
  useLayoutEffect(() => {
    if (own > before.current) keeper.current?.toEnd();
    before.current = own;
  }, [own]);

  if (!away) seen.current = count;
  const fresh = count - seen.current;
  return (
    <div class="log-frame">
      {/* The words are read out by the announcer, once and tidily: see announce.tsx. */}
      <div ref={box} class="log" role="log" aria-live="off" aria-label={label} tabIndex={0}>
        <ol>{children}</ol>
      </div>
      {away && fresh > 0 && (
        <button type="button" class="button button-small log-new" onClick={() => keeper.current?.toEnd()}>
          {t("log.new", { count: fresh })}
        </button>
      )}
    </div>
  );
}
