/** Help with the draft: a wish in words or by a button, answered piece by piece, with a way to use it and a way back. */

import { byId, el } from "../shared/dom.js";
import { linkify } from "../shared/linkify.js";
import { complain, stream } from "./http.js";
import { badge, label, language } from "./words.js";

const TONES = { kept: "good", "not kept": "bad", open: "accent", answered: "good", rejected: "warn" };
const LANGUAGES = ["en", "zh", "de", "fr", "es", "it", "pt", "ar", "ja", "ru"];

/** @type {AbortController | null} of the answer that is being given */
let asking = null;

/**
 * @param {string} path of the case
 * @param {{get: () => string, put: (text: string) => void}} box the operator's text
 */
export function offerHelp(path, box) {
  const form = /** @type {HTMLFormElement} */ (byId("wish"));
  const words = byId("wish-text");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (words.value.trim()) ask(path, words.value.trim(), box);
  });
  for (const button of document.querySelectorAll("[data-wish]")) button.addEventListener("click", () => ask(path, button.getAttribute("data-wish") ?? "", box));
  const choice = byId("wish-language");
  choice.append(...LANGUAGES.map((code) => el("option", { value: language(code) }, `In ${language(code)}`)));
  choice.addEventListener("change", () => {
    if (choice.value) ask(path, `in ${choice.value}`, box);
    choice.value = "";
  });
}

/** Takes away what was said of a draft that is no longer shown. */
export function closeHelp() {
  asking?.abort();
  byId("told").replaceChildren();
}

/** @param {string} path @param {string} wish @param {{get: () => string, put: (text: string) => void}} box */
async function ask(path, wish, box) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const list = el("ol", { class: "pieces" });
  const state = el("p", { class: "told-state", role: "status" }, "Working …");
  byId("told").replaceChildren(el("h4", { dir: "auto" }, wish), list, state);
  try {
    for await (const { event, data } of stream(`${path}/help`, { wish, text: box.get() }, mine.signal)) {
      if (mine !== asking) return;
      if (event === "piece") list.append(piece(data));
      if (event === "done") state.replaceChildren(...done(data, box));
      if (event === "failed") state.replaceChildren(failed(data.message));
    }
    if (state.textContent === "Working …") state.replaceChildren(failed("The line broke before the answer was whole. Ask again; the draft stands as it is."));
  } catch (error) {
    if (mine.signal.aborted) return;
    state.replaceChildren(failed(error instanceof Error ? error.message : String(error)));
  }
  complain();
}

/** @param {string} message */
const failed = (message) => el("span", { class: "told-failed" }, message);

/** @param {{text: string, sources: {label: string, href: string}[], faults: string[], left_out: boolean, tag: string, more: string}} found */
function piece({ text, sources, faults, left_out, tag, more }) {
  return el(
    "li",
    { class: faults.length ? "faulty" : "", "data-left-out": left_out },
    tag ? badge(label(tag), TONES[/** @type {keyof typeof TONES} */ (tag)] ?? "") : null,
    el("span", { class: "said-so", dir: "auto" }, ...linkify(text)),
    " ",
    ...sources.map(source),
    ...faults.map((fault) => badge(left_out ? `left out: ${fault}` : fault, "bad")),
    more ? el("small", {}, more) : null,
  );
}

/** Only pages of the desk are linked. @param {{label: string, href: string}} found */
function source({ label, href }) {
  return href.startsWith("/desk/") ? el("a", { class: "source", href, target: "_blank", rel: "noopener", dir: "auto" }, label) : el("span", { class: "source", dir: "auto" }, label);
}

/** @param {any} data @param {{get: () => string, put: (text: string) => void}} box */
function done({ text, by, prompt, note, language: code }, box) {
  const who = el("small", {}, `Written by: ${[by === "local" ? "rules, no model" : by, prompt].filter(Boolean).join(" · ")}`);
  const said = note ? [el("small", { class: "note", dir: "auto" }, note)] : [];
  return text ? [...said, who, el("div", { class: "buttons" }, ...useAndUndo(text, code, box))] : [...said, who];
}

/** @param {string} text @param {string} code @param {{get: () => string, put: (text: string) => void}} box */
function useAndUndo(text, code, box) {
  let before = "";
  const undo = el("button", { type: "button", class: "btn btn-sm btn-link", hidden: true, onclick: () => swap(before, false) }, "Undo");
  const use = el("button", { type: "button", class: "btn btn-sm btn-outline-primary", onclick: () => swap(text, true) }, "Use it");
  const swap = (/** @type {string} */ next, /** @type {boolean} */ used) => {
    if (used) before = box.get();
    box.put(next);
    byId("reply").lang = used ? code : byId("reply").dataset.lang;
    undo.hidden = !used;
    use.hidden = used;
    (used ? undo : use).focus();
  };
  return [use, undo];
}
