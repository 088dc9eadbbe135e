// One file on its way: progress, cancel, and trying again when the line drops.
import { digits, word } from "../words";
import { refresh } from "./live";

const WAITS_MS = [1000, 2000, 4000, 8000, 15000];

export interface Parcel {
  file: File;
  action: string;
  fields: Record<string, string>;
  /** Where the progress is drawn. */
  place: HTMLElement;
}

interface Problem {
  detail?: string;
  title?: string;
}

function draw(parcel: Parcel): { box: HTMLElement; bar: HTMLProgressElement; text: HTMLElement; stop: HTMLButtonElement } {
  const box = document.createElement("div");
  box.className = "sending";
  box.setAttribute("role", "status");
  const name = document.createElement("bdi");
  name.className = "file";
  name.textContent = parcel.file.name;
  const text = document.createElement("span");
  text.className = "small-text soft";
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "btn btn-sm btn-bare";
  stop.textContent = word("cancel");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", word("sending"));
  const line = document.createElement("div");
  line.className = "row-line";
  line.append(name, text);
  box.append(line, stop, bar);
  parcel.place.append(box);
  return { box, bar, text, stop };
}

/** Sends a file; settles when it is accepted (true) or given up (false). */
export function send(parcel: Parcel): Promise<boolean> {
  const ui = draw(parcel);
  const card = parcel.place.closest<HTMLElement>("[data-live]");
  if (card) card.dataset["busy"] = "1";
  const release = (): void => {
    if (card && !card.querySelector(".sending")) {
      delete card.dataset["busy"];
      refresh();
    }
  };
  return new Promise((settle) => {
    let request: XMLHttpRequest | undefined;
    let timer: number | undefined;
    let tries = 0;
    const done = (sent: boolean): void => {
      window.clearTimeout(timer);
      ui.box.remove();
      release();
      settle(sent);
    };
    const fail = (message: string): void => {
      ui.box.classList.add("failed");
      ui.bar.hidden = true;
      ui.text.textContent = message;
      ui.stop.textContent = word("close");
      ui.stop.onclick = () => done(false);
    };
    const later = (): void => {
      const wait = WAITS_MS[tries++];
      if (wait === undefined) {
        fail(word("gave-up"));
        return;
      }
      ui.text.textContent = word("line-down", { seconds: digits(wait / 1000) });
      timer = window.setTimeout(attempt, wait);
    };
    const attempt = (): void => {
      request = new XMLHttpRequest();
      request.open("POST", parcel.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = (event) => {
        const share = event.lengthComputable ? Math.round((event.loaded / event.total) * 100) : 0;
        ui.bar.value = share;
        ui.text.textContent = share < 100 ? word("percent", { share: digits(share) }) : word("judging");
      };
      request.onerror = later;
      request.onload = () => {
        const status = request?.status ?? 0;
        if (status >= 200 && status < 300) return done(true);
        if (status === 502 || status === 503 || status === 504) return later();
        let problem: Problem = {};
        try {
          problem = JSON.parse(request?.responseText ?? "{}") as Problem;
        } catch {
          // Not our answer, e.g. a proxy's page.
        }
        fail(problem.detail ?? problem.title ?? word("failed"));
      };
      const body = new FormData();
      for (const [name, value] of Object.entries(parcel.fields)) body.append(name, value);
      body.append("file", parcel.file, parcel.file.name);
      request.send(body);
    };
    ui.stop.onclick = () => {
      request?.abort();
      done(false);
    };
    const limit = Number(document.querySelector<HTMLElement>("[data-max-bytes]")?.dataset["maxBytes"] ?? 0);
    if (limit > 0 && parcel.file.size > limit) fail(word("too-large"));
    else if (parcel.file.size === 0) fail(word("empty-file"));
    else attempt();
  });
}
