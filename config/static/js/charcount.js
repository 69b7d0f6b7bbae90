// How many characters are left in a long field. Said politely, and only near the end.
import { words } from "./words.js";

const NEAR = 50;

/** @param {HTMLElement} place */
function count(place) {
  const field = document.getElementById(place.dataset.countFor);
  if (!field) return;
  const left = Number(place.dataset.countMax) - [...field.value].length;
  place.textContent = left > NEAR ? "" : words(left < 0 ? "countOver" : "count", { n: Math.abs(left) });
  place.classList.toggle("is-over", left < 0);
}

document.addEventListener("input", (event) => {
  const place = event.target.id && document.querySelector(`[data-count-for="${CSS.escape(event.target.id)}"]`);
  if (place) count(place);
});
