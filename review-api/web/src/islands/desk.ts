// Keys of the expert's desk and the lease that must not run out under a working expert.
// Keys go by their place on the keyboard, so they are the same under a Persian layout.
import type { Viewer } from "./viewer";

const RENEW_MS = 120_000;

function press(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.click();
}

function openRefusal(): void {
  const fold = document.querySelector<HTMLDetailsElement>("#refuse");
  if (!fold) return;
  fold.open = true;
  fold.querySelector<HTMLInputElement>("input[type=checkbox]")?.focus();
}

function onKey(event: KeyboardEvent, viewer: Viewer | undefined): void {
  const field = event.target as HTMLElement;
  const writing = field.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
  if (event.ctrlKey && event.code === "Enter") {
    field.closest("form")?.requestSubmit();
    return;
  }
  if (writing || event.ctrlKey || event.altKey || event.metaKey) return;
  const acts: Record<string, () => void> = {
    KeyA: () => press("#approve"),
    KeyR: openRefusal,
    KeyJ: () => press("[data-go=next-paper]"),
    KeyK: () => press("[data-go=previous-paper]"),
    KeyN: () => press("[data-go=next-page]"),
    KeyP: () => press("[data-go=previous-page]"),
    KeyT: () => viewer?.act("turn"),
    Equal: () => viewer?.act("in"),
    NumpadAdd: () => viewer?.act("in"),
    Minus: () => viewer?.act("out"),
    NumpadSubtract: () => viewer?.act("out"),
    Digit0: () => viewer?.act("fit"),
  };
  const act = acts[event.code];
  if (act) {
    event.preventDefault();
    act();
  }
}

/** Wires the desk. */
export function startDesk(viewer: Viewer | undefined): void {
  const desk = document.querySelector<HTMLElement>("[data-desk]");
  if (!desk) return;
  document.addEventListener("keydown", (event) => onKey(event, viewer));
  const lease = desk.dataset["lease"];
  if (lease) {
    window.setInterval(() => {
      if (document.visibilityState === "visible") {
        void fetch(lease, { method: "POST", headers: { Accept: "application/json" }, credentials: "same-origin" });
      }
    }, RENEW_MS);
  }
}
