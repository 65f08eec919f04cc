/** Values as operators read them. */

import { el } from "../shared/dom.js";

const languages = new Intl.DisplayNames("en", { type: "language" });
const stamps = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** @param {string} key such as not_certified */
export const label = (key) => (key ?? "").replaceAll("_", " ");

/** @param {string} code */
export const language = (code) => (code ? (languages.of(code) ?? code) : "unknown");

/** @param {string} iso */
export const stamp = (iso) => (iso ? stamps.format(new Date(iso)) : "");

/** @param {{minor: number, currency: string}} amount */
export function money(amount) {
  return new Intl.NumberFormat("en", { style: "currency", currency: amount.currency }).format(amount.minor / minor(amount.currency));
}

/** How many of its smallest unit make one. @param {string} currency */
export function minor(currency) {
  return 10 ** (new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2);
}

/** @param {number} ms @returns {string} such as "2 h 5 min" */
export function span(ms) {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 1440)} days`;
}

/**
 * How long there is to answer; kept current by `tick`.
 * @param {string} due ISO time
 */
export function clock(due) {
  const made = el("time", { class: "clock", datetime: due, title: `Due ${stamp(due)}`, "data-due": due });
  wind(made);
  return made;
}

/** @param {Element} node */
function wind(node) {
  const left = Date.parse(node.getAttribute("data-due") ?? "") - Date.now();
  node.textContent = left < 0 ? `${span(left)} overdue` : `${span(left)} left`;
  node.setAttribute("data-state", left < 0 ? "over" : left < 30 * 60_000 ? "soon" : "calm");
}

export function tick() {
  setInterval(() => document.querySelectorAll("[data-due]").forEach(wind), 20_000);
}

/** @param {string} text @param {string} [tone] good | warn | bad | accent */
export function badge(text, tone = "") {
  return el("span", { class: `tag ${tone}` }, text);
}

/** @param {string} urgency */
export function urgency(urgency) {
  return badge(urgency, { critical: "bad", high: "warn" }[urgency] ?? "");
}
