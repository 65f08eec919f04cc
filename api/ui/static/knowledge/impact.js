/** Impact: which translations fall behind with this draft, and which of the known questions find something else. */

import { badge } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { isAbort, newest, request } from "./requests.js";
import { counted, direction, language } from "./words.js";

/** Milliseconds until the questions that were not ready are asked, and how often. */
const AGAIN = 2000;
const MOST = 60;
const signal = newest();
/** @type {Record<string, [string, string]>} */
const VERDICTS = { better: ["better", "good"], worse: ["worse", "bad"], other: ["different", ""] };

/**
 * @param {() => object} read the draft, or that it is to be retired
 * @param {() => [string, string][]} behind page and name of each translation that this draft leaves behind
 */
export function impact(read, behind) {
  const follow = el("div");
  const result = el("div", { "aria-live": "polite" });
  let timer = 0;
  const run = async (/** @type {number} */ left) => {
    clearTimeout(timer);
    try {
      const answer = await request("POST", "/api/knowledge/impact", read(), signal());
      result.replaceChildren(...summary(answer));
      if (answer.asked < (answer.total ?? 0) && left) timer = window.setTimeout(() => run(left - 1), AGAIN);
    } catch (error) {
      if (!isAbort(error)) result.replaceChildren(el("p", { class: "wrong" }, error instanceof Error ? error.message : String(error)));
    }
  };
  const begin = () => {
    result.replaceChildren(el("p", { class: "fine" }, "Asking every known question twice …"));
    run(MOST);
  };
  const button = el("button", { type: "button", class: "btn btn-primary", onclick: begin }, "See what changes");
  byId("panel-impact").replaceChildren(follow, el("p", {}, "Questions whose right article is known are asked of the knowledge as it is now, and as this draft would make it. Those that come out otherwise are listed."), button, result);
  const clear = () => {
    clearTimeout(timer);
    signal(); // an answer on its way is about words that are no more
    result.replaceChildren();
    follow.replaceChildren(...translated(behind()));
  };
  return { focus: () => button.focus(), clear };
}

/** @param {[string, string][]} pages */
function translated(pages) {
  if (!pages.length) return [];
  const links = pages.flatMap(([href, name], at) => [at ? ", " : "", el("a", { href }, name)]);
  return [el("p", { class: "behind" }, `${counted(pages.length, "translation")} of this text will count as behind once it is published: `, ...links, ".")];
}

/** @param {{asked: number, total?: number, changed: any[]}} answer */
function summary({ asked, total, changed }) {
  if (total && asked < total) return [el("p", { class: "fine" }, `${asked} of ${counted(total, "question")} are ready; the others follow …`), ...summary({ asked, changed })];
  if (!changed.length) return [el("p", { class: "large" }, `All ${counted(asked, "question")} find the same article as before.`), el("p", { class: "fine" }, "What the agent says from this article changes with its words. See that under Try it.")];
  const counts = Object.entries(VERDICTS).map(([key, [words, tone]]) => [changed.filter(({ verdict }) => verdict === key).length, words, tone]);
  return [el("p", { class: "large" }, `Of ${counted(asked, "question")}, ${changed.length} ${changed.length === 1 ? "comes" : "come"} out otherwise: `, ...counts.filter(([count]) => count).map(([count, words, tone]) => badge(`${count} ${words}`, String(tone)))), impactTable(changed)];
}

/** @param {any[]} changed the worst first */
function impactTable(changed) {
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
