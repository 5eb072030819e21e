/**
 * Moving inside the site without a trail: every in-site move takes the place of the page before,
 * so that the tab's history holds one entry and, after leaving, the back button finds nothing.
 */

/** Take over links and forms. `arrived` prepares a page whose body was put in place here. */
export function takeOverMoves(arrived: () => void): void {
  document.addEventListener("click", followLink);
  document.addEventListener("submit", (event) => {
    void submit(event, arrived);
  });
}

function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || isModified(event)) return;
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
  if (!link || link.target !== "" || link.hasAttribute("download") || !isOurs(link.href)) return;
  if (isHere(link)) return;
  event.preventDefault();
  location.replace(link.href);
}

function isModified(event: MouseEvent): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

function isOurs(address: string): boolean {
  return new URL(address, location.href).origin === location.origin;
}

/** A jump inside this page, as the skip link is: the browser moves the focus better than we do. */
function isHere(link: HTMLAnchorElement): boolean {
  return link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
}

async function submit(event: SubmitEvent, arrived: () => void): Promise<void> {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.dataset.plain !== undefined || form.target !== "") return;
  const action = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const address = new URL(action || location.href, location.href);
  if (address.origin !== location.origin) return;
  event.preventDefault();
  if (form.hasAttribute("aria-busy")) return;
  const fields = new FormData(form, event.submitter);
  if (form.method === "get") {
    address.search = new URLSearchParams(textOf(fields)).toString();
    location.replace(address);
    return;
  }
  form.setAttribute("aria-busy", "true");
  try {
    await show(await post(address, form, fields), arrived);
  } catch {
    sayKept(form);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function post(address: URL, form: HTMLFormElement, fields: FormData): Promise<Response> {
  const body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(textOf(fields));
  return fetch(address, { method: "POST", body, credentials: "same-origin" });
}

function textOf(fields: FormData): [string, string][] {
  return [...fields].filter((pair): pair is [string, string] => typeof pair[1] === "string");
}

/** Put the answer in the place of this page: fetched once, so that what is shown once is not lost. */
async function show(response: Response, arrived: () => void): Promise<void> {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (page.querySelector("#room, #desk") || page.body.dataset.whole !== undefined) {
    location.replace(response.url);
    return;
  }
  history.replaceState(null, "", response.url);
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  arrived();
  scrollTo(0, 0);
  firstToRead()?.focus({ preventScroll: true });
}

function firstToRead(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[autofocus], [aria-invalid='true'], .slip[tabindex]")
    ?? document.querySelector<HTMLElement>("main");
}

/** No answer came: the words are still in the form, and that is what to say. */
function sayKept(form: HTMLFormElement): void {
  const old = form.querySelector<HTMLElement>("[data-kept]");
  const slip = old ?? document.createElement("p");
  slip.className = "slip";
  slip.dataset.kept = "";
  slip.setAttribute("role", "alert");
  slip.textContent = document.documentElement.dataset.kept
    ?? "That didn't go through yet. Nothing is lost. Please try again in a moment.";
  if (!old) form.prepend(slip);
}
