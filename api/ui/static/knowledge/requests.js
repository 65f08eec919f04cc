/** Requests of the editor: any method, a signal to give them up, and what a conflict says. */

import { ApiError } from "../desk/http.js";

/** Somebody saved in between; nothing has been overwritten. */
export class Conflict extends ApiError {
  /** @param {string} message @param {Theirs} theirs */
  constructor(message, theirs) {
    super(409, message);
    this.theirs = theirs;
  }
}

/**
 * What is there now: a draft; what is published (version null) when the draft is gone; null when neither is there.
 * @typedef {{version: number | null, base: string | null, front: Record<string, any>, body: string, updated_by: string, updated_at: string | null} | null} Theirs
 */

/**
 * @param {string} method
 * @param {string} path
 * @param {object | FormData} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} throws ApiError, Conflict, or the browser's AbortError
 */
export async function request(method, path, body, signal) {
  const response = await fetch(path, { method, signal, ...content(body) }).catch((error) => {
    throw isAbort(error) ? error : new ApiError(0, "The server cannot be reached");
  });
  const data = await response.json().catch(() => null);
  if (response.ok) return data;
  if (response.status === 409 && data && "theirs" in data) throw new Conflict(data.error.message, data.theirs);
  throw new ApiError(response.status, reason(response.status, data));
}

/** @param {object | FormData} [body] @returns {RequestInit} */
function content(body) {
  const headers = { accept: "application/json", "x-csrf-token": document.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "" };
  if (!body || body instanceof FormData) return { headers, body };
  return { headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** @param {number} status @param {any} data */
function reason(status, data) {
  if (status === 401) return "You are signed out. Sign in in another tab, then come back; your words stay here.";
  if (status === 404 && data?.error?.code === "http") return "This part is not installed on the server.";
  return data?.error?.message ?? `The server answered ${status}. Try again in a moment.`;
}

/** @param {unknown} error */
export const isAbort = (error) => error instanceof DOMException && error.name === "AbortError";

/**
 * Lets only the newest of several requests speak.
 * @returns {() => AbortSignal} each call gives up the request before
 */
export function newest() {
  let running = new AbortController();
  return () => {
    running.abort();
    running = new AbortController();
    return running.signal;
  };
}

/** @param {string} id @param {string} [language] */
export const articlePath = (id, language) => `/api/knowledge/articles/${encodeURIComponent(id)}${language ? `/${encodeURIComponent(language)}` : ""}`;

/** @param {string} id @param {string} language */
export const draftPath = (id, language) => `/api/knowledge/drafts/${encodeURIComponent(id)}/${encodeURIComponent(language)}`;

/** @param {string} id @param {string} [language] */
export const editorPage = (id, language) => `/desk/knowledge/articles/${encodeURIComponent(id)}${language ? `?lang=${encodeURIComponent(language)}` : ""}`;
