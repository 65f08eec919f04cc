/** Two people on one draft: theirs and mine beside each other, and the choice. */

import { el } from "../shared/dom.js";
import { beside, changedFields, fields } from "./difference.js";
import { direction, since } from "./words.js";

/** @typedef {import("./sheet.js").Content} Content */

/**
 * @param {import("./requests.js").Theirs} theirs @param {Content} mine
 * @returns {Promise<"theirs" | "mine" | "">} empty: not decided yet
 */
export function settle(theirs, mine) {
  const who = theirs?.updated_by || "Somebody";
  const front = theirs ? changedFields(theirs.front, mine.front) : [];
  const dialog = /** @type {HTMLDialogElement} */ (
    el(
      "dialog",
      { class: "conflict", "aria-labelledby": "conflict-title" },
      el(
        "form",
        { method: "dialog" },
        el("h2", { id: "conflict-title" }, title(theirs, who)),
        el("p", {}, `${theirs?.updated_at ? `That was ${since(theirs.updated_at)}. ` : ""}Nothing has been overwritten. Which one is to go on?`),
        front.length ? fields(front) : null,
        el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Both texts" }, beside(theirs?.body ?? "", mine.body, [`Theirs, by ${who}`, "Mine, not saved yet"], direction(mine.front.language))),
        el(
          "div",
          { class: "buttons" },
          el("button", { class: "btn btn-outline-primary", value: "theirs" }, "Take theirs"),
          el("button", { class: "btn btn-primary", value: "mine" }, "Keep mine as the newer version"),
          el("button", { class: "btn btn-outline-secondary", value: "", autofocus: true }, "Decide later"),
        ),
      ),
    )
  );
  document.body.append(dialog);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(/** @type {any} */ (dialog.returnValue));
    }),
  );
}

/** @param {import("./requests.js").Theirs} theirs @param {string} who */
function title(theirs, who) {
  if (!theirs) return "The draft has been discarded meanwhile";
  return theirs.version === null ? `${who} has published meanwhile` : `${who} has saved this draft too`;
}
