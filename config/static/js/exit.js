// The quick exit of public pages: the button, or Esc or Shift three times within two seconds. The page is emptied first.
// No module: it listens before the page is drawn. The way out never waits for us; what is known here is ended beside it,
// and without any script the link works.
(() => {
  const WINDOW_MS = 2000;
  const KEYS = ["Escape", "Shift"];
  /** @type {{ key: string, at: number }[]} */
  let presses = [];

  function leave() {
    const exit = document.querySelector("[data-exit]");
    if (!exit) return;
    document.documentElement.classList.add("left-page");
    document.title = "";
    document.cookie = "away=1; max-age=600; path=/; samesite=strict";
    navigator.sendBeacon("/leave", new URLSearchParams({ csrfmiddlewaretoken: exit.dataset.exit }));
    location.replace(exit.href);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-exit]")) return;
    event.preventDefault();
    leave();
  });
  // Esc also tells a browser to stop loading: not the page she leaves for.
  document.addEventListener("keydown", (event) => event.key === "Escape" && event.preventDefault());
  document.addEventListener("keyup", (event) => {
    if (!KEYS.includes(event.key) || event.isComposing) {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses, { key: event.key, at: now }].filter((one) => one.key === event.key && now - one.at < WINDOW_MS);
    if (presses.length >= 3) leave();
  });

  // The back button leads away again, for ten minutes: an earlier page of ours stays empty, however it was kept.
  const hasLeft = () => document.cookie.includes("away=1");
  const [way] = performance.getEntriesByType("navigation");
  if (way && way.type === "back_forward" && hasLeft()) {
    document.documentElement.classList.add("left-page");
    document.addEventListener("DOMContentLoaded", leave);
  }
  window.addEventListener("pageshow", (event) => event.persisted && hasLeft() && leave());
})();
