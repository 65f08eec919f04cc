/** The preview beside the text: the page customers see, the passages the agent reads, and what is wrong. */

import { badge } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { prose } from "./html.js";
import { isAbort, newest, request } from "./requests.js";
import { counted, direction } from "./words.js";

/** Milliseconds after the last key. */
const PAUSE = 350;
const signal = newest();
let timer = 0;

/**
 * Show it soon; an older answer never replaces a newer one.
 * @param {() => import("./sheet.js").Content} read
 * @param {(found: {problems: any[], warnings: string[]}) => void} judged
 * @param {number} [pause]
 */
export function preview(read, judged, pause = PAUSE) {
  clearTimeout(timer);
  timer = window.setTimeout(async () => {
    const content = read();
    const panel = byId("panel-preview");
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await request("POST", "/api/knowledge/preview", content, signal());
      show(panel, content, answer);
      judged(answer);
      panel.removeAttribute("aria-busy");
    } catch (error) {
      if (isAbort(error)) return;
      panel.replaceChildren(el("p", { class: "wrong" }, `No preview: ${error instanceof Error ? error.message : error}`));
      panel.removeAttribute("aria-busy");
    }
  }, pause);
}

/** @param {HTMLElement} panel @param {import("./sheet.js").Content} content @param {any} answer */
function show(panel, { front, body }, { html, passages }) {
  const dir = direction(front.language);
  const top = panel.scrollTop;
  const open = panel.querySelector("details")?.open ?? false;
  panel.replaceChildren(
    el("h2", { class: "prose-title", dir, lang: front.language }, front.title || "No title yet"),
    body.trim() ? prose(html, front.language, dir) : el("p", { class: "fine" }, "What you write appears here as customers see it."),
    el(
      "details",
      { class: "passages", open },
      el("summary", {}, `What the agent reads: ${counted(passages.length, "passage")}`),
      ...passages.map((/** @type {any} */ found) => el("blockquote", { dir, lang: front.language }, found.heading ? el("strong", {}, found.heading) : null, el("p", {}, found.text), badge(counted(found.tokens, "token"), found.tokens < 12 ? "warn" : ""))),
    ),
  );
  panel.scrollTop = top;
}

/**
 * What keeps the article from being published, and what is only odd; a click goes there.
 * @param {any[]} problems @param {string[]} warnings @param {(field: string, line: number) => void} reach
 */
export function findings(problems, warnings, reach) {
  const go = (/** @type {any} */ found) => () => reach(found.field, found.line ?? 1);
  const where = (/** @type {any} */ { field, line }) => (field === "body" && line ? `Line ${line}` : field ? field.replaceAll("_", " ") : "Article");
  byId("findings").replaceChildren(
    ...(problems.length
      ? [el("h3", {}, "Before it can be published"), el("ul", {}, ...problems.map((found) => el("li", { class: "wrong" }, el("button", { type: "button", class: "btn btn-link", onclick: go(found) }, where(found)), el("span", {}, found.message))))]
      : []),
    ...(warnings.length ? [el("h3", {}, "Worth a look"), el("ul", {}, ...warnings.map((text) => el("li", {}, warning(text, reach))))] : []),
  );
}

/** A warning that names a line leads there. @param {string} text @param {(field: string, line: number) => void} reach */
function warning(text, reach) {
  const line = Number(/\bline (\d+)/iu.exec(text)?.[1] ?? 0);
  return line ? el("button", { type: "button", class: "btn btn-link", onclick: () => reach("body", line) }, text) : el("span", {}, text);
}
