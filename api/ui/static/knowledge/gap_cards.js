/** One gap or proposal as a card: what was said, by how many, and what may be done. */

import { badge, stamp } from "../desk/words.js";
import { el } from "../shared/dom.js";
import { editorPage } from "./requests.js";
import { counted, direction, label, language, since } from "./words.js";

/**
 * @typedef {object} Deeds what a card's buttons do
 * @property {boolean} mayEdit
 * @property {(item: any) => void} draft
 * @property {(item: any) => void} dismiss
 * @property {(item: any) => void} reopen
 */

/** @param {any} gap @param {number} most the largest volume of the list @param {Deeds} deeds */
export function gapCard(gap, most, deeds) {
  const codes = Object.keys(gap.languages);
  const { unanswered, bad } = gap.kinds;
  return card(
    gap,
    volume(gap.volume, most, gap.volume === 1 ? "customer asked" : "customers asked"),
    el(
      "div",
      {},
      said("h2", gap.question, codes.length === 1 ? codes[0] : ""),
      el("p", {}, ...codes.map((code) => badge(`${language(code)} ${gap.languages[code]}`)), unanswered ? badge(`${unanswered} unanswered`, "warn") : null, bad ? badge(`${bad} answered badly`, "bad") : null),
      el("p", { class: "fine" }, "Last asked ", moment(gap.last_at), gap.first_at === gap.last_at ? "" : ", first ", gap.first_at === gap.last_at ? "" : moment(gap.first_at)),
      nearest(gap),
      examples(gap.examples),
    ),
    deeds,
    "Write the article",
  );
}

/** @param {any} proposal @param {number} most @param {Deeds} deeds */
export function proposalCard(proposal, most, deeds) {
  const near = proposal.similar ? el("p", { class: "fine" }, "Nearest article: ", el("a", { href: editorPage(proposal.similar) }, proposal.similar), `, ${percent(proposal.similarity)} alike`) : null;
  return card(
    proposal,
    volume(proposal.times, most, proposal.times === 1 ? "reply" : "replies"),
    el(
      "div",
      {},
      said("h2", proposal.question, proposal.language),
      said("p", proposal.answer, proposal.language, "said"),
      el("p", {}, badge(language(proposal.language)), ...proposal.intents.map((/** @type {string} */ intent) => badge(label(intent)))),
      near,
      el("p", { class: "fine" }, "First answered ", moment(proposal.at), ", ", el("a", { href: `/desk/cases/${encodeURIComponent(proposal.case)}` }, "the case")),
    ),
    deeds,
    "Make it a draft",
  );
}

/** @param {any} item @param {Node} left @param {Node} middle @param {Deeds} deeds @param {string} does */
function card(item, left, middle, deeds, does) {
  return el("li", { class: "card-row", tabindex: 0, "data-id": item.id, "aria-label": item.question }, left, middle, el("div", { class: "decide" }, ...buttons(item, deeds, does)));
}

/** @param {any} item @param {Deeds} deeds @param {string} does */
function buttons(item, deeds, does) {
  const button = (/** @type {string} */ words, /** @type {string} */ look, /** @type {() => void} */ act) => el("button", { type: "button", class: `btn btn-sm ${look}`, onclick: act }, words);
  const article = item.article ? el("a", { class: "btn btn-sm btn-outline-primary", href: editorPage(item.article) }, item.status === "drafted" ? "Open the draft" : "Open the article") : null;
  if (!deeds.mayEdit) return [article];
  if (item.status === "open") return [button(does, "btn-primary", () => deeds.draft(item)), button("Dismiss", "btn-outline-secondary", () => deeds.dismiss(item))];
  return [article, button("Open it again", "btn-outline-secondary", () => deeds.reopen(item))];
}

/** @param {number} count @param {number} most @param {string} words */
function volume(count, most, words) {
  return el("div", { class: "asked" }, el("strong", {}, String(count)), el("span", {}, words), el("meter", { min: 0, max: most, value: count, "aria-hidden": "true" }));
}

/** A customer's or operator's own words, in their direction. @param {string} tag @param {string} text @param {string} code @param {string} [look] */
function said(tag, text, code, look) {
  return el(tag, { class: look, lang: code || null, dir: code ? direction(code) : "auto" }, text);
}

/** @param {any} gap */
function nearest({ nearest, status, article }) {
  if (status === "answered") return el("p", { class: "fine" }, "Closed by itself: ", el("a", { href: editorPage(article) }, article), " answers it now.");
  if (!nearest) return el("p", { class: "fine" }, "No article comes near.");
  return el("p", { class: "fine" }, "Nearest article: ", el("a", { href: editorPage(nearest.article), dir: "auto" }, nearest.title), `, ${percent(nearest.score)} likely to answer`);
}

/** @param {{text: string, language: string, at: string}[]} list */
function examples(list) {
  if (list.length < 2) return null;
  const rows = list.map(({ text, language: code, at }) => el("li", {}, said("q", text, code), el("span", { class: "fine" }, language(code)), moment(at)));
  return el("details", {}, el("summary", {}, counted(list.length, "example")), el("ul", {}, ...rows));
}

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)}%`;

/** @param {string} iso */
const moment = (iso) => el("time", { datetime: iso, title: stamp(iso) }, since(iso));
