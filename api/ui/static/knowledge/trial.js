/** Try it: what the agent finds and says to a question, before and after this draft. */

import { badge } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { against } from "./difference.js";
import { isAbort, newest, request } from "./requests.js";
import { MARKETS, direction, label, language, market } from "./words.js";

const signal = newest();
/** @type {Record<string, [string, string]>} */
const DECISIONS = { resolve: ["answers", "good"], ask: ["asks back", "accent"], handoff: ["hands over to a person", "warn"] };

/** @param {string[]} languages @param {() => {content: import("./sheet.js").Content | null, article: string, language: string}} read the draft; null when nothing differs from what is published */
export function trial(languages, read) {
  const result = el("div", { class: "trial", "aria-live": "polite" });
  const form = /** @type {HTMLFormElement} */ (
    el(
      "form",
      { class: "fields" },
      el("label", { class: "wide" }, "A customer’s question", el("textarea", { class: "form-control", name: "question", rows: 2, maxlength: 1000, required: true, dir: "auto" })),
      el("label", {}, "Language", el("select", { class: "form-select", name: "language" }, ...languages.map((code) => el("option", { value: code }, language(code))))),
      el("label", {}, "Market", el("select", { class: "form-select", name: "market" }, el("option", { value: "" }, "Not known"), ...MARKETS.filter((code) => code !== "EU").map((code) => el("option", { value: code }, market(code))))),
      el("button", { class: "btn btn-primary" }, "Try it"),
    )
  );
  form.question.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation(); // Ctrl+Enter asks here; it publishes nothing
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { content, article } = read();
    result.replaceChildren(el("p", { class: "fine" }, "The agent is reading …"));
    try {
      const wanted = { question: form.question.value, language: form.language.value, ...(form.market.value && { market: form.market.value }), ...(content && { draft: content }) };
      const answer = await request("POST", "/api/knowledge/try", wanted, signal());
      result.replaceChildren(...outcome(answer, article, form.language.value));
    } catch (error) {
      if (!isAbort(error)) result.replaceChildren(el("p", { class: "wrong" }, error instanceof Error ? error.message : String(error)));
    }
  });
  byId("panel-try").replaceChildren(el("p", { class: "fine" }, "Nothing is sent and nothing is stored."), form, result);
  return { language: (/** @type {string} */ code) => (form.language.value = code), focus: () => form.question.focus(), clear: () => result.replaceChildren() };
}

/** @param {any} answer @param {string} article @param {string} code */
function outcome({ before, after, ms }, article, code) {
  const seconds = el("p", { class: "fine" }, `${(ms / 1000).toFixed(1)} s`);
  if (!after) return [side("As it is now", before, article, code, [], null), el("p", { class: "fine" }, "Change something to see what the draft would do."), seconds];
  const known = before.passages.map((/** @type {any} */ found) => found.article);
  return [el("div", { class: "pair" }, side("Now", before, article, code, null, against(before.reply ?? "", after.reply ?? "", "del")), side("With this draft", after, article, code, known, against(after.reply ?? "", before.reply ?? "", "ins"))), seconds];
}

/** @param {string} title @param {any} found @param {string} article @param {string} code @param {string[] | null} known articles that were found before @param {(Node | string)[] | null} reply with its changes marked */
function side(title, found, article, code, known, reply) {
  const dir = direction(code);
  const [decision, tone] = DECISIONS[found.decision] ?? [label(found.decision), ""];
  return el(
    "section",
    {},
    el("h3", {}, title),
    el("p", {}, badge(decision, tone), badge(found.answerable ? "sure of its article" : "not sure of its article", found.answerable ? "good" : "warn"), ...(found.reasons ?? []).map((/** @type {string} */ reason) => badge(label(reason)))),
    found.reply ? el("blockquote", { class: "reply", dir, lang: code }, ...(reply ?? [found.reply])) : el("p", { class: "fine" }, "A person answers."),
    found.draft && !found.reply ? el("details", {}, el("summary", {}, "The draft that person gets"), el("p", { class: "reply", dir, lang: code }, found.draft)) : null,
    el("ol", { class: "found" }, ...found.passages.map((/** @type {any} */ passage) => hit(passage, article, known))),
  );
}

/** @param {any} passage @param {string} article @param {string[] | null} known */
function hit(passage, article, known) {
  const fresh = known?.length && !known.includes(passage.article);
  return el(
    "li",
    { class: passage.article === article ? "this" : "" },
    el("span", { class: "hit", dir: "auto" }, el("strong", {}, passage.title || passage.article), passage.heading ? ` · ${passage.heading}` : ""),
    passage.article === article ? badge("this article", "accent") : null,
    fresh ? badge("new", "good") : null,
    el("span", { class: "score" }, el("meter", { min: 0, max: 1, value: passage.score, "aria-hidden": "true" }), ` ${passage.score.toFixed(2)}`),
    el("details", {}, el("summary", {}, `Passage, ${language(passage.language)}`), el("p", { dir: direction(passage.language), lang: passage.language }, passage.text)),
  );
}
