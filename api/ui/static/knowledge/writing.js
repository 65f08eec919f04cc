/** Writing Markdown by hand: buttons, Ctrl+B and Ctrl+I, lists that go on by themselves. */

import { byId, el } from "../shared/dom.js";

const area = /** @type {HTMLTextAreaElement} */ (byId("body"));
const ITEM = /^(\s*)(?:([-*+])|(\d+)([.)]))\s+(.*)$/u;

/** Replace the selection so that the browser's own undo still works. @param {string} text */
function insert(text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

/** Put marks around the selection, or take them away. @param {string} mark */
function wrap(mark) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const inside = value.slice(start, end);
  if (value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark) {
    area.setSelectionRange(start - mark.length, end + mark.length);
    insert(inside);
    area.setSelectionRange(start - mark.length, end - mark.length);
  } else {
    insert(`${mark}${inside}${mark}`);
    area.setSelectionRange(start + mark.length, end + mark.length);
  }
}

/** Begin every line of the selection so, or take the beginning away. @param {(line: string, index: number) => string} change */
function lines(change) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const after = area.value.indexOf("\n", area.selectionEnd);
  area.setSelectionRange(start, after < 0 ? area.value.length : after);
  const made = area.value.slice(start, area.selectionEnd).split("\n").map(change).join("\n");
  insert(made);
  area.setSelectionRange(start, start + made.length);
}

/** @param {string} line */
const bareLine = (line) => line.replace(/^\s*(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+)/u, "");

function link() {
  const words = area.value.slice(area.selectionStart, area.selectionEnd) || "words";
  const start = area.selectionStart;
  insert(`[${words}](https://)`);
  area.setSelectionRange(start + words.length + 3, start + words.length + 11);
}

/** @type {[string, string, string, () => void][]} */
const TOOLS = [
  ["H", "Heading", "heading", () => lines((line) => (line.startsWith("## ") ? bareLine(line) : `## ${bareLine(line)}`))],
  ["B", "Bold (Ctrl+B)", "bold", () => wrap("**")],
  ["I", "Italic (Ctrl+I)", "italic", () => wrap("*")],
  ["•", "List", "list", () => lines((line) => (/^\s*[-*+]\s/u.test(line) ? bareLine(line) : `- ${bareLine(line)}`))],
  ["1.", "Numbered list", "numbers", () => lines((line, index) => (/^\s*\d+[.)]\s/u.test(line) ? bareLine(line) : `${index + 1}. ${bareLine(line)}`))],
  ["Link", "Link", "link", link],
  ["Table", "Table", "table", () => insert("\n| One | Two |\n| --- | --- |\n| a | b |\n")],
];

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.isComposing || area.readOnly) return;
  const mark = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && { b: "**", i: "*" }[event.key];
  if (mark) {
    event.preventDefault();
    wrap(mark);
  } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.shiftKey) goOn(event);
}

/** The next line of a list begins like the one before; an empty one ends the list. @param {KeyboardEvent} event */
function goOn(event) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const found = area.value.slice(start, area.selectionStart).match(ITEM);
  if (!found || area.selectionStart !== area.selectionEnd) return;
  event.preventDefault();
  const [, indent, bullet, number, stop, text] = found;
  if (text.trim()) return insert(`\n${indent}${bullet ?? `${Number(number) + 1}${stop}`} `);
  area.setSelectionRange(start, area.selectionStart);
  if (!document.execCommand("delete")) area.setRangeText("");
}

byId("tools").append(...TOOLS.map(([sign, name, kind, act]) => el("button", { type: "button", class: "btn btn-sm btn-ghost", "data-tool": kind, title: name, "aria-label": name, onclick: act }, sign)));
area.addEventListener("keydown", press);
