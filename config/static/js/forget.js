// What was typed stays on no disk. A browser writes the pages that are open down for its own restart: what a form was
// sent with, and what stands half typed in it. So a page that answers a form forgets what it answers (loading it anew
// asks for the address alone), and no form is kept by the browser unless it says so itself.
if (document.body.hasAttribute("data-posted")) history.replaceState(history.state, "", location.href);

/** @param {ParentNode} part */
function forgetful(part) {
  for (const form of part.querySelectorAll("form:not([autocomplete])")) form.setAttribute("autocomplete", "off");
}

forgetful(document);
document.addEventListener("htmx:load", (event) => {
  const part = event.target;
  if (part instanceof HTMLFormElement && !part.hasAttribute("autocomplete")) part.setAttribute("autocomplete", "off");
  if (part instanceof Element) forgetful(part);
});
