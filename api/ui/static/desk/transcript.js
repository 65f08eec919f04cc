/** A conversation as operators read it. */

import { el } from "../shared/dom.js";
import { linkify } from "../shared/linkify.js";
import { stamp } from "./words.js";

const WHO = { customer: "Customer", bot: "Assistant", operator: "Operator" };

/**
 * @param {any} message
 * @param {...import("../shared/dom.js").Child} below
 */
export function entry(message, ...below) {
  const sources = message.sources.map((/** @type {any} */ source) => el("li", { dir: "auto" }, source.label));
  return el(
    "li",
    { class: `said ${message.author}`, "data-message": message.id },
    el("p", { class: "by" }, el("strong", {}, WHO[/** @type {keyof typeof WHO} */ (message.author)]), " ", el("time", { datetime: message.at }, stamp(message.at))),
    message.text ? el("p", { class: "text", dir: "auto" }, ...linkify(message.text)) : null,
    ...message.photos.map(photo),
    sources.length ? el("details", {}, el("summary", {}, `Sources (${sources.length})`), el("ul", {}, ...sources)) : null,
    ...below,
  );
}

/** @param {{id: string, width?: number, height?: number}} found */
export function photo(found) {
  const src = `/api/desk/photos/${encodeURIComponent(found.id)}`;
  const image = el("img", { src, alt: "Photo from the customer", width: found.width, height: found.height, loading: "lazy" });
  return el("a", { class: "shot", href: src, target: "_blank", rel: "noopener" }, image);
}
