/** What may be done about a case: offers for the customer to choose from, and what the operator orders with the reply. */

import { byId, el } from "../shared/dom.js";
import { authority } from "./live.js";
import { badge, label, minor, money } from "./words.js";

const ROLES = ["bot", "operator", "lead", "finance"];
/** Nothing is carried out for these. */
const WORDS_ONLY = new Set(["answer", "order_facts"]);

/** Whether Portside can carry it out with a reply. @param {any} remedy */
const orderable = ({ kind, order, detail }) => !WORDS_ONLY.has(kind) && Boolean(order) && (kind !== "change_address" || detail.length > 0);

/**
 * @param {any} packet @param {boolean} open whether the case can still be answered
 * @param {(keys: string[]) => unknown} offer sends the chosen ones to the customer
 */
export function showRemedies(packet, open, offer) {
  byId("offers").replaceChildren(...offers(packet, open, offer));
  const shown = toOrder(packet);
  const items = shown.map((/** @type {any} */ remedy) => choice(remedy, open, packet.card?.account, standing(remedy, packet)));
  byId("remedies").replaceChildren(...(shown.length ? [el("fieldset", { class: "remedies" }, el("legend", {}, "Order with the reply"), ...items)] : []));
}

/** What is suggested; what the customer chose takes the place of its kind, or comes first. @param {any} packet */
function toOrder({ suggested, chosen }) {
  const shown = suggested.filter((/** @type {any} */ remedy) => !WORDS_ONLY.has(remedy.kind) && remedy.kind !== chosen?.remedy.kind);
  return chosen ? [chosen.remedy, ...shown] : shown;
}

/** Who may order it, where an offer of the same tells; else only whether the agent may not. @param {any} remedy @param {any} packet */
function standing(remedy, { offers: all = [], chosen }) {
  if (remedy === chosen?.remedy) return [badge("the customer chose this", "accent"), " ", approval(chosen.role)];
  if (remedy.blocked) return [badge(`not alone: ${label(remedy.blocked)}`, "warn")];
  const same = all.find((/** @type {any} */ each) => each.remedy.kind === remedy.kind && (!remedy.amount || remedy.amount.minor === each.remedy.amount?.minor));
  return [same ? approval(same.role) : badge("within limits", "good")];
}

/** @param {string} role */
const beyond = (role) => ROLES.indexOf(role) > ROLES.indexOf(authority || "operator");

/** @param {string} role the lowest that may grant it */
const approval = (role) => (beyond(role) ? badge(`needs ${role}’s approval`, "warn") : badge("yours to grant", "good"));

/** @param {any} packet @param {boolean} open @param {(keys: string[]) => unknown} offer */
function offers({ offers: all = [], told, chosen }, open, offer) {
  if (!all.length) return [];
  const box = el("fieldset", { class: "remedies" }, el("legend", {}, "Offers for the customer"), ...all.map((/** @type {any} */ each) => offered(each, open, told, chosen)));
  if (told) box.append(el("p", { class: "none" }, chosen ? "" : "The customer was told of these and has not chosen yet."));
  if (!open || chosen) return [box];
  const send = () => offer([.../** @type {NodeListOf<HTMLInputElement>} */ (box.querySelectorAll("input:checked"))].map((input) => input.value));
  const button = el("button", { type: "button", id: "offer", class: "btn btn-sm btn-outline-primary", onclick: send }, "Offer these to the customer");
  box.addEventListener("change", () => button.toggleAttribute("disabled", !box.querySelector("input:checked")));
  box.append(button);
  return [box];
}

/** @param {any} offer @param {boolean} open @param {boolean} told @param {any} chosen */
function offered({ key, remedy, days, cost, grams, role }, open, told, chosen) {
  const facts = [
    remedy.amount && money(remedy.amount),
    pieces(remedy),
    days && `${days[0] === days[1] ? days[0] : `${days[0]} to ${days[1]}`} business days`,
    cost && `customer pays ${money(cost)}`,
    grams && `${grams} g CO₂`,
  ].filter(Boolean);
  const words = [el("strong", {}, label(key.replace(/^offer-/, "").replaceAll("-", " "))), ` ${facts.join(", ")} `];
  const mark = chosen?.key === key ? badge("the customer chose this", "accent") : approval(role);
  const box = el("input", { type: "checkbox", class: "form-check-input", value: key, checked: !told || chosen?.key === key, disabled: !open || Boolean(chosen) });
  return el("label", { class: "form-check" }, box, el("span", {}, ...words, mark, rule(remedy.rule)));
}

