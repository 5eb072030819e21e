/**
 * Times in the reader's own zone, and the time until something, in words.
 *
 *   <time data-local datetime="…">      18:30; data-local="day" or "both" says the day as well
 *   <time data-countdown datetime="…">  in 2 hours, in 5 minutes, …; data-due says what comes then
 */

const FORMATS: Record<string, Intl.DateTimeFormatOptions> = {
  "": { hour: "2-digit", minute: "2-digit" },
  day: { weekday: "long", day: "numeric", month: "long" },
  both: { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function language(): string {
  return document.documentElement.lang || "en-GB";
}

export function localTime(iso: string, format = ""): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const locale = language() === "en" ? "en-GB" : language();
  return new Intl.DateTimeFormat(locale, FORMATS[format] ?? FORMATS[""]).format(at);
}

/** The time until then in words, rounded up to what still helps to plan; "" once it is due. */
export function until(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  if (!(left > 0)) return "";
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "always" });
  if (left >= 2 * DAY) return words.format(Math.floor(left / DAY), "day");
  if (left >= 2 * HOUR) return words.format(Math.floor(left / HOUR), "hour");
  return words.format(Math.max(1, Math.ceil(left / MINUTE)), "minute");
}

let ticking: ReturnType<typeof setInterval> | undefined;

/** Show all times of the page, and keep the countdowns going. */
export function showTimes(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
    const shown = localTime(time.dateTime, time.dataset.local);
    if (shown !== "") time.textContent = shown;
  }
  countDown();
  ticking ??= setInterval(countDown, 10_000);
}

function countDown(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-countdown]")) {
    const shown = until(time.dateTime, Date.now()) || (time.dataset.due ?? "");
    // A text that is the same again is not written again: a screen reader would read it again.
    if (shown !== "" && time.textContent !== shown) time.textContent = shown;
  }
}
