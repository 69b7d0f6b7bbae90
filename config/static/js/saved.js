// 已保存 14:30:05, in place. The server says so with the htmx event "saved" (HX-Trigger), or a form marked data-saves came back well.
import { words } from "./words.js";

/** @param {Element} near */
function markFor(near) {
  const own = near.closest("form, section, .card");
  return (own && own.querySelector("[data-saved-mark]")) || document.getElementById("saved");
}

/** @param {Element} near @param {string} text */
function mark(near, text) {
  const place = markFor(near);
  if (place) place.textContent = text;
}

function clockTime() {
  return new Date().toLocaleTimeString("zh-CN", { hour12: false });
}

document.addEventListener("saved", (event) => mark(event.target, words("saved", { time: clockTime() })));
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("[data-saves]")) mark(event.target, words("saving"));
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.matches("[data-saves]")) return;
  mark(event.target, event.detail.successful ? words("saved", { time: clockTime() }) : "");
});
