/** Impact: which of the known questions find something else with this draft. */

import { badge } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { isAbort, newest, request } from "./requests.js";
import { counted, direction, language } from "./words.js";

const signal = newest();
/** @type {Record<string, [string, string]>} */
const VERDICTS = { better: ["better", "good"], worse: ["worse", "bad"], other: ["different", ""] };

/** @param {() => object} read the draft, or that it is to be retired */
export function impact(read) {
  const result = el("div", { "aria-live": "polite" });
  const run = async () => {
    button.setAttribute("disabled", "");
    result.replaceChildren(el("p", { class: "fine" }, "Asking every known question twice …"));
    try {
      result.replaceChildren(...summary(await request("POST", "/api/knowledge/impact", read(), signal())));
    } catch (error) {
      if (!isAbort(error)) result.replaceChildren(el("p", { class: "wrong" }, error instanceof Error ? error.message : String(error)));
    }
    button.removeAttribute("disabled");
  };
  const button = el("button", { type: "button", class: "btn btn-primary", onclick: run }, "See what changes");
  byId("panel-impact").replaceChildren(el("p", {}, "Labelled questions are asked of the knowledge as it is and as this draft would make it. Those that find something else are listed."), button, result);
  return { focus: () => button.focus(), clear: () => result.replaceChildren() };
}

/** @param {{asked: number, total?: number, changed: any[]}} answer */
function summary({ asked, total, changed }) {
  if (total && asked < total) return [el("p", { class: "fine" }, `Only ${asked} of ${counted(total, "question")} are ready yet; ask again in a moment.`), ...summary({ asked, changed })];
  if (!changed.length) return [el("p", { class: "large" }, `Of ${counted(asked, "question")}, none changes.`)];
  const counts = Object.entries(VERDICTS).map(([key, [words, tone]]) => [changed.filter(({ verdict }) => verdict === key).length, words, tone]);
  return [el("p", { class: "large" }, `Of ${counted(asked, "question")}, ${changed.length} ${changed.length === 1 ? "changes" : "change"}: `, ...counts.filter(([count]) => count).map(([count, words, tone]) => badge(`${count} ${words}`, String(tone)))), impactTable(changed)];
}

/** @param {any[]} changed the worst first */
export function impactTable(changed) {
  const order = ["worse", "better", "other"];
  const sorted = [...changed].sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict));
  return el("ul", { class: "impact" }, ...sorted.map(line));
}

/** @param {any} found */
function line({ text, language: code, expected, before, after, verdict }) {
  const [words, tone] = VERDICTS[verdict] ?? [verdict, ""];
  return el(
    "li",
    {},
    el("p", {}, badge(words, tone), el("span", { dir: direction(code), lang: code }, text), " ", el("small", { class: "inline" }, language(code))),
    el("p", { class: "from-to" }, best(before), " → ", best(after), expected?.length ? el("small", { class: "inline" }, ` should be ${expected.join(" or ")}`) : null),
  );
}

/** @param {{article: string | null, score: number, answerable: boolean} | null} found */
const best = (found) => (found?.article ? el("span", {}, el("code", {}, found.article), ` ${(found.score ?? 0).toFixed(2)}${found.answerable ? "" : ", not sure enough"}`) : el("span", {}, "nothing"));
