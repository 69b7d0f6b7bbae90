// Somebody walks in: everything personal goes out of focus at once, and stays so on the next page.
import { writeCookie } from "./words.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-blur]");
  if (!button) return;
  const covered = document.body.classList.toggle("blurred");
  button.setAttribute("aria-pressed", String(covered));
  writeCookie("blur", covered ? "on" : "");
});
