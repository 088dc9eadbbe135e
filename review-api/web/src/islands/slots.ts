// A slot takes files by its button or by dropping them on the card; the plain form below stays
// the truth: its address and hidden fields are what is sent.
import { send } from "./sending";

function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const field of form.querySelectorAll<HTMLInputElement>("input[type=hidden]")) fields[field.name] = field.value;
  return fields;
}

function sendAll(form: HTMLFormElement, files: FileList | File[]): void {
  const card = form.closest<HTMLElement>(".slot") ?? form;
  const another = card.querySelector<HTMLFormElement>("form[data-another]");
  [...files].forEach((file, index) => {
    // The first fills or replaces; each further file is one more paper of the same slot.
    const target = index > 0 && another ? another : form;
    const fields = fieldsOf(target);
    if (index > 0) fields["another"] = "on";
    void send({ file, action: target.action, fields, place: card });
  });
}

function onChange(event: Event): void {
  const input = event.target as HTMLInputElement;
  if (input.type !== "file") return;
  const form = input.closest<HTMLFormElement>("form.upload-form");
  if (!form || !input.files?.length) return;
  sendAll(form, [...input.files]);
  input.value = "";
}

function cardOf(event: DragEvent): HTMLElement | null {
  return (event.target as Element | null)?.closest?.<HTMLElement>("[data-drop]") ?? null;
}

/** Wires every slot of the page, also those exchanged later. */
export function startSlots(): void {
  document.addEventListener("change", onChange);
  document.addEventListener("click", (event) => {
    const pick = (event.target as Element).closest<HTMLElement>("[data-pick]");
    const form = pick?.closest<HTMLFormElement>("form");
    const input = form?.querySelector<HTMLInputElement>("input[type=file]");
    if (!pick || !input) return;
    if (pick.dataset["pick"] === "camera") input.setAttribute("capture", "environment");
    else input.removeAttribute("capture");
    input.click();
  });
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    for (const card of document.querySelectorAll(".over")) card.classList.remove("over");
    cardOf(event)?.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    const card = cardOf(event);
    if (card && !card.contains(event.relatedTarget as Node | null)) card.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    const card = cardOf(event);
    card?.classList.remove("over");
    if (!card || card.dataset["drop"] === "tray") return;
    const form = card.querySelector<HTMLFormElement>("form.upload-form");
    if (form) sendAll(form, files);
  });
}
