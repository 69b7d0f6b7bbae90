// data-confirm="What will happen" (and data-confirm-more) on a form or its button asks once more, in our own dialog.
import { sentByHtmx } from "./htmxforms.js";

/** @param {HTMLElement} element @returns {Promise<boolean>} */
function ask(element) {
  const dialog = document.getElementById("confirm");
  document.getElementById("confirm-text").textContent = element.dataset.confirm;
  document.getElementById("confirm-more").textContent = element.dataset.confirmMore || "";
  dialog.querySelector("[data-yes]").classList.toggle("button-danger", element.hasAttribute("data-confirm-danger"));
  dialog.returnValue = "no";
  dialog.showModal();
  dialog.querySelector("[value=no]").focus();
  return new Promise((done) => {
    dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true });
  });
}

/** @param {Element} form @param {HTMLElement | null} submitter */
function asking(form, submitter) {
  if (submitter && submitter.dataset.confirm) return submitter;
  return form.dataset.confirm ? form : null;
}

const agreed = new WeakSet();

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const element = asking(form, event.submitter);
    if (!element || sentByHtmx(form)) return;
    if (agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(element).then((yes) => {
      if (!yes) return;
      agreed.add(form);
      form.requestSubmit(event.submitter || undefined);
    });
  },
  true,
);

document.addEventListener("htmx:confirm", (event) => {
  const trigger = event.detail.triggeringEvent;
  const element = asking(event.detail.elt, trigger && trigger.submitter);
  if (!element) return;
  event.preventDefault();
  ask(element).then((yes) => yes && event.detail.issueRequest(true));
});
