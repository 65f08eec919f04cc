/** A field of several short values: type, Enter or comma adds, Backspace takes the last away. */

import { el } from "../shared/dom.js";

export class Chips {
  /**
   * @param {HTMLElement} place carries data-chips (the field's name), data-label and data-empty
   * @param {{options: string[], words: (value: string) => string, tidy?: (typed: string) => string, changed: () => void}} how
   */
  constructor(place, { options, words, tidy = (typed) => typed.trim(), changed }) {
    const name = place.dataset.chips ?? "";
    Object.assign(this, { words, tidy, changed, empty: place.dataset.empty });
    /** @type {string[]} */
    this.values = [];
    this.locked = false;
    this.list = el("ul", { class: "chips" });
    this.input = /** @type {HTMLInputElement} */ (el("input", { class: "form-control", id: `chips-${name}`, list: `offers-${name}`, maxlength: 80, spellcheck: "false", "aria-describedby": `chosen-${name}` }));
    this.offers = el("datalist", { id: `offers-${name}` });
    this.told = el("span", { class: "quiet", id: `chosen-${name}` });
    place.append(el("label", { class: "name", for: `chips-${name}` }, place.dataset.label ?? name), el("div", { class: "chipped" }, this.list, this.input), this.offers, this.told);
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("input", (event) => /** @type {InputEvent} */ (event).inputType === "insertReplacementText" && this.take()); // chosen from the list
    this.input.addEventListener("blur", () => this.take());
    this.suggest(options);
  }

  /** @param {string[]} options */
  suggest(options) {
    this.offers.replaceChildren(...options.map((value) => el("option", { value }, this.words(value))));
  }

  /** @param {string[]} values */
  set(values) {
    this.values = [...values];
    this.input.value = "";
    this.draw();
  }

  /** @param {boolean} locked */
  lock(locked) {
    this.locked = locked;
    this.input.disabled = locked;
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.values.map((value) => this.chip(value)));
    this.input.placeholder = this.values.length ? "" : this.empty;
    this.told.textContent = this.values.length ? `Chosen: ${this.values.map(this.words).join(", ")}` : `Chosen: ${this.empty}`;
  }

  /** @param {string} value */
  chip(value) {
    const words = this.words(value);
    const away = () => {
      this.put(this.values.filter((other) => other !== value));
      this.input.focus();
    };
    return el("li", { title: words === value ? null : value }, words, this.locked ? null : el("button", { type: "button", "aria-label": `Take ${words} away`, onclick: away }, "×"));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    if (["Enter", ",", "،", "、"].includes(event.key) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.take();
    } else if (event.key === "Backspace" && !this.input.value && this.values.length) this.put(this.values.slice(0, -1));
  }

  /** What was typed becomes chips. */
  take() {
    const typed = this.input.value.split(/[,،、]/u).map(this.tidy).filter(Boolean);
    this.input.value = "";
    if (typed.length) this.put([...new Set([...this.values, ...typed])]);
  }

  /** @param {string[]} values */
  put(values) {
    this.values = values;
    this.draw();
    this.changed();
  }
}
