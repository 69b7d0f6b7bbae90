// Lists by keyboard: inside [data-rows] the arrows walk the rows, Home and End jump, Enter opens (the row's own link).
// A search field with data-rows-for="id" steps down into its list, and the first row steps back up into it.

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** @param {Element} list @returns {HTMLElement[]} */
function rows(list) {
  return [...list.querySelectorAll("[data-row], .row-link")].filter((row) => row.getClientRects().length > 0);
}

/** @param {Element} list @param {KeyboardEvent} event */
function walk(list, event) {
  const all = rows(list);
  const here = all.findIndex((row) => row === event.target || row.contains(event.target));
  if (here < 0) return;
  const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : here + (STEPS[event.key] || 0);
  const field = list.id && document.querySelector(`[data-rows-for="${CSS.escape(list.id)}"]`);
  const goal = next < 0 ? field : all[next];
  if (!goal) return;
  event.preventDefault();
  goal.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!(event.key in STEPS) && event.key !== "Home" && event.key !== "End") return;
  const into = event.target.dataset && event.target.dataset.rowsFor;
  if (into && event.key === "ArrowDown") {
    const first = rows(document.getElementById(into) || document.createElement("div"))[0];
    if (!first) return;
    event.preventDefault();
    first.focus();
    return;
  }
  const list = event.target.closest("[data-rows]");
  if (list && !event.target.matches("input, textarea, select")) walk(list, event);
});
