/** A conversation as operators read it. */

import { el } from "../shared/dom.js";
import { linkify } from "../shared/linkify.js";
import { finding } from "./findings.js";
import { writer } from "./spent.js";
import { stamp } from "./words.js";

const WHO = { customer: "Customer", bot: "Assistant", operator: "Operator" };

/**
 * @param {any} message with `made` and `working`, when anything is known of them
 * @param {Map<string, any>} findings by photo
 * @param {...import("../shared/dom.js").Child} below
 */
export function entry(message, findings, ...below) {
  const by = message.author === "bot" ? writer(message.made) : "";
  const sources = message.sources.map((/** @type {any} */ source) => el("li", { dir: "auto" }, source.label));
  return el(
    "li",
    { class: `said ${message.author}`, "data-message": message.id },
    el("p", { class: "by" }, el("strong", {}, WHO[/** @type {keyof typeof WHO} */ (message.author)]), " ", el("time", { datetime: message.at }, stamp(message.at))),
    ...words(message.text, message.working),
    ...message.photos.map((/** @type {any} */ shown) => photo(shown, findings.get(shown.id))),
    sources.length ? el("details", {}, el("summary", {}, `Sources (${sources.length})`), el("ul", {}, ...sources)) : null,
    by ? el("small", { class: "made" }, `Written by: ${by}`) : null,
    ...below,
  );
}

/** The text, beside what it says in the operators' language when it is known. @param {string} text @param {string | null | undefined} working */
export function words(text, working) {
  if (!text) return [];
  const own = el("p", { class: "text", dir: "auto" }, ...linkify(text));
  return working && working !== text ? [el("div", { class: "both" }, own, el("p", { class: "text working", dir: "auto", "aria-label": "In English" }, ...linkify(working)))] : [own];
}

/** With what was found in it. @param {{id: string, width?: number, height?: number}} found @param {any} [seen] */
export function photo(found, seen) {
  const src = `/api/desk/photos/${encodeURIComponent(found.id)}`;
  const image = el("img", { src, alt: "Photo from the customer", width: found.width, height: found.height, loading: "lazy" });
  const shot = el("a", { class: "shot", href: src, target: "_blank", rel: "noopener" }, image);
  const said = finding(seen);
  return said ? el("div", { class: "seen" }, shot, said) : shot;
}
