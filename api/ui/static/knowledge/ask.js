/** One question before something that others will see. */

import { el } from "../shared/dom.js";

/**
 * @param {{title: string, text: string, does: string, danger?: boolean, note?: string, label?: string}} question `note`: offer a field for a note, filled with this
 * @returns {Promise<string | null>} the note; null when it was called off
 */
export function ask({ title, text, does, danger = false, note, label = "What has changed, and why? (optional)" }) {
  const field = /** @type {HTMLTextAreaElement} */ (el("textarea", { class: "form-control", rows: 3, maxlength: 1000, dir: "auto", id: "ask-note" }));
  field.value = note ?? "";
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
        el("div", { class: "buttons" }, el("button", { class: `btn ${danger ? "btn-danger" : "btn-primary"}`, value: "yes", autofocus: note === undefined }, does), el("button", { class: "btn btn-outline-secondary", value: "" }, "Cancel")),
      ),
    )
  );
  field.addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && dialog.close("yes"));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? field.value.trim() : null);
    }),
  );
}
