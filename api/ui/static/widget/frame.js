/** What the chat says to the shop's page around it, and hears from it. */

const embedded = parent !== window;
const own = document.documentElement.dataset;
/** The page that embeds us: our own origin, or one that the server lists. `frame-ancestors` keeps all others out. */
const allowed = [location.origin, ...(own.shops ?? "").split(" ").filter(Boolean)];
let shop = location.origin;

/** @param {string} type @param {object} [more] */
function tell(type, more = {}) {
  if (embedded) parent.postMessage({ portside: 1, type, ...more }, type === "ready" ? "*" : shop);
}

export const close = () => tell("close");

/** @param {number} count */
export const unread = (count) => tell("unread", { count });

export const isEmbedded = embedded;

/**
 * Start listening; resolves with the shop's first word, or at once on a page of our own.
 * @param {{opened: () => void, closed: () => void, draft: (text: string) => void, identity: (token: string) => void}} on
 * @returns {Promise<{identity: string, open: boolean, draft: string}>}
 */
export function start(on) {
  if (!embedded) return Promise.resolve({ identity: "", open: true, draft: "" });
  return new Promise((resolve) => {
    // A page without our loader never answers; the chat then runs without an identity.
    const timer = setTimeout(() => resolve({ identity: "", open: true, draft: "" }), 1500);
    addEventListener("message", (event) => {
      if (event.source !== parent || !allowed.includes(event.origin) || !event.data?.portside) return;
      shop = event.origin;
      const { type, identity = "", draft = "", open = false } = event.data;
      if (type === "start") {
        clearTimeout(timer);
        resolve({ identity, open, draft });
      } else if (type === "opened") on.opened();
      else if (type === "closed") on.closed();
      else if (type === "draft") on.draft(draft);
      else if (type === "identity") on.identity(identity);
    });
    tell("ready");
  });
}
