// The desk by keyboard: y/n/u down the scale, 1/2/3 down the taps, Enter to the next field. Dead while an input method composes.
import { isComposing, isOff, isTyping } from "../js/shortcuts.js";

const desk = document.querySelector("[data-desk]");
const ANSWERS = { y: "yes", n: "no", u: "unknown" };
const TAPS = { 1: "yes", 2: "no", 3: "unknown" };
const LOOK_MS = 400;
const LEAVE_MS = 500;
let lookTimer = 0;
let dirty = false;
let sent = false;
let stale = false;

/** @param {HTMLElement} element */
function isShown(element) {
  return element.getClientRects().length > 0 && !element.matches(":disabled, [tabindex='-1']");
}

/** @param {ParentNode} place @returns {HTMLElement | undefined} */
function firstField(place) {
  const all = [...place.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(isShown);
  const first = all[0];
  return (first && first.type === "radio" && all.find((one) => one.name === first.name && one.checked)) || first;
}

/** @param {Element} row @param {string} answer */
function answerRow(row, answer) {
  const input = row.querySelector(`input[value="${answer}"]`);
  if (!input) return;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const rows = [...row.parentElement.querySelectorAll("[data-scale-row]")];
  const next = rows[rows.indexOf(row) + 1];
  const goal = next ? firstField(next) : after(input);
  if (goal) goal.focus();
}

/** @param {HTMLElement} here @returns {HTMLElement | undefined} the next field, another group than this one */
function after(here) {
  const all = [...desk.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(isShown);
  return all.slice(all.indexOf(here) + 1).find((one) => one.name !== here.name || one.type === "checkbox");
}

/** @param {Element} row @param {string} key */
function answerOf(row, key) {
  const keys = row.closest(".taps") ? { ...ANSWERS, ...TAPS } : ANSWERS;
  return isOff(key) ? undefined : keys[key];
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog:modal")) return;
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  const row = target.closest("[data-scale-row]");
  const answer = row && answerOf(row, event.key);
  if (answer) {
    event.preventDefault();
    event.stopPropagation();
    answerRow(row, answer);
  } else if (event.key === "Enter" && target.matches("#desk input, #desk select")) {
    event.preventDefault();
    if (target.id === "id_who" || target.id === "id_number") look();
    const goal = after(target);
    if (goal) goal.focus();
  }
}

/** Show what only matters for some answers; without JavaScript all of it is there. A fault is never hidden. */
function show() {
  const data = new FormData(desk);
  for (const part of desk.querySelectorAll("[data-show-when]")) {
    const wanted = part.dataset.showWhen.split("|").some((rule) => {
      const [name, values] = rule.split("=");
      return values.split(",").includes(String(data.get(name) || ""));
    });
    part.hidden = !wanted && !part.querySelector(".has-error");
  }
  aim(String(data.get("case") || ""));
  for (const link of desk.querySelectorAll("[data-step]")) link.classList.toggle("is-done", isDone(link, data));
}

/** @param {HTMLAnchorElement} link @param {FormData} data */
function isDone(link, data) {
  const fields = [...desk.querySelector(link.hash).querySelectorAll("input:not([type=hidden]), select, textarea")];
  return fields.some((one) => {
    if (one.type === "radio" || one.type === "checkbox") return one.checked && one.value !== "unknown";
    if (one.tagName === "SELECT") return !one.options[one.selectedIndex]?.defaultSelected && one.selectedIndex > 0;
    return one.value.trim() !== "";
  });
}

/** With a case chosen Ctrl+Enter joins it: nobody opens a second case of the same woman by habit. @param {string} picked */
function aim(picked) {
  const [open, join] = [desk.querySelector("[value=open_case]"), desk.querySelector("[data-join]")];
  join.hidden = !picked;
  open.dataset.combo = picked ? "alt+o" : "ctrl+enter";
  join.dataset.combo = picked ? "ctrl+enter" : "alt+j";
  open.querySelector("kbd").textContent = picked ? "Alt+O" : "Ctrl+Enter";
  join.querySelector("kbd").textContent = picked ? "Ctrl+Enter" : "Alt+J";
  open.classList.toggle("button-primary", !picked);
  join.classList.toggle("button-primary", Boolean(picked));
}

function look() {
  clearTimeout(lookTimer);
  lookTimer = 0;
  document.getElementById("people").dispatchEvent(new Event("look"));
}

/** The search follows the typing, but not the letters of an unfinished word. @param {Event} event */
function onInput(event) {
  dirty = true;
  if (event.isComposing || !event.target.matches("#id_who, #id_number")) return;
  clearTimeout(lookTimer);
  lookTimer = setTimeout(look, LOOK_MS);
}

/** @param {Event} event */
function onChange(event) {
  dirty = true;
  show();
  const { name, value } = event.target;
  if (name === "safety" && value === "unsafe") document.getElementById("id_place").focus();
  if (name === "safety" && value === "cannot_speak") firstField(desk.querySelector(".taps")).focus();
  if (name === "tap_police" && value === "yes") desk.querySelector("[name=wishes][value=police]").checked = true;
}

/** The page is about to go: what is still being asked for is not waited for, and not reported as broken. */
function hush() {
  clearTimeout(lookTimer);
  for (const id of ["desk", "people", "outlook"]) window.htmx.trigger(`#${id}`, "htmx:abort");
}

/** @param {SubmitEvent} event */
function onSubmit(event) {
  if (sent) return event.preventDefault();
  sent = true;
  hush();
}

/** What was typed in the last two seconds goes along when the page goes away. */
function flush() {
  hush();
  if (!dirty || sent || stale) return;
  navigator.sendBeacon(desk.getAttribute("hx-post"), new FormData(desk));
}

/** Leaving is quick, and waits for the draft no longer than half a second. @param {string} address */
async function leave(address) {
  const wait = new Promise((done) => { setTimeout(done, LEAVE_MS); });
  const kept = dirty && !stale ? fetch(desk.getAttribute("hx-post"), { method: "POST", body: new FormData(desk), keepalive: true }) : null;
  dirty = false;
  await Promise.race([kept, wait]).catch(() => null);
  location.assign(address);
}

/** @param {CustomEvent} event */
function beforeRequest(event) {
  const own = event.target === desk;
  if (own && (stale || sent)) event.preventDefault();
  else if (own) dirty = false;
}

/** @param {MouseEvent} event */
function onClick(event) {
  const step = event.target.closest("[data-step]");
  const goal = step && desk.querySelector(step.hash);
  if (goal) {
    event.preventDefault();
    const box = goal.getBoundingClientRect();
    const covered = desk.querySelector(".desk-bar").getBoundingClientRect().bottom;
    if (box.top < covered || box.bottom > innerHeight) goal.scrollIntoView({ block: "start" });
    const field = firstField(goal);
    if (field) field.focus({ preventScroll: true });
  }
  const exit = event.target.closest("[data-leave]");
  if (exit) {
    event.preventDefault();
    leave(exit.href);
  }
  const address = event.target.closest("[data-address]");
  if (address) {
    event.preventDefault();
    const values = Object.fromEntries([["address_of", address.value]]);
    window.htmx.ajax("POST", `${desk.getAttribute("action")}/address`, { source: desk, target: "#place-box", swap: "outerHTML", values });
  }
}

function start() {
  document.getElementById("sure-mark").value = "1";
  for (const part of desk.querySelectorAll("details")) part.open = part.open || Boolean(part.querySelector(".has-error"));
  show();
  if (desk.querySelector(".error-summary") || desk.querySelector("[name=safety]:checked")) return;
  desk.querySelector("[name=safety]").focus();
}

if (desk) {
  document.addEventListener("keydown", onKey, true);
  desk.addEventListener("change", onChange);
  desk.addEventListener("input", onInput);
  desk.addEventListener("compositionend", onInput);
  desk.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:beforeRequest", beforeRequest);
  document.addEventListener("desk-stale", () => { stale = true; });
  document.addEventListener("htmx:afterSwap", show);
  window.addEventListener("pagehide", flush);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  start();
}
