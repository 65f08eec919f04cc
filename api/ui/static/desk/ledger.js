/** The ledger: what was given and done, by order, and where the shop says otherwise. */

import { byId, el } from "../shared/dom.js";
import { complain, get } from "./http.js";
import { watch } from "./live.js";
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

/** @param {any} found */
function difference(found) {
  const said = found.source ?? found.at_source ?? found.shop;
  const words = found.why ?? found.difference ?? `ledger ${label(found.state ?? found.ledger)}, shop ${label(typeof said === "string" ? said : (said?.state ?? "knows nothing of it"))}`;
  return el("li", {}, el("strong", {}, label(found.kind)), ` #${found.order} `, found.amount ? el("span", { class: "sum" }, money(found.amount)) : "", " ", badge(words, "bad"), el("small", {}, found.key ?? ""));
}

/** @param {any} answer @returns {any[]} */
const first = (answer) => Object.values(answer).find(Array.isArray) ?? [];

async function refresh() {
  const order = search.order.value.replace(/\D/g, "");
  history.replaceState(null, "", order ? `?order=${order}` : location.pathname);
  try {
    const found = first(await get(`/api/desk/ledger${order ? `?order=${order}` : ""}`));
    const empty = order ? `Nothing was done on order #${order}.` : "Nothing was done yet.";
    byId("rows").replaceChildren(...(found.length ? found.map(row) : [el("tr", {}, el("td", { class: "empty", colspan: 6 }, empty))]));
    byId("count").textContent = found.length === 1 ? "1 entry" : `${found.length} entries`;
    complain();
  } catch (error) {
    complain(error);
  }
}

/** Asks the shop about each row, so it is done once a visit. */
async function compare() {
  const found = first(await get("/api/desk/ledger/differences").catch(() => ({})));
  const box = byId("differences");
  box.hidden = !found.length;
  if (found.length) box.append(el("ul", { class: "rows" }, ...found.map(difference)));
}

search.order.value = new URLSearchParams(location.search).get("order") ?? "";
search.addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  refresh();
});
refresh();
compare();
watch(refresh);
