/** The help pages' comfort: search while typing, the chat, and what concerns a signed-in customer first. Everything reads without it. */

import { byId, el } from "../shared/dom.js";
import { Api } from "../widget/api.js";

/** @typedef {{id: string, title: string, summary: string, why: string, language: string}} Card */
/** @typedef {{open: () => void, ask: (text: string) => void, identify: (token: string) => void}} Chat what the widget's loader leaves on the page */

const page = new URLSearchParams(location.search);
const language = document.documentElement.lang;
const market = byId("visitor").elements.market.value;
/** Milliseconds of not typing until the server is asked. */
const PAUSE = 250;

/** @returns {Chat | undefined} */
const chat = () => /** @type {any} */ (window).Portside;
const question = () => /** @type {HTMLInputElement | null} */ (document.getElementById("q"))?.value.trim() ?? "";

byId("visitor").addEventListener("change", () => {
  // A search stays when language or country change.
  if (question()) byId("visitor").append(el("input", { type: "hidden", name: "q", value: question() }));
  byId("visitor").submit();
});

for (const link of document.querySelectorAll("[data-talk], [data-ask]")) {
  link.addEventListener("click", (event) => {
    const widget = chat();
    if (!widget) return; // the link leads to the ways to reach us
    event.preventDefault();
    if (link.hasAttribute("data-ask") && question()) widget.ask(question());
    else widget.open();
  });
}

/** The page's own parameters go along, so that language, country and customer stay. @param {Card} card */
function entry(card) {
  const kept = new URLSearchParams([...page].filter(([name]) => name === "as"));
  kept.set("lang", language);
  if (market) kept.set("market", market);
  const foreign = card.language !== language && { lang: card.language, dir: "auto" };
  const why = byId("first-title") && byId("first").dataset[card.why];
  const name = new Intl.DisplayNames([language], { type: "language" });
  return el(
    "li",
    { class: "card" },
    why ? el("p", { class: "why" }, why) : null,
    el(
      "h3",
      {},
      el("a", { href: `/faq/${encodeURIComponent(card.id)}?${kept}`, ...foreign }, card.title),
      foreign ? el("span", { class: "mark" }, name.of(card.language) ?? card.language) : null,
    ),
    el("p", { class: "summary", ...foreign }, card.summary),
  );
}

/** @param {Record<string, string>} more @returns {string} */
function address(more) {
  return `/api/faq?${new URLSearchParams({ language, ...(market ? { market } : {}), ...more })}`;
}

function search() {
  const box = byId("q");
  /** @type {AbortController | undefined} */
  let asking;
  let timer = 0;
  const ask = async () => {
    asking?.abort();
    const q = question();
    byId("results").hidden = !q;
    if (!q) return;
    asking = new AbortController();
    try {
      const response = await fetch(address({ q }), { signal: asking.signal });
      if (response.ok) show(await response.json());
    } catch {
      // a newer question has taken its place, or the line is down: Enter still asks the server for a page
    }
  };
  box.addEventListener("input", (/** @type {InputEvent} */ event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("compositionend", ask);
}

/** @param {{articles: Card[], answerable: boolean}} found */
function show({ articles, answerable }) {
  byId("hits").replaceChildren(...articles.map(entry));
  byId("nothing").hidden = answerable;
  byId("results").hidden = false;
  byId("told").textContent = answerable ? `${byId("results-title").textContent}: ${articles.length}` : byId("nothing").firstElementChild.textContent;
}

/**
 * A shop links to `/faq#identity=...`, signed as for the chat; a fragment reaches no server's log. It is kept for this visit, so that the
 * chat on the next page is still the customer's own.
 */
function identity() {
  const given = new URLSearchParams(location.hash.slice(1)).get("identity") ?? "";
  try {
    if (given) sessionStorage.setItem("portside.identity", given);
    return given || (sessionStorage.getItem("portside.identity") ?? "");
  } catch {
    return given;
  } finally {
    if (given) history.replaceState(null, "", location.pathname + location.search);
  }
}

/** @param {string} signed */
async function personal(signed) {
  chat()?.identify(signed);
  const list = document.getElementById("first");
  if (!list) return;
  const response = await new Api({ language, market, identity: signed }).request(address({ limit: "6" }));
  if (!response.ok) return;
  /** @type {{articles: Card[]}} */
  const { articles } = await response.json();
  list.replaceChildren(...articles.map(entry));
  const title = byId("first-title");
  if (articles.some((card) => card.why === "order")) title.textContent = title.dataset.personal;
}

if (document.getElementById("search")) search();
const signed = identity();
// A page that the demo has signed in already shows what concerns its customer.
if (signed && !page.has("as")) personal(signed).catch(() => {}); // the page is complete without it
