// A box that scrolls by itself must be reachable by keyboard, but only while it really scrolls.

const BOXES = ".desk > *, .frame-side, .frame-aside, .table-wrap, .sticky";

/** @param {Element} box */
function mark(box) {
  const scrolls = box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
  const clips = getComputedStyle(box).overflow !== "visible";
  if (scrolls && clips) box.setAttribute("tabindex", "0");
  else box.removeAttribute("tabindex");
}

const watcher = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));

function watch() {
  document.querySelectorAll(BOXES).forEach((box) => {
    mark(box);
    watcher.observe(box);
  });
}

watch();
document.addEventListener("htmx:afterSwap", watch);
