/** Keys of a page, and the overlay that lists them. */

import { el } from "../shared/dom.js";

/**
 * @typedef {object} Shortcut
 * @property {string[]} keys as shown, such as ["Ctrl", "S"]
 * @property {string} does
 * @property {(event: KeyboardEvent) => boolean} [when] whether the event is this shortcut; left out for those only listed
 * @property {(event: KeyboardEvent) => void} [act]
 */

const mac = navigator.platform.startsWith("Mac");

/** @param {string} letter @returns {(event: KeyboardEvent) => boolean} with Ctrl, or Command on a Mac */
export const command = (letter) => (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === letter;

/** @param {string} letter @returns {(event: KeyboardEvent) => boolean} the bare key, outside of fields */
export const bare = (letter) => (event) => event.key === letter && !event.ctrlKey && !event.metaKey && !event.altKey && !writing(event.target);

/** @param {EventTarget | null} target */
const writing = (target) => target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

/** @param {Shortcut[]} shortcuts */
export function listen(shortcuts) {
  const overlay = sheet(shortcuts);
  /** @type {Shortcut} */
  const help = { keys: ["?"], does: "", when: bare("?"), act: () => overlay.showModal() };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is at work
    const found = [...shortcuts, help].find((shortcut) => shortcut.when?.(event));
    if (!found?.act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    found.act(event);
  });
}

/** @param {Shortcut[]} shortcuts @returns {HTMLDialogElement} */
function sheet(shortcuts) {
  const rows = [...shortcuts, { keys: ["?"], does: "Show these keys" }].map(({ keys, does }) => el("tr", {}, el("td", {}, ...keys.map(key)), el("td", {}, does)));
  const made = /** @type {HTMLDialogElement} */ (
    el("dialog", { class: "keys-sheet", "aria-label": "Keys" }, el("h2", {}, "Keys"), el("table", {}, el("tbody", {}, ...rows)), el("form", { method: "dialog" }, el("button", { class: "btn btn-outline-secondary" }, "Close")))
  );
  document.body.append(made);
  return made;
}

/** @param {string} name */
const key = (name) => el("kbd", {}, mac && name === "Ctrl" ? "⌘" : name);
