// Every page works without this script; with it, files travel with progress and verdicts arrive by themselves.
import { startDesk } from "./islands/desk";
import { startLive } from "./islands/live";
import { startReveal } from "./islands/reveal";
import { startPair } from "./islands/pair";
import { startSlots } from "./islands/slots";
import { startTray } from "./islands/tray";
import { startViewer } from "./islands/viewer";

document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  startLive();
  startSlots();
  startReveal();
  startTray();
  startPair();
  startDesk(startViewer());
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
});
