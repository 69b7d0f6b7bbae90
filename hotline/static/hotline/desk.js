// The desk by keyboard. 1-3 safety, 4-6 kind, y/n/u down the danger scale; dead while an input method composes.
import { isComposing, isTyping } from "../js/shortcuts.js";
import { readCookie } from "../js/words.js";

const desk = document.querySelector("[data-desk]");
const KEYS = { 1: ["safety", 0], 2: ["safety", 1], 3: ["safety", 2], 4: ["kind", 0], 5: ["kind", 1], 6: ["kind", 2] };
const ANSWERS = { y: "yes", n: "no", u: "unknown" };

/** @param {HTMLInputElement} input */
function choose(input) {
  input.checked = true;
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {Element} row @param {string} answer */
function answerRow(row, answer) {
  const input = row.querySelector(`input[value="${answer}"]`);
  if (!input) return;
  choose(input);
  const rows = [...desk.querySelectorAll("[data-scale-row]")];
  const next = rows[rows.indexOf(row) + 1];
  if (next) (next.querySelector("input:checked") || next.querySelector("input")).focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey || readCookie("keys") === "off") return;
  const row = event.target instanceof Element && event.target.closest("[data-scale-row]");
  if (row && ANSWERS[event.key]) {
    event.preventDefault();
    event.stopPropagation();
    answerRow(row, ANSWERS[event.key]);
    return;
  }
  if (isTyping(event.target) || document.querySelector("dialog:modal")) return;
  const [name, place] = KEYS[event.key] || [];
  const input = name && desk.querySelectorAll(`input[name="${name}"]`)[place];
  if (!input) return;
  event.preventDefault();
  event.stopPropagation();
  choose(input);
}

/** Show what only matters for some answers; without JavaScript all of it is there. */
function show() {
  const data = new FormData(desk);
  for (const part of desk.querySelectorAll("[data-show-when]")) {
    const [name, wanted] = part.dataset.showWhen.split("=");
    part.hidden = !wanted.split(",").includes(String(data.get(name) || ""));
  }
}

function tick() {
  for (const timer of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(timer.dataset.since)) / 1000));
    timer.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

if (desk) {
  document.addEventListener("keydown", onKey, true);
  desk.addEventListener("change", show);
  for (const button of desk.querySelectorAll("[data-nothing]")) {
    button.addEventListener("click", () => document.querySelector(`#nothing [value="${button.dataset.nothing}"]`).click());
  }
  show();
  tick();
  setInterval(tick, 1000);
  const first = desk.querySelector(".error-summary") || desk.querySelector('input[name="safety"]:checked') || desk.querySelector('input[name="safety"]');
  if (first && !desk.querySelector('input[name="safety"]:checked')) first.focus();
}
