// The expert's page: zoom, fit, turn, and findings that show where they are.

const STEP = 1.25;
const SMALLEST = 0.25;
const LARGEST = 6;

class Viewer {
  private zoom = 1;
  private turn = 0;
  private readonly port: HTMLElement;
  private readonly frame: HTMLElement;
  private readonly shot: HTMLElement;
  private readonly ratio: number;

  constructor(root: HTMLElement) {
    this.port = root.querySelector<HTMLElement>(".viewer-port")!;
    this.frame = root.querySelector<HTMLElement>(".viewer-frame")!;
    this.shot = root.querySelector<HTMLElement>(".shot")!;
    this.ratio = Number(this.shot.dataset["height"]) / Number(this.shot.dataset["width"]) || 1.4;
    this.frame.style.maxInlineSize = "none";
    this.frame.style.direction = "ltr";
    for (const button of root.querySelectorAll<HTMLElement>("[data-view]")) {
      button.addEventListener("click", () => this.act(button.dataset["view"] ?? ""));
    }
    window.addEventListener("resize", () => this.lay());
    this.lay();
  }

  act(what: string): void {
    if (what === "in") this.zoom = Math.min(LARGEST, this.zoom * STEP);
    else if (what === "out") this.zoom = Math.max(SMALLEST, this.zoom / STEP);
    else if (what === "fit") this.zoom = 1;
    else if (what === "turn") this.turn = (this.turn + 90) % 360;
    this.lay();
  }

  private lay(): void {
    const sideways = this.turn % 180 !== 0;
    const style = getComputedStyle(this.port);
    const room = this.port.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const across = room * this.zoom;
    const width = sideways ? across / this.ratio : across;
    const height = width * this.ratio;
    this.frame.style.width = `${across}px`;
    this.frame.style.height = `${sideways ? width : height}px`;
    this.shot.style.width = `${width}px`;
    this.shot.style.height = `${height}px`;
    const moves: Record<number, string> = {
      0: "none",
      90: `translate(${height}px, 0) rotate(90deg)`,
      180: `translate(${width}px, ${height}px) rotate(180deg)`,
      270: `translate(0, ${width}px) rotate(270deg)`,
    };
    this.shot.style.transform = moves[this.turn] ?? "none";
  }
}

function light(name: string | undefined, on: boolean): void {
  if (name === undefined) return;
  for (const spot of document.querySelectorAll(`.spot[data-finding="${name}"]`)) spot.classList.toggle("lit", on);
}

/** Wires the large page and its findings. */
export function startViewer(): Viewer | undefined {
  for (const finding of document.querySelectorAll<HTMLElement>(".finding[data-finding]")) {
    const name = finding.dataset["finding"];
    finding.addEventListener("mouseenter", () => light(name, true));
    finding.addEventListener("mouseleave", () => light(name, false));
    finding.addEventListener("focusin", () => light(name, true));
    finding.addEventListener("focusout", () => light(name, false));
    finding.addEventListener("click", () => {
      document.querySelector(`.spot[data-finding="${name}"]`)?.scrollIntoView({ block: "center", behavior: "smooth" });
    });
  }
  const root = document.querySelector<HTMLElement>("[data-viewer]");
  return root ? new Viewer(root) : undefined;
}

export type { Viewer };
