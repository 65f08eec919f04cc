/** What the editor's page says: how far saving has come, news, and words to take up again. */

import { stamp } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { time } from "./words.js";

/**
 * @param {import("./saving.js").State} state @param {string | undefined} reason
 * @param {boolean} draft whether there is one @param {() => void} resolve opens the conflict again
 */
export function progress(state, reason, draft, resolve) {
  const line = byId("kept");
  line.dataset.state = state;
  const words = { clean: draft ? `Saved ${time(Date.now())}` : "", dirty: "Not saved yet …", saving: "Saving …", failed: `Not saved: ${reason}. Your words are kept in this browser.`, conflict: "Not saved: somebody else has saved too." }[state];
  line.replaceChildren(words.replace("..", "."), ...(state === "conflict" ? [" ", el("button", { type: "button", class: "btn btn-sm btn-outline-danger", onclick: resolve }, "Compare")] : []));
}

/** @param {string} [text] @param {...import("../shared/dom.js").Child} more */
export function notice(text, ...more) {
  byId("notice").hidden = !text;
  byId("notice").replaceChildren(text ?? "", ...(more.length ? [" ", ...more] : []).filter(Boolean));
}

/** Words that this browser kept and the server does not have. @param {import("./kept.js").Kept | null} found @param {() => void} takeUp @param {() => void} throwAway */
export function offer(found, takeUp, throwAway) {
  const box = byId("offer");
  box.hidden = !found;
  if (!found) return;
  const act = (/** @type {() => void} */ step) => () => {
    box.hidden = true;
    step();
    byId("body").focus();
  };
  box.replaceChildren(
    el("span", {}, `This browser has words of yours from ${stamp(new Date(found.at).toISOString())} that were never saved.`),
    el("button", { type: "button", class: "btn btn-sm btn-primary", onclick: act(takeUp) }, "Take them up"),
    el("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: act(throwAway) }, "Throw them away"),
  );
}
