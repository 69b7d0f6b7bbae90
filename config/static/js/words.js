// Words the server has already translated, and cookies that hold preferences (never data).

/** @param {string} name @param {Record<string, string | number>} [parts] @returns {string} */
export function words(name, parts = {}) {
  const box = document.getElementById("words");
  const pattern = (box && box.dataset[name]) || "";
  return pattern.replace(/\{(\w+)\}/g, (_all, key) => String(parts[key] ?? ""));
}

/** @param {string} name @returns {string} */
export function readCookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** @param {string} name @param {string} value @param {number} [days] without it the cookie ends with the browser */
export function writeCookie(name, value, days) {
  const age = value === "" ? "; max-age=0" : days ? `; max-age=${days * 86400}` : "";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; samesite=lax${age}${secure}`;
}
