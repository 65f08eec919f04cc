/** Why the agent did what it did in one turn. */

import { el } from "../shared/dom.js";
import { spent, writer } from "./spent.js";
import { badge, label, stamp } from "./words.js";

/** The nodes in the order a turn passes them. */
const NODES = ["triage", "translate", "diagnose", "gather", "retrieve", "decide", "act", "compose", "verify", "handoff"];

/** @param {number} score */
const percent = (score) => `${Math.round(score * 100)} %`;

/** @param {string} name @param {(import("../shared/dom.js").Child)[]} content */
function line(name, content) {
  return content.length ? [el("dt", {}, name), el("dd", {}, ...content)] : [];
}

/** @param {any} turn @returns {HTMLElement} */
export function why(turn) {
  const tone = { resolve: "good", handoff: "warn" }[/** @type {string} */ (turn.outcome)] ?? "";
  const reasons = turn.reasons.map((/** @type {string} */ reason) => badge(label(reason)));
  const head = el("summary", {}, "Why: ", badge(label(turn.outcome), tone), ...reasons);
  return el("details", { class: "why", "data-turn": turn.turn }, head, el("dl", {}, ...lines(turn, turn.detail ?? {})));
}

/** @param {any} turn @param {any} detail */
function lines(turn, detail) {
  const timings = Object.entries(detail.timings ?? {}).sort(([one], [other]) => NODES.indexOf(one) - NODES.indexOf(other));
  const total = timings.reduce((sum, [, ms]) => sum + Number(ms), 0);
  return [
    ...line("Intents", (detail.intents ?? []).map(intent)),
    ...line("Sentiment", detail.sentiment ? [`${detail.sentiment.label} (${percent(detail.sentiment.score)})`] : []),
    ...line("Urgency", detail.urgency ? [detail.urgency] : []),
    ...line("Flags", (detail.flags ?? []).map((/** @type {string} */ flag) => badge(label(flag), "warn"))),
    ...line("Remedies", (detail.remedies ?? []).map(remedy)),
    ...line("Faults found", (detail.faults ?? []).map((/** @type {string} */ fault) => badge(fault, "bad"))),
    ...line("Sources", (detail.sources ?? []).map((/** @type {any} */ source) => el("span", { class: "each", dir: "auto" }, `${source.kind}: ${source.label}`))),
    ...line("Passages", (detail.passages ?? []).map((/** @type {string} */ id) => el("code", { class: "each" }, id))),
    ...line("Knowledge", detail.snapshot ? [el("code", {}, detail.snapshot)] : []),
    ...line("Brain", detail.brain ? [detail.brain] : []),
    ...line("Written by", detail.writer?.brain ? [writer(detail.writer)] : []),
    ...line("Model calls", spent(detail.model)),
    ...line("Desk", [label(turn.desk)]),
    ...line("Time", [`${stamp(turn.created_at)}, ${Math.round(total)} ms`, timings.length ? bars(timings) : null]),
  ];
}

/** @param {{intent: string, score: number}} found */
function intent({ intent, score }) {
  return el("span", { class: "each" }, label(intent), " ", el("meter", { min: 0, max: 1, value: score, "aria-label": label(intent) }), ` ${percent(score)}`);
}

/** @param {{kind: string, order: string | null, blocked: string | null}} found */
function remedy({ kind, order, blocked }) {
  const about = order ? ` for #${order}` : "";
  return el("span", { class: "each" }, `${label(kind)}${about} `, blocked ? badge(`stopped: ${label(blocked)}`, "warn") : badge("allowed", "good"));
}

/** @param {[string, any][]} timings node and milliseconds */
function bars(timings) {
  const longest = Math.max(...timings.map(([, ms]) => Number(ms)), 1);
  const rows = timings.map(([node, ms]) =>
    el("tr", {}, el("th", { scope: "row" }, node), el("td", {}, el("meter", { min: 0, max: longest, value: Number(ms), "aria-label": node })), el("td", {}, `${Number(ms).toFixed(1)} ms`)),
  );
  return el("table", { class: "timings" }, el("tbody", {}, ...rows));
}
