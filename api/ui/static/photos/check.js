/** What a category's held-out check came to, as a table, and learning it anew with progress. */

import { ApiError } from "../desk/http.js";
import { badge, label, stamp } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { read } from "../shared/sse.js";

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)} %`;
/** @param {string} defect */
export const shown = (defect) => (defect === "none" ? "nothing wrong" : label(defect));

/** @param {{fit: any, counts: Record<string, number>}} category */
export function showCheck({ fit, counts }) {
  const box = byId("check");
  if (!fit) {
    const any = Object.keys(counts).length > 0;
    return box.replaceChildren(el("p", {}, any ? "Not learned yet. The agent says “cannot tell” of such photos." : "There are no examples yet. The agent says “cannot tell” of such photos."));
  }
  const { report, at, by } = fit;
  const head = ["Defect", "Examples", "Right when told", "Found", ""].map((name, place) => el("th", { scope: "col", class: place > 0 && place < 4 ? "count" : null }, name));
  box.replaceChildren(
    el("div", { class: "check-scroll", tabindex: 0, role: "region", "aria-label": "Held-out check" }, el("table", { class: "check" }, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...report.classes.map(row)))),
    el("p", { class: "fine" }, `Right in ${percent(report.accuracy)} of ${report.n} examples of ${report.skus} products; how sure it is differs from how often it is right by ${percent(report.ece)}. `, severity(report.severity), ` Learned ${stamp(at)} by ${by}.`),
    ...stale(report, counts),
  );
}

/** @param {any} standing */
function row({ defect, n, skus, told, right, precision_low, recall_low, enabled, why }) {
  const bounds = (/** @type {number} */ low) => `, with 90 % certainty at least ${percent(low)}`;
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, shown(defect)),
    el("td", { class: "count", title: `${n} examples of ${skus} products` }, `${n} / ${skus}`),
    el("td", { class: "count", title: told ? `${right} of ${told}${bounds(precision_low)}` : "never told" }, told ? percent(right / told) : "–"),
    el("td", { class: "count", title: `${right} of ${n}${bounds(recall_low)}` }, percent(n ? right / n : 0)),
    el("td", {}, badge(enabled ? "on" : "off", enabled ? "good" : "warn"), why ? el("span", { class: "why" }, why) : null),
  );
}

/** @param {any} found */
const severity = (found) => (found?.enabled ? `How bad it is: right in ${percent(found.right)}.` : `How bad it is, is not told: ${found?.why ?? "no examples say it"}.`);

/** @param {any} report @param {Record<string, number>} counts */
function stale(report, counts) {
  const now = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return now === report.n ? [] : [el("p", { class: "why-not" }, `There are ${now} examples now, and ${report.n} when this was learned. Learn again.`)];
}

/**
 * Learns a category; rejects with the reason.
 * @param {string} category
 * @param {() => Promise<unknown>} done
 */
export async function learn(category, done) {
  const line = byId("progress");
  line.hidden = false;
  step("Reading the examples …");
  try {
    for await (const { event, data } of read(await opened(category))) {
      if (event === "progress") step("Learning, and checking on products left out …", data.done / data.total);
      if (event === "failed") throw new ApiError(422, data.message);
    }
    await done();
  } finally {
    line.hidden = true;
  }
}

/** @param {string} words @param {number} [share] */
function step(words, share) {
  const bar = /** @type {HTMLProgressElement} */ (byId("bar"));
  if (share === undefined) bar.removeAttribute("value");
  else bar.value = share;
  byId("step").textContent = words;
}

/** @param {string} category @returns {Promise<ReadableStream<Uint8Array>>} */
async function opened(category) {
  const csrf = document.querySelector('meta[name="csrf"]')?.getAttribute("content") ?? "";
  const response = await fetch("/api/photos/fit", { method: "POST", headers: { "content-type": "application/json", "x-csrf-token": csrf }, body: JSON.stringify({ category }) }).catch(() => null);
  if (!response) throw new ApiError(0, "The server cannot be reached. Check the connection and try again.");
  if (response.ok && response.body) return response.body;
  const told = await response.json().catch(() => null);
  throw new ApiError(response.status, told?.error?.message ?? `The server answered ${response.status}. Try again in a moment.`);
}
