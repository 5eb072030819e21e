/** Small pieces that every part of the desk is made of. */

import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Reason } from "../protocol.ts";
import { type Act, keyOf } from "./keys.ts";
import { pieces } from "./marks.ts";
import { memo } from "./memo.ts";
import { clock, LONG_MS, serverTime, ticker, waited } from "./waiting.ts";

interface ButtonProps extends ButtonHTMLAttributes {
  act?: Act;
  /** The key to show where it is not the one of `act`. */
  hint?: string;
  tone?: "plain" | "main" | "care" | "quiet";
  submit?: boolean;
  blocked?: boolean;
  extra?: string;
  children: ComponentChildren;
}

/** A button with its key on it. `blocked` keeps it in reach, so that its reason can be read. */
export function Button(props: ButtonProps) {
  const { act, hint, tone = "plain", submit = false, blocked = false, extra = "", children, ...rest } = props;
  const own = act && keyOf(act);
  const key = hint ?? own;
  return (
    <button
      {...rest}
      type={submit ? "submit" : "button"}
      class={`desk-button desk-button-${tone} ${extra}`}
      aria-disabled={blocked || undefined}
      aria-keyshortcuts={own ?? key}
    >
      <span>{children}</span>
      {key && <kbd aria-hidden="true">{key}</kbd>}
    </button>
  );
}

/** A time that ticks by itself, outside of drawing: eight of them cost one timer and no redraw. */
export function Waiting({ since }: { since: string }) {
  const ref = useRef<HTMLTimeElement>(null);
  useEffect(() => ticker.every((now) => {
    const ms = waited(since, serverTime.of(now));
    if (!ref.current) return;
    ref.current.textContent = clock(ms);
    ref.current.toggleAttribute("data-long", ms >= LONG_MS);
  }), [since]);
  return <time class="desk-time" ref={ref} dateTime={since} />;
}

/** Words of a person with the pieces marked that the reasons are about. */
export const Words = memo(function Words({ body, reasons }: { body: string; reasons: readonly Reason[] }) {
  return (
    <>
      {pieces(body, reasons).map(({ text, marked }, i) => (marked ? <mark key={i}>{text}</mark> : text))}
    </>
  );
});

/** Puts the focus inside while it is open, and back where it was when it closes. */
export function useVisit<E extends HTMLElement>(selector: string) {
  const ref = useRef<E>(null);
  useEffect(() => {
    const before = document.activeElement;
    const box = ref.current;
    box?.querySelector<HTMLElement>(selector)?.focus();
    return () => {
      const lost = document.activeElement === document.body || box?.contains(document.activeElement);
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return ref;
}

/** Whether an instant (ISO) is still to come; draws again when it has passed. */
export function useAhead(until: string | undefined): boolean {
  const [, again] = useState(0);
  const left = until === undefined ? 0 : Date.parse(until) - serverTime.of(Date.now());
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => again((n) => n + 1), left + 50);
    return () => clearTimeout(timer);
  }, [until]);
  return left > 0;
}
