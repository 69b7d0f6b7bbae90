// Public pages only: Esc or Shift three times within two seconds, or the button, leaves at once. The page is emptied first.
// The way out never waits for us: what is known here is ended beside it, and the link works without this script.

import "./once.js";
import "./errors.js";

const WINDOW_MS = 2000;
const KEYS = ["Escape", "Shift"];
/** @type {{ key: string, at: number }[]} */
let presses = [];

function leave() {
  const exit = document.querySelector("[data-exit]");
  if (!exit) return;
  document.documentElement.classList.add("left-page");
  document.title = "";
  navigator.sendBeacon("/leave", new URLSearchParams({ csrfmiddlewaretoken: exit.dataset.exit }));
  location.replace(exit.href);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-exit]")) return;
  event.preventDefault();
  leave();
});
document.addEventListener("keyup", (event) => {
  if (!KEYS.includes(event.key) || event.isComposing) {
    presses = [];
    return;
  }
  const now = Date.now();
  presses = [...presses, { key: event.key, at: now }].filter((one) => one.key === event.key && now - one.at < WINDOW_MS);
  if (presses.length >= 3) leave();
});
// A browser that kept the page in memory all the same shows it empty, and goes on.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.documentElement.classList.contains("left-page")) leave();
});
