/** From draft to published: where it stands, what may be done next, and why not. Pure judgement; the server has the last word. */

import { badge } from "../desk/words.js";
import { since } from "./words.js";

/**
 * @typedef {object} Standing
 * @property {"operator" | "editor" | "reviewer"} role
 * @property {any} published the published text, or null
 * @property {any} draft the draft as the server has it, or null
 * @property {boolean} retired
 * @property {string} me
 * @property {boolean} second a person who did not edit must publish it
 * @property {string} reason why a second person is needed, in the server's words
 * @property {number} problems what keeps it from being published
 * @property {boolean} fresh it has never been saved
 */

/** @typedef {"submit" | "publish" | "return" | "discard" | "retire"} Step */

/** @param {Standing} standing */
export function badges({ published, draft, retired }) {
  const kind = draft?.kind === "retire" ? "to be retired" : draft?.state === "review" ? "in review" : "draft";
  return [
    published ? badge("published", "good") : badge(retired ? "retired" : "not published"),
    draft ? badge(kind, draft.state === "review" ? "warn" : "accent") : null,
    draft ? badge(`${draft.updated_by}, ${since(draft.updated_at)}`) : null,
  ].filter(Boolean);
}

/** What its editors, or a reviewer, said of the draft. @param {Standing} standing */
export const said = ({ draft }) => (draft?.note ? `Note: ${draft.note}` : "");

/** What may be done, the next step first. @param {Standing} standing @returns {Step[]} */
export function steps(standing) {
  const { role, draft, published } = standing;
  if (role === "operator") return [];
  if (!draft) return published ? ["retire"] : [];
  /** @type {Step[]} */
  const open = mayPublish(standing) ? ["publish"] : [];
  if (draft.state === "draft") open.push("submit");
  if (draft.state === "review" && role === "reviewer") open.push("return");
  return [...open, "discard"];
}

/** @param {Standing} standing */
function mayPublish({ role, draft, me, second }) {
  if (!second) return true;
  return role === "reviewer" && draft.state === "review" && !draft.editors.includes(me);
}

/** Why the next step is not publishing, in one line; empty when it is. @param {Standing} standing */
export function whyNot(standing) {
  const { role, draft, me, second, reason, problems, retired } = standing;
  if (role === "operator") return "You can read here. To write, you need the role editor.";
  if (!draft) return retired ? "Retired. History has its words; restoring them makes a draft." : "";
  if (draft.kind === "retire" && mayPublish(standing)) return "This draft takes the article out. Discard it to write on.";
  if (problems) return "";
  if (!second || mayPublish(standing)) return "";
  const who = draft.editors.includes(me) ? "You have edited it, so a reviewer who has not must publish it." : role === "reviewer" ? "It has not been sent to review yet." : "A reviewer must publish it.";
  return `${reason || "This article needs a second person."} ${who}`;
}

/** @type {Record<Step, {does: string, title: string, text: string, danger?: boolean, note?: true}>} */
export const STEPS = {
  submit: { does: "Send to review", title: "Send to review?", text: "A reviewer reads it and publishes it, or returns it with a note. It can still be changed; then it is a draft again.", note: true },
  publish: { does: "Publish", title: "Publish?", text: "It is checked, then the agent and the customers read it.", note: true },
  return: { does: "Return to its editors", title: "Return it?", text: "It becomes a draft again.", note: true },
  discard: { does: "Discard draft", title: "Discard this draft?", text: "What is published stays as it is. The words of the draft are gone for everybody.", danger: true },
  retire: { does: "Retire", title: "Retire this article?", text: "This makes a draft of the retirement. Once that is published, the agent does not find the article in this language any more.", danger: true, note: true },
};
