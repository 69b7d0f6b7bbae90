// Keys struck while the page is still loading are struck again once the modules listen: an operator does not wait.
(() => {
  /** @type {KeyboardEvent[]} */
  const kept = [];
  /** @param {KeyboardEvent} event */
  const keep = (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, select, textarea, dialog");
    if (!typing && !event.isComposing) kept.push(event);
  };
  document.addEventListener("keydown", keep, true);
  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("keydown", keep, true);
    for (const { defaultPrevented, key, code, altKey, ctrlKey, metaKey, shiftKey } of kept) {
      if (defaultPrevented) continue; // a module was there already
      const again = { key, code, altKey, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true };
      (document.activeElement || document.body).dispatchEvent(new KeyboardEvent("keydown", again));
    }
  });
})();
