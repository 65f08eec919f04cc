/** What runs beside a case: remedies under way with their steps, the ledger's rows, and who else this customer may be. */

import { byId, el } from "../shared/dom.js";
import { complain, get, post } from "./http.js";
import { badge, label, language, money, stamp } from "./words.js";

const GRADES = { A: "as new", B: "opened, fine", C: "worn", D: "damaged by the customer", E: "not ours" };
const LIKE = { signed_email: "same signed e-mail", same_customer: "order of the same customer", phone: "same phone", name_and_postcode: "same name and postcode" };
const STATES = { waiting: "warn", confirmed: "good", failed: "bad", unknown: "bad" };

/**
 * Each part alone: one that cannot be read leaves the others.
 * @param {{id: string, conversation: string}} found @param {boolean} open
 */
export async function showBeside(found, open) {
  const place = encodeURIComponent(found.conversation);
  await Promise.all([
    part("procedures", "procedures", `/api/desk/procedures?conversation=${place}`, (list) => list.map((each) => walk(each, found, open)), "Remedies under way"),
    part("ledger", "effects", `/api/desk/ledger?case=${encodeURIComponent(found.id)}`, (list) => [el("ul", { class: "rows" }, ...list.map(entry))], "Ledger of this case"),
    part("matches", "matches", `/api/desk/conversations/${place}/matches`, (list) => list.map((each) => match(each, found)), "Same customer?"),
  ]);
}

/** @param {string} id @param {string} key of the list in the answer @param {string} path @param {(list: any[]) => Node[]} draw @param {string} head */
async function part(id, key, path, draw, head) {
  const box = byId(id);
  try {
    const list = (await get(path))[key];
    // What an operator is writing into must not be drawn anew under their hands.
    if (box.contains(document.activeElement) && document.activeElement?.matches("input, select")) return;
    box.replaceChildren(...(list.length ? [el("h3", {}, head), ...draw(list)] : []));
  } catch {
    box.replaceChildren(el("h3", {}, head), el("p", { class: "none" }, "Cannot be read now."));
  }
}

/** @param {any} found @param {any} at the case @param {boolean} open */
function walk(found, at, open) {
  const steps = found.steps.filter((/** @type {any} */ step) => step.state !== "next");
  const now = steps.find((/** @type {any} */ step) => step.state === "now");
  const ahead = found.steps.filter((/** @type {any} */ step) => step.state === "next");
  const head = el("p", {}, el("strong", {}, label(found.kind)), ` #${found.order} `, found.closed_at ? badge("closed", "good") : due(found.due_at));
  const whole = el("details", { class: "steps-of" }, el("summary", {}, "All steps"), el("ol", { class: "walk" }, ...ahead.map((/** @type {any} */ step) => stop(step, null, true))));
  return el(
    "section",
    { "data-procedure": found.id },
    head,
    el("ol", { class: "walk", "aria-label": `Steps of the ${label(found.kind)}` }, ...steps.map((/** @type {any} */ step) => stop(step, taken(found, step), step === now))),
    found.closed_at || !open ? null : doing(found, at),
    found.closed_at ? null : whole,
  );
}

/** @param {string | null} at */
function due(at) {
  if (!at) return badge("under way", "accent");
  const over = Date.parse(at) < Date.now();
  return badge(`${over ? "overdue since" : "due"} ${stamp(at)}`, over ? "bad" : "accent");
}

/** @param {any} found @param {any} step */
const taken = (found, step) => found.history.findLast((/** @type {any} */ each) => each.after === step.name);

/** @param {any} step @param {any} done how it came to be @param {boolean} whole with the operating procedure */
function stop(step, done, whole) {
  const said = done ? [stamp(done.at), done.actor, done.detail?.grade && `grade ${done.detail.grade}`, done.detail?.note].filter(Boolean).join(" · ") : `${step.actor}${step.days ? `, within ${step.days} business days` : ""}`;
  return el("li", { "data-state": step.state }, el("strong", {}, label(step.name)), el("small", {}, said), whole ? el("p", { class: "standard" }, step.standard) : null);
}

/** Buttons for what may happen now; an inspection has a grade. @param {any} found @param {any} at */
function doing(found, at) {
  if (!found.events.length) return el("p", { class: "none" }, "The next step comes by itself.");
  const note = /** @type {HTMLInputElement} */ (el("input", { class: "form-control form-control-sm", "aria-label": "Note for the next step", placeholder: "Note", maxlength: 500 }));
  const grade = /** @type {HTMLSelectElement} */ (el("select", { class: "form-select form-select-sm", "aria-label": "Grade" }, ...Object.entries(GRADES).map(([key, words]) => el("option", { value: key }, `${key}: ${words}`))));
  const buttons = found.events.map((/** @type {string} */ event) => {
    const tell = () => attempt(() => post(`/api/desk/procedures/${encodeURIComponent(found.id)}/events`, { event, note: note.value, ...(event === "inspected" ? { grade: grade.value } : {}) }), at);
    return el("button", { type: "button", class: "btn btn-sm btn-outline-primary", onclick: tell }, label(event));
  });
  return el("div", { class: "doing" }, found.events.includes("inspected") ? grade : null, note, ...buttons);
}

/** @param {() => Promise<unknown>} act @param {any} at */
async function attempt(act, at) {
  try {
    await act();
    complain();
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    await showBeside(at, true);
  } catch (error) {
    complain(error);
  }
}

/** @param {any} row of the ledger */
export function entry(row) {
  const who = [row.authority === "bot" ? "assistant" : row.authority, row.approval?.state === "waiting" && `needs ${row.approval.needs}`, row.approval?.note, row.approved_by && `approved by ${row.approved_by}`, stamp(row.at ?? row.created_at), row.error && label(row.error)];
  const value = row.amount ? [" ", el("span", { class: "sum" }, money(row.amount))] : [];
  const waits = row.state === "waiting" ? [" ", el("a", { href: "/desk/approvals" }, "approvals")] : [];
  return el("li", {}, el("strong", {}, label(row.kind)), ` #${row.order}`, ...value, " ", badge(label(row.state), STATES[/** @type {keyof typeof STATES} */ (row.state)]), ...waits, el("small", {}, who.filter(Boolean).join(" · ")));
}

/** @param {any} found @param {any} at the case */
function match(found, at) {
  const name = found.email || [...found.orders.map((/** @type {string} */ order) => `#${order}`)].join(", ") || found.conversation;
  const where = found.case ? `/desk/cases/${encodeURIComponent(found.case)}` : `/desk/conversations/${encodeURIComponent(found.conversation)}`;
  const judge = (/** @type {boolean} */ same) => () => attempt(() => post(`/api/desk/conversations/${encodeURIComponent(at.conversation)}/matches`, { other: found.conversation, same }), at);
  const button = (/** @type {boolean} */ same, /** @type {string} */ words) => el("button", { type: "button", class: `btn btn-sm ${same ? "btn-outline-primary" : "btn-outline-secondary"}`, onclick: judge(same) }, words);
  return el(
    "div",
    { class: "match", "data-match": found.conversation },
    el("a", { href: where, dir: "auto" }, name),
    ...found.reasons.map((/** @type {keyof typeof LIKE} */ reason) => badge(LIKE[reason])),
    found.confirmed ? badge(`confirmed by ${found.by}`, "good") : null,
    found.confirmed ? null : button(true, "Same customer"),
    button(false, "Not the same"),
    el("small", {}, [found.channel, found.market, found.language && language(found.language), stamp(found.updated_at)].filter(Boolean).join(" · ")),
  );
}
