// Two pages, one over the other: a slider uncovers one of them, and blinking shows what jumps.
// The later page is laid on the earlier one by a plane map, perspective included.

const BLINK_MS = 450;

/** Nine numbers, row by row, as a CSS matrix for a box of `box` pixels that shows a page of `page` pixels. */
function matrix(plane: number[], scale: number, own: [number, number]): string {
  const [a, b, c, d, e, f, g, h, i] = plane as [
    number, number, number, number, number, number, number, number, number,
  ];
  // page pixels of the later → page pixels of the earlier → pixels of the box; the later picture is drawn at its own size
  const [sx, sy] = own;
  const rows = [
    [a * sx * scale, b * sy * scale, c * scale],
    [d * sx * scale, e * sy * scale, f * scale],
    [g * sx, h * sy, i],
  ] as const;
  const [[p, q, r], [s, t, u], [v, w, x]] = rows;
  return `matrix3d(${[p, s, 0, v, q, t, 0, w, 0, 0, 1, 0, r, u, 0, x].join(",")})`;
}

function lay(box: HTMLElement, top: HTMLImageElement, plane: number[], earlier: number, later: [number, number]): void {
  const scale = box.clientWidth / earlier;
  const own: [number, number] = [later[0] / top.naturalWidth, later[1] / top.naturalHeight];
  if (!Number.isFinite(own[0]) || !Number.isFinite(own[1])) return;
  top.style.width = `${top.naturalWidth}px`;
  top.style.height = `${top.naturalHeight}px`;
  top.style.transform = matrix(plane, scale, own);
}

/** Wires the page of a pair. */
export function startPair(): void {
  const section = document.querySelector<HTMLElement>("[data-pair]");
  const sheet = section?.querySelector<SVGSVGElement>(".pair-sheet");
  const under = sheet?.querySelector<SVGImageElement>("image");
  const flat = sheet?.querySelector<SVGImageElement>("[data-pair-top] image");
  if (!section || !sheet || !under || !flat) return;
  const plane = JSON.parse(section.dataset["plane"] ?? "[]") as number[];
  const later = (section.dataset["later"] ?? "").split(",").map(Number) as [number, number];
  const earlier = sheet.viewBox.baseVal.width;
  // The same as the drawing, in boxes that know perspective.
  const box = document.createElement("div");
  box.className = "pair-box";
  const cover = document.createElement("div");
  cover.className = "pair-cover";
  const top = new Image();
  top.alt = "";
  top.src = flat.getAttribute("href") ?? "";
  flat.remove();
  sheet.before(box);
  box.append(sheet, cover);
  // the marks lie over both pages, whichever of them shows
  const marks = sheet.querySelector("[data-pair-marks]");
  if (marks) {
    const over = sheet.cloneNode(false) as SVGSVGElement;
    over.setAttribute("class", "pair-marks");
    over.setAttribute("aria-hidden", "true");
    over.append(marks);
    box.append(over);
  }
  cover.append(top);
  const again = (): void => lay(box, top, plane, earlier, later);
  top.addEventListener("load", again);
  window.addEventListener("resize", again);
  const slide = section.querySelector<HTMLInputElement>("[data-pair-slide]");
  const uncover = (): void => {
    cover.style.clipPath = `inset(0 ${100 - Number(slide?.value ?? 50)}% 0 0)`;
  };
  slide?.addEventListener("input", uncover);
  uncover();
  const blink = section.querySelector<HTMLButtonElement>("[data-pair-blink]");
  let timer: number | undefined;
  blink?.addEventListener("click", () => {
    const on = timer === undefined;
    blink.setAttribute("aria-pressed", String(on));
    if (on) {
      cover.style.clipPath = "none";
      timer = window.setInterval(() => cover.classList.toggle("away"), BLINK_MS);
    } else {
      window.clearInterval(timer);
      timer = undefined;
      cover.classList.remove("away");
      uncover();
    }
  });
}
