/* Passkeys: asks the server for a question, lets the browser answer it, and sends the answer with the form. */

const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withIds = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

async function answerTo(kind, question) {
  const options = { ...question.publicKey, challenge: toBytes(question.publicKey.challenge) };
  options.excludeCredentials = withIds(options.excludeCredentials);
  options.allowCredentials = withIds(options.allowCredentials);
  if (kind === "make") options.user = { ...options.user, id: toBytes(options.user.id) };
  const made = await navigator.credentials[kind === "make" ? "create" : "get"]({ publicKey: options });
  const response = {};
  for (const part of parts) if (made.response[part]) response[part] = toText(made.response[part]);
  return JSON.stringify({ id: made.id, rawId: toText(made.rawId), type: made.type, response, clientExtensionResults: {} });
}

async function go(place) {
  const form = place.closest("form");
  const failed = place.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  if (place.dataset.passkey === "make" && !form.reportValidity()) return;
  try {
    const token = form.elements.csrfmiddlewaretoken.value;
    const asked = await fetch(place.dataset.passkeyQuestion, { method: "POST", headers: { "X-CSRFToken": token } });
    const fits = (asked.headers.get("Content-Type") || "").startsWith("application/json");
    if (asked.ok && fits) {
      form.querySelector("[data-passkey-answer]").value = await answerTo(place.dataset.passkey, await asked.json());
    } else if (place.dataset.passkey !== "make" || asked.status !== 401) {
      throw new Error("no question");
    }
    // Without a fresh proof the form goes off unanswered: the page that asks for one comes back.
    if (place.dataset.passkeySend) form.action = place.dataset.passkeySend;
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

function ready() {
  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  for (const place of document.querySelectorAll("[data-passkey]")) {
    place.hidden = false;
    for (const button of place.querySelectorAll("[data-passkey-go]")) button.hidden = false;
  }
  for (const text of document.querySelectorAll("[data-passkey-missing]")) text.hidden = true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-passkey-go]");
  if (button) go(button.closest("[data-passkey]"));
});
document.addEventListener("htmx:afterSettle", ready);
ready();
