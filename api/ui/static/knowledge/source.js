/** The source text beside its translation, with what changed since the translation was brought in line. */

import { badge } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { unified } from "./difference.js";
import { prose } from "./html.js";
import { direction, language } from "./words.js";

/** Whether the next saves count as following the source's changes. */
let following = true;
export const inLine = () => following;
export const follow = () => void (following = true);

/**
 * @param {any} source the source language's variant @param {string} code its language
 * @param {any} variant the translation's
 * @param {{copy: (text: string) => void, follows: () => void, locked: boolean, empty: boolean}} how `empty`: nothing is translated yet
 */
export function showSource(source, code, variant, how) {
  const text = source?.published ?? source?.draft;
  const changes = variant?.source_changes ?? [];
  following = !variant?.outdated;
  const panel = byId("panel-source");
  if (!text) return panel.replaceChildren(el("p", {}, `There is no text in ${language(code)} to translate from. “Translated from” stands under Details.`));
  const dir = direction(code);
  panel.replaceChildren(
    el("p", { class: "about" }, badge(language(code), "accent"), variant?.outdated ? badge("has changed since this translation", "warn") : variant?.published ? badge("in line", "good") : null, source.draft && source.published ? badge("a newer draft is being written") : null),
    ...(variant?.outdated && changes.length ? [changed(changes, dir, how)] : []),
    el("h2", { class: "prose-title", dir, lang: code }, text.front.title),
    text.html ? prose(text.html, code, dir) : el("pre", { class: "plain", dir, lang: code }, text.body),
    ...(how.locked || !how.empty ? [] : [el("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () => how.copy(text.body) }, "Put the source text into the empty translation")]),
  );
}

/** @param {any[]} changes @param {"ltr" | "rtl"} dir @param {{follows: () => void, locked: boolean}} how */
function changed(changes, dir, { follows, locked }) {
  const lines = changes.map((line) => (typeof line === "string" ? plain(line) : line));
  const tick = (/** @type {Event} */ event) => {
    following = /** @type {HTMLInputElement} */ (event.target).checked;
    follows();
  };
  const box = el("label", { class: "check" }, el("input", { type: "checkbox", class: "form-check-input", onchange: tick }), " This translation follows these changes now");
  return el("section", { class: "changes", "aria-label": "What changed in the source" }, el("h3", {}, "What changed in the source"), unified(lines, dir), locked ? null : box);
}

/** @param {string} line with + or - before it @returns {import("./difference.js").Line} */
function plain(line) {
  const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
  return { kind, text: line.slice(1) };
}
