// A form can keep a draft through htmx and still be sent by the browser itself: its hx-trigger then names no submit.

const VERBS = "[hx-post], [hx-get], [hx-put], [hx-delete]";

/** @param {Element} form @returns {boolean} whether htmx, and not the browser, sends this form */
export function sentByHtmx(form) {
  const trigger = form.getAttribute("hx-trigger");
  return form.matches(VERBS) && (trigger === null || /\bsubmit\b/.test(trigger));
}
