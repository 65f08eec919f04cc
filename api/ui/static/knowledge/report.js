/** What a sync found, in an editor's words: what to look at, and which known questions come out otherwise. */

import { badge } from "../desk/words.js";
import { el } from "../shared/dom.js";
import { editorPage } from "./requests.js";
import { language } from "./words.js";

/** One article in one language, and what is odd about it. */
const PLACE = /^([a-z]{2,3}(?:-[A-Za-z0-9]+)*)\/([a-z0-9-]+): (.*)$/su;
/** A question in quotes, the best article now and before. */
const MOVED = /^(worse|better|other): (["'])(.*)\2 finds (\S+?)( \(not sure\))?, before (\S+?)( \(not sure\))?$/su;
/** @type {Record<string, [string, string]>} */
const VERDICTS = { worse: ["worse", "bad"], better: ["better", "good"], other: ["different", ""] };

/** @param {string | {file: string, line: number, message: string}} found */
export function problem(found) {
  if (typeof found !== "string") return el("li", {}, el("strong", {}, found.file, found.line > 1 ? `, line ${found.line}` : "", ":"), ` ${found.message}`);
  const [, code, id, words] = PLACE.exec(found) ?? [];
  if (!id) return el("li", {}, found);
  return el("li", {}, el("a", { href: editorPage(id, code) }, `${id}, ${language(code)}`), `: ${words.replace(/differ from ([a-z]{2,3})\b/u, (_, other) => `differ from ${language(other)}`)}`);
}

/** What came since somebody went back, by `language/article`. @param {Record<string, string>} held @returns {Node[]} */
export function heldBack(held) {
  const names = Object.keys(held).sort();
  if (!names.length) return [];
  const line = (/** @type {string} */ name) => {
    const [code, id] = name.split("/");
    return el("li", {}, el("a", { href: editorPage(id, code) }, `${id}, ${language(code)}`));
  };
  return [el("h3", {}, "Held back since a reviewer went back"), el("ul", { class: "warnings" }, ...names.map(line)), el("p", { class: "fine" }, "The agent gets them once they are changed and published again.")];
}

/** @param {string[]} sentences @returns {Node[]} a heading with the counts, and the list */
export function affected(sentences) {
  const verdicts = sentences.map((sentence) => MOVED.exec(sentence)?.[1]);
  const counts = Object.entries(VERDICTS).map(([key, [words, tone]]) => ({ count: verdicts.filter((verdict) => verdict === key).length, words, tone }));
  return [
    el("h3", {}, "Known questions that come out otherwise"),
    el("p", {}, ...counts.filter(({ count }) => count).map(({ count, words, tone }) => badge(`${count} ${words}`, tone))),
    el("ul", { class: "impact scrolled", tabindex: 0, "aria-label": "Known questions that come out otherwise" }, ...sentences.map(moved)),
  ];
}

/** @param {string} sentence */
function moved(sentence) {
  const [, verdict, , question, now, doubtNow, before, doubtBefore] = MOVED.exec(sentence) ?? [];
  if (!verdict) return el("li", {}, sentence);
  const [words, tone] = VERDICTS[verdict];
  return el("li", {}, el("p", {}, badge(words, tone), el("span", { dir: "auto" }, `“${question.replaceAll("\\'", "'")}”`)), el("p", { class: "from-to" }, "now finds ", article(now, doubtNow), ", before ", article(before, doubtBefore)));
}

/** @param {string} id @param {string} [doubt] */
const article = (id, doubt) => el("span", {}, id === "nothing" ? id : el("a", { href: editorPage(id) }, id), doubt ? " (not sure)" : "");
