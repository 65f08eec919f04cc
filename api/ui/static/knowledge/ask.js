/** One question before something that others will see. */

import { el } from "../shared/dom.js";

/**
 * @param {{title: string, text: string, does: string, danger?: boolean, note?: string, label?: string, tick?: {words: string, set: () => void}}} question `note`: offer a field for a note, filled with this; `tick`: a box, and what it does when the answer is yes
 * @returns {Promise<string | null>} the note; null when it was called off
 */
export function ask({ title, text, does, danger = false, note, label = "What has changed, and why? (optional)", tick }) {
  const field = /** @type {HTMLTextAreaElement} */ (el("textarea", { class: "form-control", rows: 3, maxlength: 1000, dir: "auto", id: "ask-note" }));
  field.value = note ?? "";
  const box = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", class: "form-check-input" }));
  const dialog = /** @type {HTMLDialogElement} */ (
    el(
      "dialog",
      { "aria-labelledby": "ask-title" },
      el(
        "form",
        { method: "dialog" },
        el("h2", { id: "ask-title" }, title),
        el("p", {}, text),
        note === undefined ? null : el("label", { class: "form-label", for: "ask-note" }, label),
        note === undefined ? null : field,
        tick ? el("label", { class: "check tick" }, box, ` ${tick.words}`) : null,
        el("div", { class: "buttons" }, el("button", { class: `btn ${danger ? "btn-danger" : "btn-primary"}`, value: "yes", autofocus: note === undefined }, does), el("button", { class: "btn btn-outline-secondary", value: "" }, "Cancel")),
      ),
    )
  );
  dialog.addEventListener("keydown", (event) => {
    if (event.repeat || !(event.ctrlKey || event.metaKey) || event.key !== "Enter") return;
    event.preventDefault();
    dialog.close("yes");
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue === "yes" && box.checked) tick?.set();
      resolve(dialog.returnValue === "yes" ? field.value.trim() : null);
    }),
  );
}
