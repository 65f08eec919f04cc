/** The draft: its sentences with what they rest on, and the text the operator sends. */

import { byId, el } from "../shared/dom.js";

/** @typedef {{text: string, evidence: string[], values: string[], group: number}} Claim */
/** @typedef {{id: string, kind: string, ref: string, label: string, at: string}} Evidence */

/** Figures of two characters and more: dates, amounts, numbers of orders and parcels. */
const FIGURE = /[\p{Nd}][\p{Nd}.,:/-]*[\p{Nd}]/gu;

/**
 * @param {Claim[]} claims @param {Evidence[]} evidence @param {Claim[]} [sources] the same sentences before they were translated
 */
export function showClaims(claims, evidence, sources = []) {
  const places = new Map(evidence.map((found, index) => [found.id, index + 1]));
  const told = sources.length === claims.length ? sources : [];
  byId("claims").replaceChildren(...claims.map((claim, index) => sentence(claim, places, evidence, told[index]?.text)));
}

/** @param {Claim} claim @param {Map<string, number>} places @param {Evidence[]} evidence @param {string} [working] */
function sentence(claim, places, evidence, working) {
  const chips = claim.evidence.filter((id) => places.has(id)).map((id) => chip(id, places.get(id) ?? 0, evidence));
  const bare = claim.values.length && !chips.length ? el("span", { class: "tag warn" }, "no source") : null;
  const known = working ? el("small", { class: "working", dir: "auto", "aria-label": "In English" }, working) : null;
  return el("li", {}, el("span", { dir: "auto" }, ...marked(claim.text, claim.values)), " ", ...chips, bare, known);
}

/** @param {string} id @param {number} place @param {Evidence[]} evidence */
function chip(id, place, evidence) {
  const found = /** @type {Evidence} */ (evidence.find((other) => other.id === id));
  const light = (/** @type {boolean} */ on) => () => highlight(found, on);
  const go = () => {
    const target = document.getElementById(`evidence-${id}`);
    target?.scrollIntoView({ block: "center" });
    target?.focus();
  };
  return el(
    "button",
    { type: "button", class: "chip", title: found.label, "aria-label": `Source ${place}: ${found.label}`, onclick: go, onmouseenter: light(true), onmouseleave: light(false), onfocus: light(true), onblur: light(false) },
    String(place),
  );
}

/** The source itself, and the facts that speak of the same thing. @param {Evidence} found @param {boolean} on */
function highlight(found, on) {
  document.getElementById(`evidence-${found.id}`)?.classList.toggle("lit", on);
  for (const fact of document.querySelectorAll("[data-fact]")) {
    const about = fact.getAttribute("data-fact") ?? "";
    fact.classList.toggle("lit", on && found.ref.length > 2 && about.includes(found.ref.replace(/^#/, "")));
  }
}

/** The filled-in values stand out. @param {string} text @param {string[]} values @returns {(Node | string)[]} */
export function marked(text, values) {
  const spots = values.filter(Boolean).map((value) => ({ value, at: text.indexOf(value) })).filter(({ at }) => at >= 0);
  spots.sort((one, other) => one.at - other.at);
  /** @type {(Node | string)[]} */
  const parts = [];
  let done = 0;
  for (const { value, at } of spots) {
    if (at < done) continue;
    parts.push(text.slice(done, at), el("mark", {}, value));
    done = at + value.length;
  }
  return [...parts, text.slice(done)];
}

/**
 * Figures in the operator's text that none of the known texts holds: a slip of the pen, or a promise without a source.
 * @param {string} text @param {string} known
 * @returns {string[]}
 */
export function unknownFigures(text, known) {
  const found = new Set(known.match(FIGURE) ?? []);
  return [...new Set(text.match(FIGURE) ?? [])].filter((figure) => !found.has(figure) && !known.includes(figure));
}
