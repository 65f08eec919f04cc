/** Differences between two texts, found here or by the server, and how they look. */

import { el } from "../shared/dom.js";
import { label } from "./words.js";

/** @typedef {{text: string, changed: boolean}} Part */
/** @typedef {{kind: "same" | "added" | "removed", text: string, parts?: Part[]}} Line */

/** Comparing takes time and room by the product of both sides; beyond this, lines stand beside each other by number. */
const MOST = 4_000_000;
const words = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * The longest common subsequence as steps; [left index or -1, right index or -1].
 * @param {string[]} left @param {string[]} right
 * @returns {[number, number][]}
 */
export function aligned(left, right) {
  const width = right.length + 1;
  const best = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      best[i * width + j] = left[i] === right[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
  /** @type {[number, number][]} */
  const steps = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) steps.push([i++, j++]);
    else if (j >= right.length || (i < left.length && best[(i + 1) * width + j] >= best[i * width + j + 1])) steps.push([i++, -1]);
    else steps.push([-1, j++]);
  }
  return steps;
}

/** Rows of two columns; a removed line stands beside the added one that replaces it. @param {string} left @param {string} right @returns {[string | null, string | null][]} */
export function rows(left, right) {
  const [one, two] = [left.split("\n"), right.split("\n")];
  if (one.length * two.length > MOST) return Array.from({ length: Math.max(one.length, two.length) }, (_, at) => [one[at] ?? null, two[at] ?? null]);
  /** @type {[string | null, string | null][]} */
  const made = [];
  /** @type {{gone: string[], come: string[]}} */
  let waiting = { gone: [], come: [] };
  const flush = () => {
    for (let n = 0; n < Math.max(waiting.gone.length, waiting.come.length); n++) made.push([waiting.gone[n] ?? null, waiting.come[n] ?? null]);
    waiting = { gone: [], come: [] };
  };
  for (const [i, j] of aligned(one, two)) {
    if (i >= 0 && j >= 0) {
      flush();
      made.push([one[i], two[j]]);
    } else if (i >= 0) waiting.gone.push(one[i]);
    else waiting.come.push(two[j]);
  }
  flush();
  return made;
}

/** What of one line is not in the other. @param {string} line @param {string} other @returns {Part[]} */
function parts(line, other) {
  const split = (/** @type {string} */ text) => [...words.segment(text)].map(({ segment }) => segment);
  const [one, two] = [split(line), split(other)];
  if (one.length * two.length > 250_000) return [{ text: line, changed: true }];
  return aligned(one, two).filter(([i]) => i >= 0).map(([i, j]) => ({ text: one[i], changed: j < 0 }));
}

/** A text with the words marked that are not in the other. @param {string} text @param {string} other @param {"ins" | "del"} tag */
export const against = (text, other, tag) => marked(parts(text, other), tag);

/** @param {Part[]} found @param {"ins" | "del"} tag */
const marked = (found, tag) => found.map(({ text, changed }) => (changed ? el(tag, {}, text) : text));

/**
 * Two texts beside each other.
 * @param {string} left @param {string} right @param {[string, string]} names @param {"ltr" | "rtl"} dir
 */
export function beside(left, right, names, dir) {
  const line = ([one, two]) => {
    const same = one === two;
    const cell = (/** @type {string | null} */ text, /** @type {string | null} */ other, /** @type {"ins" | "del"} */ tag) => el("td", { dir, class: same ? "" : text === null ? "none" : tag }, ...(text === null ? [] : same ? [text] : other === null ? [text.trim() ? el(tag, {}, text) : text] : marked(parts(text, other), tag)));
    return el("tr", {}, cell(one, two, "del"), cell(two, one, "ins"));
  };
  return el("table", { class: "beside" }, el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, ...rows(left, right).map(line)));
}

/**
 * The server's lines, one under the other; long unchanged stretches are folded.
 * @param {Line[]} lines @param {"ltr" | "rtl"} dir @param {number} [around] unchanged lines shown around a change
 */
export function unified(lines, dir, around = 2) {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== "same"));
  /** @type {Node[]} */
  const made = [];
  let folded = 0;
  lines.forEach((line, at) => {
    if (near[at]) {
      if (folded) made.push(el("p", { class: "fold" }, `${folded} unchanged ${folded === 1 ? "line" : "lines"}`));
      folded = 0;
      made.push(one(line, dir));
    } else folded++;
  });
  if (folded) made.push(el("p", { class: "fold" }, `${folded} unchanged ${folded === 1 ? "line" : "lines"}`));
  return el("div", { class: "unified" }, ...made);
}

/** @param {Line} line @param {"ltr" | "rtl"} dir */
function one({ kind, text, parts: found }, dir) {
  const tag = kind === "added" ? "ins" : "del";
  const said = kind === "same" ? null : el("span", { class: "quiet" }, kind === "added" ? "Added: " : "Removed: ");
  return el("p", { class: kind, dir }, said, ...(kind === "same" || !text.trim() ? [text || " "] : found?.length ? marked(found, tag) : [el(tag, {}, text)]));
}

/** @param {{field: string, before: unknown, after: unknown}[]} changes */
export function fields(changes) {
  const shown = (/** @type {unknown} */ value) => (Array.isArray(value) ? value.join(", ") : value === null || value === undefined || value === "" ? "empty" : value === true ? "yes" : value === false ? "no" : String(value));
  return el("dl", { class: "fields-changed" }, ...changes.flatMap(({ field, before, after }) => [el("dt", {}, label(field)), el("dd", {}, el("del", {}, shown(before)), " ", el("ins", {}, shown(after)))]));
}

/** Fields in which two front matters differ. @param {Record<string, any>} before @param {Record<string, any>} after */
export function changedFields(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const plain = (/** @type {unknown} */ value) => JSON.stringify(value ?? "");
  return names.filter((name) => plain(before[name]) !== plain(after[name])).map((field) => ({ field, before: before[field], after: after[field] }));
}
