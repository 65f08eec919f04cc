/** The desk's requests: JSON in and out, with the CSRF token of the page. */

import { read } from "../shared/sse.js";

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
  return ask(path, { method: "POST", headers: sending(), body: JSON.stringify(body) });
}

function sending() {
  return { "content-type": "application/json", "x-csrf-token": document.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "" };
}

/**
 * The events of a posted request, until the server ends them.
 * @param {string} path @param {object} body @param {AbortSignal} signal
 */
export async function* stream(path, body, signal) {
  const response = await reach(path, { method: "POST", headers: { ...sending(), accept: "text/event-stream" }, body: JSON.stringify(body), signal });
  if (!response.ok || !response.body) return refuse(path, response);
  yield* read(response.body);
}

/** @param {string} path @param {RequestInit} init */
async function ask(path, init) {
  const response = await reach(path, init);
  return response.ok ? response.json().catch(() => null) : refuse(path, response);
}

/** @param {string} path @param {RequestInit} init */
function reach(path, init) {
  return fetch(path, init).catch(() => {
    throw new ApiError(0, "The server cannot be reached. Check the connection and try again.");
  });
}

/** @param {string} path @param {Response} response @returns {Promise<never>} */
async function refuse(path, response) {
  const data = await response.json().catch(() => null);
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
