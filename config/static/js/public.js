// Public pages only: Shift three times within two seconds, or the button, leaves at once. The page is emptied first.

import "./once.js";
import "./errors.js";

const WINDOW_MS = 2000;
/** @type {number[]} */
let presses = [];

function leave() {
  const exit = document.querySelector("[data-exit]");
  document.documentElement.classList.add("left-page");
  location.replace(exit.href);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-exit]")) return;
  event.preventDefault();
  leave();
});
document.addEventListener("keyup", (event) => {
  if (event.key !== "Shift") {
    presses = [];
    return;
  }
  presses = [...presses, Date.now()].filter((at) => Date.now() - at < WINDOW_MS);
  if (presses.length >= 3) leave();
});
