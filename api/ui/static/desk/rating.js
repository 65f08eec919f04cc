/** Thumbs on a draft, with a note: what operators think of it comes back to the evaluation. */

import { byId, el } from "../shared/dom.js";
import { complain, get, post } from "./http.js";
import { me } from "./live.js";

const THUMBS = [
  { good: true, name: "Good draft", sign: "👍" },
  { good: false, name: "Bad draft", sign: "👎" },
];

/** @param {string} path of the case */
export async function showRatings(path) {
  // A note that is being written must not be drawn anew under the operator's hands.
  if (byId("rating").contains(document.activeElement) && document.activeElement?.matches("input")) return;
  const { ratings } = await get(`${path}/ratings`).catch(() => ({ ratings: null }));
  if (ratings) draw(path, ratings);
}

/** @param {string} path @param {any[]} ratings */
function draw(path, ratings) {
  const mine = ratings.find((rating) => rating.operator === me);
  const others = ratings.filter((rating) => rating.operator !== me);
  const note = /** @type {HTMLInputElement} */ (
    el("input", { class: "form-control form-control-sm", "aria-label": "What is good or bad about it", placeholder: "Why? (may stay empty)", maxlength: 1000, dir: "auto", value: mine?.note ?? "" })
  );
  note.addEventListener("change", () => send(path, mine.good, note.value));
  const thumbs = THUMBS.map(({ good, name, sign }) => {
    const pressed = mine?.good === good;
    return el("button", { type: "button", class: "btn btn-sm btn-outline-secondary thumb", "aria-pressed": String(pressed), "aria-label": name, title: name, "data-good": String(good), onclick: () => send(path, pressed ? null : good, note.value) }, sign);
  });
  const said = others.map((rating) => el("small", { dir: "auto" }, `${rating.name}: ${rating.good ? "good" : "bad"}${rating.note ? `, “${rating.note}”` : ""}`));
  byId("rating").replaceChildren(el("span", { class: "rate" }, "Was the draft good?"), ...thumbs, ...(mine ? [note] : []), ...said);
}

/** @param {string} path @param {boolean | null} good @param {string} note */
async function send(path, good, note) {
  try {
    const { ratings } = await post(`${path}/ratings`, { good, note: good === null ? "" : note });
    draw(path, ratings);
    /** @type {HTMLElement | null} */ (byId("rating").querySelector(good === null ? "button" : `[data-good="${good}"]`))?.focus();
    complain();
  } catch (error) {
    complain(error);
  }
}
