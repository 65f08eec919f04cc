/** One article in the list. */

import { el } from "../shared/dom.js";
import { editorPage } from "./requests.js";
import { READERS, STATES, day, healthMarks, label, language, market, folded, origin } from "./words.js";

/** @typedef {{language: string, state: string, outdated: boolean}} Variant */

/** @param {any} article */
export function articleRow(article) {
  const places = folded(article.markets).map(market);
  const where = places.length ? places.slice(0, 3).join(", ") + (places.length > 3 ? ` and ${places.length - 3} more` : "") : "every market";
  return el(
    "tr",
    {},
    cell("Article", el("a", { class: "open", href: editorPage(article.id), dir: "auto" }, article.title || article.id), el("span", { class: "more" }, [article.id, ...article.intents.map(label)].join(" · "))),
    cell("Languages", ...article.languages.map((/** @type {Variant} */ variant) => chip(article, variant))),
    cell("Health", ...(article.health.length ? healthMarks(article.health) : [el("span", { class: "fine" }, "Good")])),
    cell("For", READERS[article.audience] ?? label(article.audience), el("span", { class: "more" }, where)),
    cell("Owner", article.owner || "nobody", article.review_on ? el("span", { class: "more" }, `review ${day(article.review_on)}`) : null),
    el("td", { "data-name": "Replies", class: "replies" }, String(article.used_30d)),
    cell("Source", origin(article.source)),
  );
}

/** @param {string} name @param {...import("../shared/dom.js").Child} content */
const cell = (name, ...content) => el("td", { "data-name": name }, ...content);

/** A link of its own above the row's, so a language is one click away. @param {any} article @param {Variant} variant */
function chip(article, { language: code, state, outdated }) {
  const words = `${language(code)}: ${(STATES[state] ?? state).toLowerCase()}${outdated ? ", behind its source" : ""}`;
  return el("a", { class: "variant", href: editorPage(article.id, code), "data-state": state, "data-outdated": outdated, title: words, "aria-label": words, tabindex: -1 }, code, outdated ? el("span", { "aria-hidden": "true" }, "!") : null);
}

