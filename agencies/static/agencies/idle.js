/* Warns before the session ends, lets any key extend it, and asks for the password in place when it has ended.
   Nothing leaves the page, so nothing typed is lost. */

const WARN = 120;
const QUIET = 60;
const limit = Number(document.body.dataset.idleSeconds);
const warning = document.getElementById("idle-warning");
const renew = document.getElementById("idle-renew");

if (limit && warning && renew) {
  const form = renew.querySelector("form");
  const left = warning.querySelector("[data-idle-left]");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("huhang-idle") : null;
  const now = () => Date.now() / 1000;
  let heard = now();

  const token = () => form.elements.csrfmiddlewaretoken.value;

  function stillHere(at, tell) {
    heard = at;
    if (warning.open) warning.close();
    if (tell && tabs) tabs.postMessage(at);
  }

  function ask() {
    if (warning.open) warning.close();
    if (!renew.open) renew.showModal();
    form.elements.password.focus();
  }

  async function extend() {
    const before = heard;
    heard = now();
    try {
      const answer = await fetch(warning.dataset.extend, { method: "POST", headers: { "X-CSRFToken": token() } });
      if (answer.status === 401) ask();
      else if (answer.ok) stillHere(now(), true);
      else heard = before;
    } catch {
      heard = before;
    }
  }

  function active() {
    if (!renew.open && (warning.open || now() - heard > QUIET)) extend();
  }

  function show(status, wait) {
    for (const text of form.querySelectorAll("[data-renew]")) text.hidden = text.dataset.renew !== status;
    form.querySelector("[data-renew-wait]").textContent = wait || "";
  }

  async function tryPassword(event) {
    event.preventDefault();
    const body = new FormData(form);
    form.elements.password.value = "";
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) {
        show(["401", "429"].includes(String(answer.status)) ? String(answer.status) : "409", answer.headers.get("Retry-After"));
        form.elements.password.focus();
        return;
      }
      show("", "");
      renew.close();
      stillHere(now(), true);
      document.dispatchEvent(new CustomEvent("session-renewed"));
    } catch {
      show("0", "");
    }
  }

  function tick() {
    const seconds = Math.ceil(limit - (now() - heard));
    if (renew.open) return;
    if (seconds <= 0) ask();
    else if (seconds <= WARN) {
      left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (!warning.open) warning.showModal();
    } else if (warning.open) warning.close();
  }

  form.addEventListener("submit", tryPassword);
  renew.addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("keydown", active, { capture: true, passive: true });
  document.addEventListener("pointerdown", active, { capture: true, passive: true });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr && xhr.status > 0 && xhr.status < 400 && !(requestConfig && requestConfig.headers["X-Background"])) stillHere(now(), true);
  });
  document.addEventListener("renew-needed", ask);
  document.addEventListener("sign-in-needed", () => { show("409", ""); ask(); });
  if (tabs) tabs.addEventListener("message", (event) => {
    stillHere(event.data, false);
    if (renew.open) renew.close();
  });
  setInterval(tick, 1000);
}
