/** The list of articles: search, filters in the address, keys. */

import { ApiError, complain } from "../desk/http.js";
import "../desk/live.js";
import { byId, el } from "../shared/dom.js";
import { bare, command, listen } from "./keys.js";
import { isAbort, newest, request } from "./requests.js";
import { articleRow } from "./rows.js";
import { uploads } from "./upload.js";
import { HEALTH, MARKETS, READERS, STATES, counted, label, language, market } from "./words.js";

/** Rows at a time; the next are added when the end comes into view. */
const PAGE = 100;
const form = /** @type {HTMLFormElement} */ (byId("filters"));
const search = form.q;
const signal = newest();
const mayEdit = byId("knowledge").dataset.role !== "operator";

/** @type {any[]} */
let found = [];
let shown = 0;

/** The filters that are set. */
function wanted() {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  return new URLSearchParams(/** @type {[string, string][]} */ (chosen));
}

async function refresh() {
  byId("rows").setAttribute("aria-busy", "true");
  try {
    const answer = await request("GET", `/api/knowledge/articles?${wanted()}`, undefined, signal());
    offer(answer);
    show(answer.articles);
    complain();
  } catch (error) {
    if (!isAbort(error)) failed(error);
  }
}

/** @param {unknown} error */
function failed(error) {
  complain(error);
  byId("rows").removeAttribute("aria-busy");
  if (!found.length) byId("rows").replaceChildren(el("tr", {}, el("td", { class: "empty", colspan: 7 }, error instanceof ApiError && error.status ? "The list cannot be shown." : "Waiting for the server …")));
}

/** @param {any[]} articles */
function show(articles) {
  const focused = document.activeElement?.getAttribute("href");
  found = articles;
  shown = 0;
  const filtered = [...wanted()].length > 0;
  byId("rows").replaceChildren(...(found.length ? [] : [el("tr", {}, el("td", { class: "empty", colspan: 7 }, filtered ? "No article fits. Clear a filter, or write the article." : "No articles yet. Write the first one, or upload what you have."))]));
  more();
  byId("rows").removeAttribute("aria-busy");
  byId("count").textContent = counted(found.length, "article");
  byId("clear").hidden = !filtered;
  if (focused) document.querySelector(`a.open[href="${CSS.escape(focused)}"]`)?.focus();
}

function more() {
  byId("rows").append(...found.slice(shown, shown + PAGE).map(articleRow));
  shown = Math.min(found.length, shown + PAGE);
  byId("more").hidden = shown >= found.length;
}

/** Choices that only the server knows. @param {{owners: string[], intents: string[], languages: string[]}} answer */
function offer({ owners, intents, languages }) {
  options("owner", owners, (owner) => owner);
  options("intent", intents, label);
  options("language", languages, language);
}

/** @param {string} name @param {string[]} values @param {(value: string) => string} words */
function options(name, values, words) {
  const select = form[name];
  const kept = select.value || new URLSearchParams(location.search).get(name) || "";
  const all = kept && !values.includes(kept) ? [...values, kept] : values;
  select.replaceChildren(select.options[0], ...all.map((value) => el("option", { value }, words(value))));
  select.value = kept;
}

/** @param {KeyboardEvent} event */
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("a.open")]);
  const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (!step || (at < 0 && document.activeElement !== search)) return;
  event.preventDefault();
  if (at + step < 0) return search.focus();
  if (at + step >= links.length) more();
  links[Math.min(links.length - 1, at + step)]?.focus();
}

function changed() {
  const query = wanted().toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  refresh();
}

function toSearch() {
  search.focus();
  search.select();
}

for (const [name, words] of /** @type {[string, Record<string, string>][]} */ ([["status", { published: "Published", draft: STATES.draft, review: STATES.review }], ["audience", READERS], ["health", HEALTH]])) options(name, Object.keys(words), (key) => words[key]);
options("market", MARKETS.filter((code) => code !== "EU"), market);
search.value = new URLSearchParams(location.search).get("q") ?? "";
offer({ owners: [], intents: [], languages: [] });
byId("new").hidden = !mayEdit;
byId("upload-button").hidden = !mayEdit;

let timer = 0;
search.addEventListener("input", () => {
  clearTimeout(timer);
  timer = window.setTimeout(changed, 200);
});
form.addEventListener("change", (/** @type {Event} */ event) => event.target !== search && changed());
form.addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  /** @type {HTMLElement | null} */ (document.querySelector("a.open"))?.focus();
});
form.addEventListener("reset", () => setTimeout(changed)); // the fields are empty only after the event
byId("more").addEventListener("click", more);
new IntersectionObserver(([edge]) => edge.isIntersecting && more(), { rootMargin: "600px" }).observe(byId("more"));
document.addEventListener("keydown", move);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
if (mayEdit) uploads(refresh);
listen([
  { keys: ["/"], does: "Search", when: bare("/"), act: toSearch },
  { keys: ["Ctrl", "K"], does: "Search", when: command("k"), act: toSearch },
  { keys: ["↑", "↓"], does: "Move in the list" },
  { keys: ["Enter"], does: "Open the article" },
  { keys: ["N"], does: "New article", when: bare("n"), act: () => mayEdit && location.assign("/desk/knowledge/articles/new") },
]);
refresh();
