/** Examples by defect, and catalogue pictures by product: small pictures that can be opened and removed. */

import { ask } from "../knowledge/ask.js";
import { request } from "../knowledge/requests.js";
import { complain } from "../desk/http.js";
import { byId, el } from "../shared/dom.js";
import { shown } from "./check.js";

/**
 * @param {{id: string, sku: string, defect: string, severity: string | null, by: string}[]} examples
 * @param {boolean} may whether this person may remove any
 * @param {() => Promise<unknown>} done
 */
export function showExamples(examples, may, done) {
  const groups = Map.groupBy ? Map.groupBy(examples, (one) => one.defect) : grouped(examples);
  const parts = [...groups].flatMap(([defect, list]) => [
    el("h3", {}, shown(defect), " ", el("small", {}, `${list.length}`)),
    el("ul", { class: "thumbs" }, ...list.map((one) => thumb(`/api/photos/examples/${one.id}`, [one.sku, one.severity].filter(Boolean).join(", "), `${shown(defect)}, ${one.sku}`, may && { url: `/api/photos/examples/${one.id}`, what: "example" }, done))),
  ]);
  byId("gallery").replaceChildren(...(parts.length ? parts : [el("p", { class: "empty-shelf" }, "None yet. Ten of each defect, of two products or more, are a beginning; thirty are better.")]));
}

/** @param {any[]} examples @returns {Map<string, any[]>} */
function grouped(examples) {
  const found = new Map();
  for (const one of examples) found.set(one.defect, [...(found.get(one.defect) ?? []), one]);
  return found;
}

/** @param {{sku: string, title: string, pictures: {id: string}[]}[]} products @param {boolean} may @param {() => Promise<unknown>} done */
export function showPictures(products, may, done) {
  const parts = products.map(({ sku, title, pictures }) =>
    el(
      "article",
      {},
      el("h3", {}, title, " ", el("small", {}, sku)),
      pictures.length
        ? el("ul", { class: "thumbs" }, ...pictures.map(({ id }) => thumb(`/api/photos/pictures/${encodeURIComponent(sku)}/${id}`, "", title, may && { url: `/api/photos/pictures/${encodeURIComponent(sku)}/${id}`, what: "catalogue picture" }, done)))
        : el("p", { class: "why-not" }, "No picture: this product cannot be recognised."),
    ),
  );
  byId("shelf").replaceChildren(...(parts.length ? parts : [el("p", { class: "empty-shelf" }, "No product of this category has a picture yet.")]));
}

/**
 * @param {string} url
 * @param {string} caption
 * @param {string} words what it shows, for those who do not see it
 * @param {false | {url: string, what: string}} removal
 * @param {() => Promise<unknown>} done
 */
function thumb(url, caption, words, removal, done) {
  return el(
    "li",
    {},
    el("figure", {}, el("a", { href: url, target: "_blank" }, el("img", { src: `${url}?small=true`, alt: words, loading: "lazy", width: 132, height: 132 })), caption ? el("figcaption", {}, caption) : null),
    removal ? el("button", { type: "button", class: "gone", "aria-label": `Remove: ${words}`, title: "Remove", onclick: () => remove(removal, words, done) }, "×") : null,
  );
}

/** @param {{url: string, what: string}} removal @param {string} words @param {() => Promise<unknown>} done */
async function remove({ url, what }, words, done) {
  const sure = await ask({ title: `Remove this ${what}?`, text: `${words}. It is deleted for good; what was learned from it stays until the category is learned again.`, does: "Remove", danger: true });
  if (sure === null) return;
  try {
    await request("DELETE", url);
    complain();
    await done();
  } catch (error) {
    complain(error);
  }
}
