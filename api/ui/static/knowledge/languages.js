/** The languages of an article: where each stands, and one click or key to it. */

import { byId, el } from "../shared/dom.js";
import { STATES, language } from "./words.js";

/** Codes in the order of the bar: the source first. @param {any} article @param {string} code the one that is open, @param {string[]} all */
export function order(article, code, all) {
  const known = new Set([...Object.keys(article?.variants ?? {}), code]);
  const source = article?.source_language;
  return [...known].sort((one, other) => Number(other === source) - Number(one === source) || all.indexOf(one) - all.indexOf(other));
}

/** Published languages that are translated from this one. @param {any} article @param {string} code @returns {string[]} */
export const translations = (article, code) => Object.keys(article?.variants ?? {}).filter((other) => other !== code && code === article.source_language && article.variants[other].published);

/**
 * @param {any} article @param {string} code the one that is open @param {string[]} all codes that may be written in
 * @param {{open: (code: string) => void, locked: boolean}} how
 */
export function languageBar(article, code, all, { open, locked }) {
  const shown = order(article, code, all);
  const wanted = JSON.stringify(shown.map((other) => [other, other === code, stateOf(article, other), Boolean(article?.variants[other]?.outdated)]));
  if (byId("languages").dataset.shown === wanted) return; // nobody loses the focus for nothing
  byId("languages").dataset.shown = wanted;
  const missing = all.filter((other) => !shown.includes(other));
  const add = /** @type {HTMLSelectElement} */ (el("select", { class: "form-select form-select-sm", "aria-label": "Translate into another language" }, el("option", { value: "" }, "Add a language"), ...missing.map((other) => el("option", { value: other }, language(other)))));
  add.addEventListener("change", () => add.value && open(add.value));
  byId("languages").replaceChildren(...shown.map((other, at) => tab(other, at, article, code, open)), ...(locked || !missing.length ? [] : [add]));
}

/** @param {string} code @param {number} at @param {any} article @param {string} now @param {(code: string) => void} open */
function tab(code, at, article, now, open) {
  const variant = article?.variants[code];
  const state = stateOf(article, code);
  const words = [STATES[state]?.toLowerCase() ?? "not written", variant?.outdated ? "behind its source" : "", code === article?.source_language ? "the source" : ""].filter(Boolean).join(", ");
  return el(
    "button",
    { type: "button", class: "language", "aria-current": code === now ? "true" : null, "aria-keyshortcuts": at < 9 ? `Alt+${at + 1}` : null, "data-state": state, "data-outdated": Boolean(variant?.outdated), title: words, onclick: () => open(code) },
    language(code),
    el("span", { class: "quiet" }, `, ${words}`),
  );
}

/** @param {any} article @param {string} code @returns {string} */
function stateOf(article, code) {
  const { draft, published, retired } = article?.variants[code] ?? {};
  return draft?.state ?? (published ? "published" : retired ? "retired" : "none");
}
