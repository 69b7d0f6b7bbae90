// Keys are declared in the page: data-key="b" (one key), data-chord="g c" (two keys), data-combo="ctrl+enter" (works in
// fields too). data-key-label names the key in the sheet, data-key-group heads it. A key clicks its element, or focuses a field.
import { readCookie, writeCookie } from "./words.js";

const KINDS = ["key", "chord", "combo"];
const CHORD_MS = 1500;
const TEXTLESS = new Set(["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"]);
let first = "";
let firstAt = 0;

/** @param {EventTarget | null} target */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !TEXTLESS.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** @param {KeyboardEvent} event */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

/** @param {HTMLElement} element */
function isReachable(element) {
  if (element.closest("[hidden], [inert]")) return false;
  // A link folded away under "More" in the bar keeps its keys.
  if (element.getClientRects().length === 0 && !element.closest(".topmore")) return false;
  if (element.matches(":disabled, [aria-disabled='true']")) return false;
  const open = document.querySelector("dialog:modal");
  return !open || open.contains(element) || element.hasAttribute("data-blur");
}

function switchedOff() {
  const saved = readCookie("keys");
  return saved === "off" ? null : new Set(saved.split("|").filter(Boolean));
}

/** Whether this single key was switched off, alone or with all others. @param {string} key */
export function isOff(key) {
  const off = switchedOff();
  return off === null || off.has(key);
}

/** @param {string} kind @param {string} keys */
function find(kind, keys) {
  const off = switchedOff();
  if (kind !== "combo" && (off === null || off.has(keys))) return null;
  const all = [...document.querySelectorAll(`[data-${kind}]`)].filter(
    (element) => element.dataset[kind] === keys && isReachable(element),
  );
  const scope = document.activeElement && document.activeElement.closest("[data-key-scope]");
  return all.find((element) => scope && scope.contains(element)) || all[0] || null;
}

/** @param {HTMLElement | null} element @param {KeyboardEvent} event */
function act(element, event) {
  if (!element) return false;
  event.preventDefault();
  if (isTyping(element)) element.focus();
  else {
    if (element.matches("input")) element.focus();
    element.click();
  }
  return true;
}

/** @param {KeyboardEvent} event */
function combo(event) {
  const parts = [event.ctrlKey || event.metaKey ? "ctrl" : "", event.altKey ? "alt" : "", event.shiftKey ? "shift" : ""];
  return [...parts.filter(Boolean), event.key.toLowerCase()].join("+");
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.defaultPrevented || isComposing(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return void act(find("combo", combo(event)), event);
  if (isTyping(event.target) || event.key.length !== 1) return;
  const chord = first && Date.now() - firstAt < CHORD_MS ? `${first} ${event.key}` : "";
  first = "";
  if (chord && act(find("chord", chord), event)) return;
  if (act(find("key", event.key), event)) return;
  if (document.querySelector(`[data-chord^="${CSS.escape(event.key)} "]`)) {
    first = event.key;
    firstAt = Date.now();
  }
}

/** @param {HTMLElement} element */
function label(element) {
  const field = element.id && document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
  const named = (field || element.closest("label") || element).cloneNode(true);
  named.querySelectorAll("kbd").forEach((cap) => cap.remove());
  const text = element.dataset.keyLabel || element.getAttribute("aria-label") || named.textContent;
  const group = element.dataset.keyGroup ? `${element.dataset.keyGroup} · ` : "";
  return group + text.replace(/\s+/g, " ").trim();
}

/** @param {string} kind @param {string} keys */
function keycaps(kind, keys) {
  const box = document.createElement("span");
  for (const part of keys.split(kind === "combo" ? "+" : " ")) {
    const cap = document.createElement("kbd");
    cap.textContent = part.length > 1 ? part[0].toUpperCase() + part.slice(1) : part;
    box.append(cap, " ");
  }
  return box;
}

/** @param {string} kind @param {HTMLElement} element @param {Set<string> | null} off */
function sheetRow(kind, element, off) {
  const keys = element.dataset[kind] || "";
  const row = document.createElement("li");
  const line = document.createElement("label");
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.checked = kind === "combo" || (off !== null && !off.has(keys));
  tick.disabled = kind === "combo" || off === null;
  tick.value = keys;
  const text = document.createElement("span");
  text.textContent = label(element);
  line.append(tick, text, keycaps(kind, keys));
  row.append(line);
  return row;
}

function fillSheet() {
  const list = document.getElementById("keys-list");
  const every = document.getElementById("keys-all");
  const off = switchedOff();
  const seen = new Set();
  every.checked = off !== null;
  list.replaceChildren();
  for (const kind of KINDS) {
    for (const element of document.querySelectorAll(`[data-${kind}]`)) {
      const name = `${kind} ${element.dataset[kind]}`;
      if (seen.has(name) || element.closest("dialog:not([open])")) continue;
      seen.add(name);
      list.append(sheetRow(kind, element, off));
    }
  }
}

/** @param {Event} event */
function onTick(event) {
  if (event.target.id === "keys-all") {
    writeCookie("keys", event.target.checked ? "" : "off", 365);
    fillSheet();
    return;
  }
  const off = switchedOff() || new Set();
  if (event.target.checked) off.delete(event.target.value);
  else off.add(event.target.value);
  writeCookie("keys", [...off].join("|"), 365);
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-sheet]")) return;
  fillSheet();
  document.getElementById("keys").showModal();
});
const sheet = document.getElementById("keys");
if (sheet) sheet.addEventListener("change", onTick);
