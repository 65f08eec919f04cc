/** The ledger: what was given and done, by order, and where the shop says otherwise. */

import { byId, el } from "../shared/dom.js";
import { complain, get } from "./http.js";
import { authority, watch } from "./live.js";
import { badge, label, money, stamp } from "./words.js";

const search = byId("search");
const TONES = { waiting: "warn", confirmed: "good", failed: "bad", unknown: "bad" };

/** @param {string} name @param {...import("../shared/dom.js").Child} content */
const cell = (name, ...content) => el("td", { "data-name": name }, ...content);

/** @param {any} found */
function row(found) {
  const { kind, order, amount, state, authority, approved_by, error, conversation, case: at } = found;
  const where = at ? `/desk/cases/${encodeURIComponent(at)}` : `/desk/conversations/${encodeURIComponent(conversation)}`;
  return el(
    "tr",
    { "data-key": found.key },
    cell("Waiting", stamp(found.at ?? found.created_at)),
    cell("What", el("strong", {}, label(kind)), el("span", { class: "more" }, el("code", {}, found.key))),
    cell("Order", conversation || at ? el("a", { href: where }, `#${order}`) : `#${order}`),
    cell("Amount", amount ? el("span", { class: "sum" }, money(amount)) : "none"),
    cell("State", badge(label(state), TONES[/** @type {keyof typeof TONES} */ (state)]), error ? el("span", { class: "more" }, label(error)) : ""),
    cell("With", authority === "bot" ? "assistant" : authority, approved_by ? el("span", { class: "more" }, `approved by ${approved_by}`) : ""),
  );
}

/** What the two say of one effect, in words. */
const WHAT = { amount: "another amount at the shop", missing: "the shop knows nothing of it", state: "the shop says otherwise", open: "not settled yet", done: "done at the shop all the same", no_answer: "the shop does not answer" };

/** @param {any} found */
function difference({ key, kind, order, what, ledger, source, at }) {
  const words = WHAT[/** @type {keyof typeof WHAT} */ (what)] ?? label(what);
  return el("li", {}, el("strong", {}, label(kind)), ` #${order} `, badge(words, "bad"), el("small", {}, `ledger: ${label(ledger)} · shop: ${label(source)} · ${stamp(at)} · `, el("code", {}, key)));
}

/** What an order brought in, when the list is about one. @param {any[]} accounts */
function balance(accounts) {
  const words = accounts.map(({ order, currency, paid, given, left }) => `#${order}: ${money({ minor: paid, currency })} paid, ${money({ minor: given, currency })} given, ${money({ minor: left, currency })} left.`);
  byId("account").textContent = search.order.value ? words.join(" ") : "";
}

/** Only who may have it is offered the file. */
function offerExport() {
  const today = new Date().toISOString().slice(0, 10);
  byId("export").href = `/api/desk/ledger/export?from=${today.slice(0, 8)}01&to=${today}`;
  byId("file").hidden = !["lead", "finance"].includes(authority);
}

async function refresh() {
  const order = search.order.value.replace(/\D/g, "");
  history.replaceState(null, "", order ? `?order=${order}` : location.pathname);
  try {
    const { effects: found, accounts } = await get(`/api/desk/ledger${order ? `?order=${order}` : ""}`);
    const empty = order ? `Nothing was done on order #${order}.` : "Nothing was done yet.";
    byId("rows").replaceChildren(...(found.length ? found.map(row) : [el("tr", {}, el("td", { class: "empty", colspan: 6 }, empty))]));
    balance(accounts);
    byId("count").textContent = found.length === 1 ? "1 entry" : `${found.length} entries`;
    complain();
  } catch (error) {
    complain(error);
  }
}

/** Asks the shop about each row, so it is done once a visit. */
async function compare() {
  const { differences: found } = await get("/api/desk/ledger/differences?days=7").catch(() => ({ differences: [] }));
  const box = byId("differences");
  box.hidden = !found.length;
  if (found.length) box.append(el("ul", { class: "rows" }, ...found.map(difference)));
}

search.order.value = new URLSearchParams(location.search).get("order") ?? "";
search.addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  refresh();
});
offerExport();
refresh();
compare();
watch(refresh);
