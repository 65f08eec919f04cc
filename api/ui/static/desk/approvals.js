/** What waits for a second person: looked at, approved or refused. */

import { byId, el } from "../shared/dom.js";
import { ApiError, complain, get, post } from "./http.js";
import { authority, me, watch } from "./live.js";
import { badge, clock, label, money, stamp, tick } from "./words.js";

const filters = byId("filters");

/** @param {string} name @param {...import("../shared/dom.js").Child} content */
const cell = (name, ...content) => el("td", { "data-name": name }, ...content);

/** @param {any} found */
function row(found) {
  const { kind, order, amount, conversation, case: at, payload, why, needs, requested_by, created_at } = found;
  const where = at ? `/desk/cases/${encodeURIComponent(at)}` : `/desk/conversations/${encodeURIComponent(conversation)}`;
  return el(
    "tr",
    { "data-approval": found.id },
    cell("What", el("strong", {}, label(kind)), " ", amount ? el("span", { class: "sum" }, money(amount)) : "", " ", el("a", { href: where }, `#${order}`), el("span", { class: "more" }, lines(payload))),
    cell("Asked by", requested_by === me ? badge("you", "accent") : requested_by, el("span", { class: "more" }, stamp(created_at))),
    cell("Why", badge(`needs ${needs}`, "warn"), el("span", { class: "more" }, why)),
    cell("Account", ...account(found)),
    cell("Decision", ...(found.state === "waiting" ? deciding(found) : decided(found))),
  );
}

/** @param {any} payload what the shop is told */
function lines({ lines: pieces = [], others = [], reason }) {
  const list = (/** @type {any[]} */ all) => all.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ");
  return [[list(pieces), list(others)].filter(Boolean).join(" → "), label(reason)].filter(Boolean).join(" · ");
}

/** @param {any} found */
function account({ paid, refunded, given, amount }) {
  if (!paid) return ["not known"];
  const left = paid.minor - (given?.minor ?? 0);
  const over = amount && amount.minor > left;
  return [
    el("span", { class: "sum" }, `${money(paid)} paid`),
    el("span", { class: "more" }, `${money(refunded ?? { ...paid, minor: 0 })} refunded, ${money(given ?? { ...paid, minor: 0 })} granted besides this`),
    over ? badge("more than is left", "bad") : "",
  ];
}

/** @param {any} found */
function deciding(found) {
  const left = clock(found.expires_at);
  if (found.mine) return [left, el("span", { class: "more" }, "A second person decides.")];
  if (!found.may) return [left, el("span", { class: "more" }, `Your authority is ${authority || "operator"}: somebody with ${found.needs} decides.`)];
  const note = /** @type {HTMLInputElement} */ (el("input", { class: "form-control form-control-sm", "aria-label": `Note on #${found.order}`, placeholder: "Note; needed to refuse", maxlength: 1000 }));
  const send = (/** @type {string} */ verdict) => () => decide(found, verdict, note);
  return [
    left,
    el("div", { class: "decide" }, note, el("button", { type: "button", class: "btn btn-sm btn-primary", onclick: send("approve") }, "Approve"), el("button", { type: "button", class: "btn btn-sm btn-outline-danger", onclick: send("refuse") }, "Refuse")),
  ];
}

/** @param {any} found */
function decided({ state, decided_by, decided_at, note }) {
  return [badge(state, state === "approved" ? "good" : "bad"), el("span", { class: "more", dir: "auto" }, [decided_by, stamp(decided_at), note].filter(Boolean).join(" · "))];
}

/** @param {any} found @param {string} verdict @param {HTMLInputElement} note */
async function decide(found, verdict, note) {
  if (verdict === "refuse" && !note.value.trim()) {
    complain("Say why: the colleague who asked must tell the customer something.");
    note.focus();
    return;
  }
  try {
    await post(`/api/desk/approvals/${encodeURIComponent(found.id)}/${verdict}`, { note: note.value });
    note.blur();
    await refresh();
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) await refresh();
    complain(error);
  }
}

async function refresh() {
  // A note being written must not be drawn away under the writer's hands.
  if (document.activeElement?.matches("#rows input") && /** @type {HTMLInputElement} */ (document.activeElement).value) return;
  try {
    const { approvals } = await get(`/api/desk/approvals?state=${filters.state.value}`);
    byId("rows").replaceChildren(...(approvals.length ? approvals.map(row) : [el("tr", {}, el("td", { class: "empty", colspan: 5 }, filters.state.value === "waiting" ? "Nothing waits for a second person." : "None."))]));
    byId("count").textContent = approvals.length === 1 ? "1 entry" : `${approvals.length} entries`;
    complain();
  } catch (error) {
    complain(error);
  }
}

filters.addEventListener("change", refresh);
refresh();
watch(refresh);
tick();
