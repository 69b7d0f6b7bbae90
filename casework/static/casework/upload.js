// How far the files of a form are on their way. The form works without this.

/** @param {Event} event */
function bar(event) {
  const form = event.target instanceof Element ? event.target.closest("form[data-upload]") : null;
  const files = form ? form.querySelector("input[type=file]") : null;
  return files instanceof HTMLInputElement && files.files && files.files.length ? form.querySelector("[data-upload-bar]") : null;
}

document.addEventListener("htmx:xhr:progress", (event) => {
  const shown = bar(event);
  if (!shown || !(event instanceof CustomEvent) || !event.detail.lengthComputable) return;
  const percent = Math.round((100 * event.detail.loaded) / event.detail.total);
  const here = shown.querySelector("progress");
  const said = shown.querySelector("output");
  if (here) here.value = percent;
  if (said) said.textContent = `${percent}%`;
  shown.removeAttribute("hidden");
  shown.querySelector("[data-upload-sent]")?.toggleAttribute("hidden", percent === 100);
  shown.querySelector("[data-upload-done]")?.toggleAttribute("hidden", percent < 100);
});
