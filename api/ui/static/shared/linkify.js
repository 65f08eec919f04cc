/** Web addresses in a text become links, order numbers keep their # in front; everything else stays text. */

import { el } from "./dom.js";

const SPOT = /#\p{Nd}{3,}|https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef]+/giu;
const TRAILING = /[.,;:!?)\]}…،؛؟]+$/u;

/**
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function linkify(text) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(SPOT)) {
    const spot = match[0].startsWith("#") ? match[0] : match[0].replace(TRAILING, "");
    const node = spot.startsWith("#") ? number(spot) : isWeb(spot) && link(spot);
    if (!node) continue;
    parts.push(text.slice(done, match.index), node);
    done = match.index + spot.length;
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== "");
}

/** @param {string} address */
function isWeb(address) {
  return URL.canParse(address) && ["http:", "https:"].includes(new URL(address).protocol);
}

/** In Arabic text "#1049" would show as "1049#". @param {string} order */
function number(order) {
  return el("bdi", { dir: "ltr" }, order);
}

/** @param {string} address */
function link(address) {
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, address);
}
