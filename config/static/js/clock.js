// Live times. <time data-due> counts down in the server's words each half minute; <time data-since> is a call's 00:42, each second.
import { words } from "./words.js";

const TICK_MS = 30_000;

/** @param {number} ms */
function span(ms) {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (!minutes) return words("moment");
  const parts = [days && words("day", { n: days }), hours && words("hour", { n: hours }), !days && rest && words("minute", { n: rest })];
  return parts.filter(Boolean).join(" ");
}

/** @param {HTMLElement} time @param {number} now */
function countDown(time, now) {
  const left = Date.parse(time.dataset.due) - now;
  const clock = time.closest(".clock");
  time.textContent = words(left >= 0 ? "left" : "over", { span: span(left) });
  if (!clock) return;
  clock.classList.toggle("clock-overdue", left < 0);
  if (time.dataset.warn) clock.classList.toggle("clock-soon", left >= 0 && now >= Date.parse(time.dataset.warn));
}

/** @param {HTMLElement} time @param {number} now */
function countUp(time, now) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(time.dataset.since)) / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  time.textContent = parts.slice(parts[0] ? 0 : 1).map((part) => String(part).padStart(2, "0")).join(":");
}

function tick() {
  document.querySelectorAll("time[data-due]").forEach((time) => countDown(time, Date.now()));
}

function tickSince() {
  document.querySelectorAll("time[data-since]").forEach((time) => countUp(time, Date.now()));
}

tick();
tickSince();
setInterval(tick, TICK_MS);
setInterval(tickSince, 1000);
document.addEventListener("htmx:afterSwap", tick);
