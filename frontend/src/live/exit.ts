/**
 * Leaving at once (G4): the screen is blank before anything else happens, with or without a
 * network; then the words of this tab go, the server is told, and the tab moves to another page.
 */

const CHANNEL = "leave";
const cleaners = new Set<() => void>();
let gone: string | null = null;

/** Something to forget when somebody leaves: a connection, an outbox. */
export function onExit(clean: () => void): void {
  cleaners.add(clean);
}

/** Where to and how, as the page's bar or shell says it. */
interface Way {
  leave: string;
  to: string;
  csrf: string;
}

function way(): Way {
  const shell = document.querySelector<HTMLElement>("[data-exit][data-exit-to]");
  const { exit = "/leave", exitTo = "about:blank" } = shell?.dataset ?? {};
  const csrf = document.querySelector<HTMLElement>("[data-csrf]")?.dataset.csrf ?? "";
  return { leave: exit, to: exitTo, csrf };
}

/** Leave. Every other tab of ours goes too. */
export function exit(): void {
  const { leave, to, csrf } = way();
  blank(to);
  attempt(mark);
  tell(leave, csrf);
  channel?.postMessage(to);
  location.replace(to);
}

function blank(to: string): void {
  gone = to;
  document.documentElement.replaceChildren();
  document.title = "";
  for (const clean of cleaners) attempt(clean);
  attempt(() => sessionStorage.clear());
}

function tell(address: string, csrf: string): void {
  const form = new FormData();
  form.set("csrfmiddlewaretoken", csrf);
  if (!("keepalive" in Request.prototype)) {
    navigator.sendBeacon(address, form);
    return;
  }
  // Not to be followed: the answer leads to the other page, and only the tab itself goes there.
  const options = { method: "POST", body: form, keepalive: true, redirect: "manual" } as const;
  void fetch(address, options).catch(() => undefined);
}

/**
 * Without signal the server hears nothing of this, and its cookie is out of a script's reach: with
 * this one beside it, the next request from here signs out first, whoever makes it.
 */
function mark(): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  // Lax, as the session is: whatever request brings the one must bring the other.
  document.cookie = `left=1; path=/; samesite=lax${secure}`;
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // One step that fails must not keep the others from being taken.
  }
}

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null;
if (channel) {
  channel.onmessage = (event: MessageEvent<string>) => {
    blank(event.data);
    location.replace(event.data);
  };
}

if (typeof window !== "undefined") {
  window.addEventListener("pageshow", (event) => {
    // A page that a browser kept in memory stays blank when somebody steps back to it.
    if (!event.persisted || gone === null) return;
    document.documentElement.replaceChildren();
    location.replace(gone);
  });
}