/** @param {any} remedy */
function pieces({ pieces = [], others = [] }) {
  const list = (/** @type {any[]} */ all) => all.map(({ sku, quantity }) => (quantity > 1 ? `${quantity} × ${sku}` : sku)).join(", ");
  return [list(pieces), list(others)].filter(Boolean).join(" → ");
}

/** @param {string} rule */
const rule = (rule) => (rule ? el("small", { class: "rule" }, rule) : null);

/** @param {any} remedy @param {boolean} open @param {any} account @param {(string | HTMLElement)[]} marks */
function choice(remedy, open, account, marks) {
  const { kind, intent, order, amount } = remedy;
  const about = [order && `#${order}`, amount && money(amount), pieces(remedy), `for ${label(intent)}`].filter(Boolean).join(", ");
  const words = [el("strong", {}, label(kind)), ` ${about} `, ...marks];
  if (!orderable(remedy)) return el("p", { class: "by-hand" }, ...words, el("small", {}, order ? "The new address is missing: ask the customer for it." : "No order is proven."));
  const box = el("input", { type: "checkbox", class: "form-check-input", value: kind, disabled: !open, "data-currency": (amount ?? account?.paid)?.currency });
  const line = el("label", { class: "form-check" }, box, el("span", {}, ...words, rule(remedy.rule)));
  return kind === "refund" && open ? el("div", { "data-priced": "" }, line, sum(/** @type {HTMLInputElement} */ (box), amount, account)) : line;
}

/** How much of a refund; empty = all that is left. @param {HTMLInputElement} box @param {any} amount @param {any} account */
function sum(box, amount, account) {
  const currency = box.dataset.currency ?? "EUR";
  const field = /** @type {HTMLInputElement} */ (el("input", { class: "form-control form-control-sm", inputmode: "decimal", "data-amount": "", value: amount ? (amount.minor / minor(currency)).toFixed(String(minor(currency)).length - 1) : "", placeholder: "all that is left" }));
  const note = el("span", { role: "status" });
  const tell = () => note.replaceChildren(box.checked ? needs(Math.round(Number(field.value.replace(",", ".")) * minor(currency)), account) : "");
  field.addEventListener("input", () => {
    box.checked = true;
    tell();
  });
  box.addEventListener("change", tell);
  return el("div", { class: "amount" }, el("label", {}, `${currency} `, field), account ? `of ${money(left(account))} left` : "", note);
}

/** @param {any} account */
const left = ({ paid, refunded }) => ({ minor: paid.minor - refunded.minor, currency: paid.currency });

/** Who must agree, as far as this page can tell; the ledger decides. @param {number} wanted @param {any} account */
function needs(wanted, account) {
  if (!account) return "";
  if (Number.isNaN(wanted) || wanted < 0) return badge("not an amount", "bad");
  const open = left(account).minor;
  if (wanted > open) return badge("more than is left of what was paid", "bad");
  const all = account.refunded.minor + (wanted || open);
  const [role] = account.limits.find((/** @type {any} */ [, bound]) => bound === null || all <= bound.minor) ?? ["finance"];
  return approval(role);
}

/** What the operator has ticked: kinds, and those with an amount of their own. */
export function chosenRemedies() {
  /** @type {string[]} */
  const kinds = [];
  /** @type {any[]} */
  const orders = [];
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#remedies input:checked"))) {
    const field = /** @type {HTMLInputElement | null} */ (box.closest("[data-priced]")?.querySelector("[data-amount]"));
    if (!field?.value.trim()) kinds.push(box.value);
    else orders.push({ kind: box.value, minor: Math.round(Number(field.value.replace(",", ".")) * minor(box.dataset.currency ?? "EUR")), currency: box.dataset.currency });
  }
  return { remedies: kinds, ...(orders.length ? { orders } : {}) };
}

