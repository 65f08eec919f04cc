/** A new article gets its name: proposed from the title, free to change until the first save. */

import { byId } from "../shared/dom.js";
import { request } from "./requests.js";

const form = byId("sheet");
const NAME = /^[a-z0-9][a-z0-9-]{0,79}$/u;
const NOTE = "Small letters, digits and hyphens. It cannot be changed later.";

/** @param {string} title @returns {string} empty when no letter of it can stand in an address */
export const slug = (title) =>
  title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .slice(0, 60);

/** @param {(language: string) => void} chosen the language was changed */
export function naming(chosen) {
  byId("naming").hidden = false;
  let own = false;
  form.elements.title.addEventListener("input", () => {
    if (!own) form.elements.id.value = slug(form.elements.title.value);
  });
  form.elements.id.addEventListener("input", () => {
    own = form.elements.id.value !== "";
    say(NAME.test(form.elements.id.value) || !own ? NOTE : `This cannot be a name. ${NOTE}`);
  });
  form.elements.new_language.addEventListener("change", () => chosen(form.elements.new_language.value));
  return { name: () => (NAME.test(form.elements.id.value) ? form.elements.id.value : ""), done: () => (byId("naming").hidden = true) };
}

/** Whether no article bears this name yet; says so in the form when one does. @param {string} name */
export async function free(name) {
  const { articles } = await request("GET", `/api/knowledge/articles?q=${encodeURIComponent(name)}`);
  const taken = articles.some((/** @type {any} */ article) => article.id === name);
  say(taken ? `“${name}” is an article already. Choose another name.` : NOTE);
  if (taken) form.elements.id.focus();
  return !taken;
}

/** Whether the name or the title is still being typed. */
export const unsettled = () => [form.elements.title, form.elements.id].includes(document.activeElement);

/** @param {string} text */
function say(text) {
  byId("id-note").textContent = text;
  form.elements.id.toggleAttribute("aria-invalid", text !== NOTE);
}
