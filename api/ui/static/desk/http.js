/** The desk's requests: JSON in and out, with the CSRF token of the page. */

/** A refusal of the server; its message is fit to show. */
export class ApiError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** @param {string} path @returns {Promise<any>} */
export function get(path) {
  return ask(path, { headers: { accept: "application/json" } });
}

/** @param {string} path @param {object} [body] @returns {Promise<any>} */
export function post(path, body = {}) {
  const csrf = document.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "";
  const headers = { "content-type": "application/json", "x-csrf-token": csrf };
  return ask(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** @param {string} path @param {RequestInit} init */
async function ask(path, init) {
  const response = await fetch(path, init).catch(() => {
    throw new ApiError(0, "The server cannot be reached. Check the connection and try again.");
  });
  const data = await response.json().catch(() => null);
  if (response.ok) return data;
  if (response.status === 401 && !path.endsWith("/login")) location.assign(`/desk/login?next=${encodeURIComponent(location.pathname)}`);
  throw new ApiError(response.status, data?.error?.message ?? `The server answered ${response.status}. Reload the page and try again.`);
}

/**
 * Show a failure in the page's alert, or take the last one away.
 * @param {unknown} [error]
 */
export function complain(error) {
  const box = /** @type {HTMLElement} */ (document.getElementById("trouble"));
  box.hidden = !error;
  box.textContent = error instanceof Error ? error.message : String(error ?? "");
}
