/** A new article gets its name: proposed from the title, free to change until the first save. */

import { complain } from "../desk/http.js";
import { byId } from "../shared/dom.js";
import { request } from "./requests.js";

const form = byId("sheet");
const NAME = /^[a-z0-9][a-z0-9-]{0,79}$/u;
const NOTE = "Small letters, digits and hyphens. It cannot be changed later.";
/** Milliseconds after the last key until the first save. */
const PAUSE = 1000;

/** @param {string} title @returns {string} empty when no letter of it can stand in an address */
export const slug = (title) =>
  title
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .slice(0, 60);

/**
 * @param {(language: string) => void} chosen another language was chosen
 * @param {(name: string) => Promise<unknown>} claim saves it under this name, for the first time
 * @returns {(pause?: number) => void} to be called at every change
 */
export function naming(chosen, claim) {
  byId("naming").hidden = false;
  let own = false;
  let timer = 0;
  form.elements.title.addEventListener("input", () => {
    if (!own) form.elements.id.value = slug(form.elements.title.value);
  });
  form.elements.id.addEventListener("input", () => {
    own = form.elements.id.value !== "";
    say(NAME.test(form.elements.id.value) || !own ? NOTE : `This cannot be a name. ${NOTE}`);
  });
  form.elements.new_language.addEventListener("change", () => chosen(form.elements.new_language.value));
  const first = async (/** @type {number} */ pause) => {
    const name = form.elements.id.value;
    const ready = NAME.test(name) && form.elements.title.value.trim() && form.elements.body.value.trim();
    if (!ready || byId("naming").hidden || (pause && unsettled())) return;
    try {
      if (!(await free(name)) || byId("naming").hidden) return;
      byId("naming").hidden = true;
      await claim(name);
      complain();
    } catch (error) {
      complain(error);
    }
  };
  return (pause = PAUSE) => {
    if (byId("naming").hidden) return;
    clearTimeout(timer);
    byId("kept").textContent = "Not saved yet: it needs a title and a text";
    timer = window.setTimeout(() => first(pause), pause);
  };
}

/** Whether no article bears this name yet; says so in the form when one does. @param {string} name */
async function free(name) {
  const { articles } = await request("GET", `/api/knowledge/articles?q=${encodeURIComponent(name)}`);
  const taken = articles.some((/** @type {any} */ article) => article.id === name);
  say(taken ? `“${name}” is an article already. Choose another name.` : NOTE);
  if (taken) form.elements.id.focus();
  return !taken;
}

/** Whether the name or the title is still being typed. */
const unsettled = () => [form.elements.title, form.elements.id].includes(document.activeElement);

/** @param {string} text */
function say(text) {
  byId("id-note").textContent = text;
  form.elements.id.toggleAttribute("aria-invalid", text !== NOTE);
}
