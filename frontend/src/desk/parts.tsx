/** Small pieces that every part of the desk is made of. */

import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Member, Reason } from "../protocol.ts";
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
  const key = hint ?? (act && keyOf(act));
  return (
    <button
      {...rest}
      type={submit ? "submit" : "button"}
      class={`desk-button desk-button-${tone} ${extra}`}
      aria-disabled={blocked || undefined}
      aria-keyshortcuts={key}
    >
      <span>{children}</span>
      {key && <kbd aria-hidden="true">{key}</kbd>}
    </button>
  );
}

/** The shape of a young person; staff have none. */
export const Token = memo(function Token({ member }: { member: Member | undefined }) {
  const shape = member?.token;
  return (
    <span class="desk-token" data-colour={member?.colour} aria-hidden="true">
      {shape ? <Shape name={shape} /> : <i>{member?.name.slice(0, 1)}</i>}
    </span>
  );
});

const SHAPES: Readonly<Record<string, string>> = {
  stone: "M4 15c0-5 3-9 8-9 4 0 8 3 8 8 0 3-3 5-8 5s-8-1-8-4z",
  leaf: "M5 19C4 9 9 4 20 4c0 11-5 16-13 14M5 19c3-5 6-8 10-10",
  shell: "M12 20 4 11a8 8 0 0 1 16 0zM12 20V5M12 20 7 7m5 13 5-13",
  moon: "M15 4a8.500 8.500 0 1 0 5 12A8 8 0 0 1 15 4z",
  feather: "M5 20C5 11 9 5 19 4c0 8-3 13-11 13M5 20 15 9",
  acorn: "M5 9c0-3 3-5 7-5s7 2 7 5zM6 10c0 5 3 8 6 10 3-2 6-5 6-10M12 4V2",
  cloud: "M7 18a4 4 0 0 1 0-8 5 5 0 0 1 10-1 4.500 4.500 0 0 1 0 9z",
  wave: "M3 10c3-4 6-4 9 0s6 4 9 0M3 16c3-4 6-4 9 0s6 4 9 0",
};

function Shape({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 24 24" focusable="false">
      <path d={SHAPES[name] ?? SHAPES.stone} />
    </svg>
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
