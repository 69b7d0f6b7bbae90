// A form is sent once; one that only takes a file (data-download) leaves its page standing and can be sent again.
// The button stays where the focus is: it is only marked, and a second submit is refused.
import { sentByHtmx } from "./htmxforms.js";

const sent = new WeakSet();

/** @param {Element} form @param {boolean} busy */
function show(form, busy) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    button.toggleAttribute("data-busy", busy);
  }
}

/** @param {Element} form */
function release(form) {
  sent.delete(form);
  show(form, false);
}

/** @param {Event} event */
function isGuarded(event) {
  return event.target instanceof HTMLFormElement && event.target.method === "post";
}

document.addEventListener(
  "submit",
  (event) => {
    if (!isGuarded(event) || !sent.has(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!isGuarded(event) || sentByHtmx(form) || event.defaultPrevented) return;
  sent.add(form);
  setTimeout(() => show(form, true));
  if (form.hasAttribute("data-download")) setTimeout(() => release(form), 3000);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isGuarded(event) || !sentByHtmx(event.target)) return;
  sent.add(event.target);
  show(event.target, true);
});
document.addEventListener("htmx:afterRequest", (event) => isGuarded(event) && sentByHtmx(event.target) && release(event.target));
window.addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form").forEach(release));
