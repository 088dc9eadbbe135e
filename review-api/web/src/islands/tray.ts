// Many files at once: each is listed with a guessed slot, a person corrects, then all are sent.
import { digits, word } from "../words";
import { send } from "./sending";

const AT_ONCE = 3;

interface Waiting {
  file: File;
  line: HTMLElement;
  choice: HTMLSelectElement;
}

/** A slot whose code stands in the file's name, else the next one that is still missing. */
function guess(file: File, choice: HTMLSelectElement, taken: Set<string>): string {
  const name = file.name.toLowerCase();
  const options = [...choice.options].filter((option) => option.value);
  const named = options.find((option) => name.includes(option.value) || name.includes(option.dataset["label"] ?? "\u0000"));
  if (named) return named.value;
  return options.find((option) => option.dataset["missing"] === "yes" && !taken.has(option.value))?.value ?? "";
}

class Tray {
  private readonly list: HTMLElement;
  private readonly go: HTMLButtonElement;
  private waiting: Waiting[] = [];

  constructor(private readonly root: HTMLElement) {
    this.list = root.querySelector<HTMLElement>(".tray-list")!;
    this.go = root.querySelector<HTMLButtonElement>("[data-send-all]")!;
    const input = root.querySelector<HTMLInputElement>("input[type=file]")!;
    input.addEventListener("change", () => {
      this.add([...(input.files ?? [])]);
      input.value = "";
    });
    root.querySelector("[data-choose]")?.addEventListener("click", () => input.click());
    root.addEventListener("drop", (event) => this.add([...(event.dataTransfer?.files ?? [])]));
    this.go.addEventListener("click", () => void this.sendAll());
  }

  private add(files: File[]): void {
    const pattern = document.querySelector<HTMLTemplateElement>("#slot-choice")!;
    const taken = new Set(this.waiting.map((entry) => entry.choice.value));
    for (const file of files) {
      const line = document.createElement("li");
      const choice = (pattern.content.cloneNode(true) as DocumentFragment).querySelector("select")!;
      choice.value = guess(file, choice, taken);
      taken.add(choice.value);
      const picture = document.createElement("img");
      picture.alt = "";
      if (/^image\/(jpeg|png|webp)$/.test(file.type)) {
        picture.src = URL.createObjectURL(file);
        picture.onload = () => URL.revokeObjectURL(picture.src);
      } else {
        picture.src = this.root.dataset["fileIcon"] ?? "";
      }
      const name = document.createElement("bdi");
      name.className = "text-truncate";
      name.textContent = file.name;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn btn-sm btn-bare";
      remove.textContent = word("remove");
      const entry = { file, line, choice };
      remove.addEventListener("click", () => this.drop(entry));
      line.append(picture, name, choice, remove);
      this.list.append(line);
      this.waiting.push(entry);
    }
    this.show();
  }

  private drop(entry: Waiting): void {
    entry.line.remove();
    this.waiting = this.waiting.filter((other) => other !== entry);
    this.show();
  }

  private show(): void {
    this.go.hidden = this.waiting.length === 0;
    this.go.textContent = word("send-all", { count: digits(this.waiting.length) });
  }

  private async sendAll(): Promise<void> {
    const unsorted = this.waiting.find((entry) => !entry.choice.value);
    if (unsorted) {
      unsorted.choice.classList.add("is-invalid");
      unsorted.choice.focus();
      return;
    }
    const queue = this.waiting.splice(0);
    this.show();
    const filled = new Set<string>();
    const worker = async (): Promise<void> => {
      for (let entry = queue.shift(); entry; entry = queue.shift()) {
        const slot = entry.choice.value;
        const fields: Record<string, string> = { slot };
        if (filled.has(slot)) fields["another"] = "on";
        filled.add(slot);
        const place = document.getElementById(`slot-${slot}`) ?? this.root;
        entry.line.remove();
        await send({ file: entry.file, action: this.root.dataset["action"] ?? "", fields, place });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}

/** Wires the tray of a claim's page. */
export function startTray(): void {
  const root = document.querySelector<HTMLElement>("[data-drop=tray]");
  if (root) new Tray(root);
}
