/** Words that the server does not have yet, kept in this browser until it has. */

/** @typedef {{front: Record<string, any>, body: string, version: number | null, at: number, page: string}} Kept */

/** Two tabs on one article must not clear each other's words. */
const page = crypto.randomUUID();

/** @param {string} key @param {{front: Record<string, any>, body: string}} content @param {number | null} version the draft's version it started from */
export function keep(key, content, version) {
  try {
    localStorage.setItem(key, JSON.stringify({ ...content, version, at: Date.now(), page }));
  } catch {
    // full or closed: the save to the server is what counts
  }
}

/** @param {string} key @returns {Kept | null} */
export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {boolean} [whosever] also what another tab has kept */
export function forget(key, whosever = false) {
  if (whosever || kept(key)?.page === page) localStorage.removeItem(key);
}

/** @param {string} article @param {string} language */
export const keyOf = (article, language) => `portside.knowledge.${article}.${language}`;
