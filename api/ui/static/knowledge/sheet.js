/** The form of one article in one language: title, front matter, text. */

import { byId, el } from "../shared/dom.js";
import { Chips } from "./chips.js";
import { MARKETS, READERS, day, direction, folded, label, market } from "./words.js";

/** @typedef {Record<string, any>} Front */
/** @typedef {{front: Front, body: string}} Content */

const FIELDS = ["title", "audience", "owner", "source_language"];
const DATES = ["valid_from", "valid_to", "review_on"];
const CHIPS = ["markets", "intents", "products"];
const form = byId("sheet");

export class Sheet {
  /** @param {() => void} changed called at every change by hand */
  constructor(changed) {
    /** @type {Front} what the form does not show is handed back as it came */
    this.given = {};
    const report = () => {
      this.describe();
      changed();
    };
    /** @type {Record<string, Chips>} */
    this.chips = Object.fromEntries(CHIPS.map((name) => [name, new Chips(/** @type {HTMLElement} */ (form.querySelector(`[data-chips="${name}"]`)), { ...KINDS[name], changed: report })]));
    form.addEventListener("input", (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).name && report());
    form.addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  }

  /** @param {Front} front @param {string} body */
  fill(front, body) {
    this.given = front;
    for (const name of FIELDS) form.elements[name].value = front[name] ?? "";
    for (const name of DATES) form.elements[name].value = front[name] ?? "";
    for (const name of CHIPS) this.chips[name].set(name === "markets" ? folded(front[name] ?? []) : (front[name] ?? []));
    form.elements.second_reader.checked = Boolean(front.second_reader);
    form.elements.body.value = body;
    for (const field of [form.elements.title, form.elements.body]) Object.assign(field, { dir: direction(front.language), lang: front.language });
    this.describe();
  }

  /** @returns {Content} */
  read() {
    const front = { ...this.given, id: this.given.id || form.elements.id.value };
    for (const name of FIELDS) front[name] = form.elements[name].value.trim();
    for (const name of DATES) front[name] = form.elements[name].value || null;
    for (const name of CHIPS) front[name] = [...this.chips[name].values];
    front.second_reader = form.elements.second_reader.checked;
    return { front, body: form.elements.body.value };
  }

  /** The details in one line, so that they need not be open to be known. */
  describe() {
    const { front } = this.read();
    const dates = [front.valid_from && `from ${day(front.valid_from)}`, front.valid_to && `until ${day(front.valid_to)}`, front.review_on && `review ${day(front.review_on)}`];
    const markets = front.markets.length > 4 ? `${front.markets.length} markets` : front.markets.map(market).join(", ") || "every market";
    const parts = [READERS[front.audience] ?? front.audience, markets, ...front.intents.map(label), ...front.products, ...dates, front.second_reader && "second reader"];
    byId("gist").textContent = parts.filter(Boolean).join(" · ");
  }

  /** @param {boolean} locked */
  lock(locked) {
    for (const field of form.elements) if (field.name) field.disabled = locked && field.name !== "body";
    form.elements.body.readOnly = locked; // its text can still be selected and read out
    for (const name of CHIPS) this.chips[name].lock(locked);
    byId("tools").hidden = locked;
  }

  /** @param {{owners: string[], intents: string[]}} known */
  suggest({ owners, intents }) {
    byId("owners").replaceChildren(...owners.map((value) => el("option", { value })));
    this.chips.intents.suggest(intents);
  }

  /** Mark the fields that something is wrong with. @param {string[]} names */
  mark(names) {
    for (const field of form.elements) if (field.name) field.toggleAttribute("aria-invalid", names.includes(field.name));
    for (const name of CHIPS) this.chips[name].input.toggleAttribute("aria-invalid", names.includes(name));
    for (const field of form.querySelectorAll("[aria-invalid]")) field.setAttribute("aria-invalid", "true");
    if (byId("details").querySelector("[aria-invalid]")) byId("details").open = true;
  }

  /** Go to what a finding speaks of. @param {string} name @param {number} line of the text, from 1 */
  reach(name, line) {
    const field = CHIPS.includes(name) ? this.chips[name].input : name !== "body" && form.elements[name];
    if (field) {
      if (byId("details").contains(field)) byId("details").open = true;
      return field.focus();
    }
    toLine(form.elements.body, line);
  }
}

/** @param {HTMLTextAreaElement} area @param {number} line from 1 */
function toLine(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  area.scrollTop = ((line - 1) / lines.length) * area.scrollHeight - area.clientHeight / 3;
}

/** @type {Record<string, {options: string[], words: (value: string) => string, tidy?: (typed: string) => string}>} */
const KINDS = {
  markets: { options: MARKETS, words: market, tidy: (typed) => typed.trim().toUpperCase() },
  intents: { options: [], words: label, tidy: (typed) => typed.trim().toLowerCase().replaceAll(/[\s-]+/gu, "_") },
  products: { options: [], words: (value) => value, tidy: (typed) => typed.trim().toUpperCase() },
};
