// After a refusal the focus goes to what has to be put right; a broken connection is said in words.
import { words } from "./words.js";

/** @param {ParentNode} place */
function focusSummary(place) {
  const summary = place.querySelector(".error-summary:not([hidden]):not(dialog .error-summary)");
  if (summary) summary.focus();
}

/** @param {string} text */
export function toast(text) {
  const box = document.createElement("div");
  const line = document.createElement("p");
  const close = document.createElement("button");
  box.className = "toast";
  line.textContent = text;
  close.className = "link-button";
  close.type = "button";
  close.textContent = words("close");
  close.addEventListener("click", () => box.remove());
  box.append(line, close);
  document.getElementById("toasts").replaceChildren(box);
}

/** A whole page that came back where a fragment was asked for: only its words are wanted. @param {string} html */
function pageWords(html) {
  if (!/^\s*<!doctype/i.test(html)) return "";
  const page = new DOMParser().parseFromString(html, "text/html");
  const parts = [...page.querySelectorAll("main h1, main [data-error-text]")].map((part) => part.textContent.trim());
  return parts.join(" ");
}

focusSummary(document);
document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.detail.target.parentNode || document));
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status < 400) return;
  const said = pageWords(event.detail.xhr.responseText);
  if (!said) return;
  event.detail.shouldSwap = false;
  toast(said);
});
document.addEventListener("htmx:responseError", (event) => {
  if (!pageWords(event.detail.xhr.responseText)) toast(words("broken"));
});
document.addEventListener("htmx:sendError", () => toast(words("offline")));
document.addEventListener("htmx:timeout", () => toast(words("slow")));
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const goal = link && document.getElementById(link.getAttribute("href").slice(1));
  if (!goal) return;
  event.preventDefault();
  const field = goal.matches("input, select, textarea") ? goal : goal.querySelector("input, select, textarea") || goal;
  goal.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});
