/** The chat's HTTP side: a session token that renews itself, and requests that carry it. */

/**
 * @typedef {{id: string, width: number, height: number, url: string}} Photo
 * @typedef {{id: string, kind: string, label: string}} Source
 * @typedef {{id: string, seq: number, author: "customer"|"bot"|"operator", text: string, at: string,
 *   photos: Photo[], sources: Source[], quick_replies: string[]}} Message
 * @typedef {{owner: "bot"|"desk"|"operator", waiting: boolean}} State
 */

/** An answer of the server that is not a success; the message is fit to show. */
export class ApiError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const KEY = "portside.token";

export class Api {
  /** @param {{language: string, market: string, identity: string}} about */
  constructor(about) {
    this.about = about;
    this.brand = "";
    this.token = recall();
    /** @type {Promise<void> | null} */
    this.opening = null;
  }

  /** One session at a time, however many requests ask for it. */
  open() {
    this.opening ??= this.#open().finally(() => (this.opening = null));
    return this.opening;
  }

  async #open() {
    const { language, market, identity } = this.about;
    const wanted = { language, ...(market ? { market } : {}) };
    const known = identity || null;
    // A stale old token, then a stale identity, must not keep the customer out.
    const tries = [{ identity: known, token: this.token || undefined }, { identity: known }, { identity: null }];
    for (const [index, attempt] of tries.entries()) {
      const response = await fetch("/api/chat/session", json({ ...wanted, ...attempt }));
      if (response.status === 401 && index < tries.length - 1) continue;
      const session = await body(response);
      this.token = session.token;
      this.brand = session.brand;
      remember(this.token);
      return;
    }
  }

  /**
   * A request with the token; an expired one is renewed once.
   * @param {string} path @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  async request(path, init = {}) {
    if (!this.token || this.opening) await this.open();
    const used = this.token;
    const response = await fetch(path, this.#signed(init));
    if (response.status !== 401) return response;
    if (used === this.token) await this.open();
    return fetch(path, this.#signed(init));
  }

  /** @param {RequestInit} init */
  #signed(init) {
    return { ...init, headers: { ...init.headers, authorization: `Bearer ${this.token}` } };
  }

  /** @param {number} after @returns {Promise<{messages: Message[], state: State}>} */
  async history(after) {
    return body(await this.request(`/api/chat/messages?after=${after}`));
  }

  /**
   * Safe to repeat with the same client_id. `keepalive` lets it finish when the page is left.
   * @param {{client_id: string, text: string, photos: string[]}} message
   * @returns {Promise<{id: string, seq: number, duplicate: boolean}>}
   */
  async send(message) {
    return body(await this.request("/api/chat/messages", { ...json(message), keepalive: true }));
  }

  /** @param {Blob} file @returns {Promise<Photo>} */
  async upload(file) {
    const form = new FormData();
    form.append("file", file, "photo");
    return body(await this.request("/api/chat/photos", { method: "POST", body: form }));
  }

  /** @param {string} url @returns {Promise<Blob>} */
  async picture(url) {
    const response = await this.request(url);
    if (!response.ok) throw new ApiError(response.status, response.statusText);
    return response.blob();
  }
}

/** @param {unknown} value @returns {RequestInit} */
function json(value) {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

/** @param {Response} response @returns {Promise<any>} */
async function body(response) {
  const data = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, data?.error?.message ?? `${response.status}`);
  return data;
}

function recall() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is closed to frames on some browsers: the chat lives as long as the page
  }
}

/** @param {string} token */
function remember(token) {
  try {
    localStorage.setItem(KEY, token);
  } catch {
    // see recall
  }
}
