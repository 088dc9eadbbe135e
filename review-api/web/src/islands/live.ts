// Keeps the marked parts of a page true: on an event of the server the page is fetched again and
// every element with `data-live` and an id is exchanged where the server's version has changed.
// All markup is thus written once, by the server.

const sources = new Map<string, string>();
let asked: number | undefined;
let running = false;
let again = false;

function remember(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-live][id]")) {
    if (!sources.has(element.id)) sources.set(element.id, element.outerHTML);
  }
}

/** True while a person is writing in the element or a file is on its way in it. */
function busy(element: HTMLElement): boolean {
  if (element.dataset["busy"]) return true;
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && element.contains(focused) && focused.matches("textarea, input[type=text]")) return true;
  const typing = element.querySelectorAll<HTMLTextAreaElement>("textarea, input[type=text]");
  for (const field of typing) if (field.value !== field.defaultValue) return true;
  return false;
}

function exchange(fresh: Document): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-live][id]")) {
    const next = fresh.getElementById(element.id);
    if (!next || busy(element)) continue;
    const source = next.outerHTML;
    if (sources.get(element.id) === source) continue;
    const open = new Set([...element.querySelectorAll("details[open][id]")].map((fold) => fold.id));
    const node = document.adoptNode(next);
    element.replaceWith(node);
    sources.set(element.id, source);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  }
}

async function fetchPage(): Promise<void> {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    const reply = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (reply.ok && !reply.redirected) {
      exchange(new DOMParser().parseFromString(await reply.text(), "text/html"));
    }
  } catch {
    // The line is down; the next event or poll tries again.
  } finally {
    running = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

/** Asks for a refresh of the live parts; several calls close together make one. */
export function refresh(): void {
  window.clearTimeout(asked);
  asked = window.setTimeout(() => void fetchPage(), 60);
}

interface Live {
  kind: string;
  claim: string;
}

function concerns(live: Live): boolean {
  const claim = document.querySelector<HTMLElement>("[data-claim]")?.dataset["claim"];
  return claim ? claim === live.claim : document.querySelector("[data-live]") !== null;
}

/** Listens to the server's events; polls only while something is being judged. */
export function startLive(): void {
  if (!document.querySelector("[data-live]")) return;
  remember();
  const events = new EventSource("/events");
  events.addEventListener("change", (event) => {
    if (concerns(JSON.parse((event as MessageEvent<string>).data) as Live)) refresh();
  });
  events.addEventListener("reload", () => refresh());
  window.addEventListener("pagehide", () => events.close());
  // A proxy may hold events back; a verdict must not wait for it.
  window.setInterval(() => {
    if (document.querySelector("[data-judging]")) refresh();
  }, 1500);
}
