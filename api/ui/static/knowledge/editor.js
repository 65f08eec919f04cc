/** The page of one article: brings the form, its saving and the panels together. */

import { complain } from "../desk/http.js";
import { me } from "../desk/live.js";
import { byId, el } from "../shared/dom.js";
import { acting, buttons } from "./acting.js";
import { settle } from "./conflict.js";
import { badges, said, steps, whyNot } from "./flow.js";
import { showHistory } from "./history.js";
import { impact } from "./impact.js";
import { jump } from "./jump.js";
import { forget, kept, keyOf } from "./kept.js";
import { languageBar, order, translations } from "./languages.js";
import "./masthead.js";
import { naming } from "./naming.js";
import { notice, offer, progress } from "./notes.js";
import { opening } from "./opening.js";
import { findings, preview } from "./preview.js";
import { articlePath, draftPath, editorPage, request } from "./requests.js";
import { Saving } from "./saving.js";
import { shortcuts } from "./shortcuts.js";
import { Sheet } from "./sheet.js";
import { follow, inLine, showSource } from "./source.js";
import { Tabs } from "./tabs.js";
import { trial } from "./trial.js";
import { language } from "./words.js";
import "./writing.js";

const page = byId("editor");
const role = page.dataset.role;
const all = Object.keys(JSON.parse(page.dataset.languages));
const NOTHING = { published: null, draft: null, retired: false, outdated: false, source_changes: [] };

/** @type {any} the article as the server has it; null while it is new */
let article = null;
let id = page.dataset.article;
let code = page.dataset.language;
let note = "";
/** The published text its writer has before them; a first save is refused when it is another one by then. @type {string | null} */
let base = null;
let judged = { problems: 0, second: false, reason: "" };

const isNew = () => id === "new";
const variant = () => article?.variants[code] ?? NOTHING;
const sheet = new Sheet(edited);
const saving = new Saving({ read: () => sheet.read(), send, clash, saved, tell });
const tabs = new Tabs({ preview: "Preview", source: "Source", try: "Try it", impact: "Impact", history: "History" }, opened);
const trying = trial(all, () => ({ article: id, content: tried() }));
const effect = impact(() => ({ ...sheet.read(), ...(variant().draft?.kind === "retire" && { retire: true }) }), () => (tried() ? translations(article, code).map((other) => [editorPage(id, other), language(other)]) : []));
const act = acting({ path: () => [id, code], standing, ready: () => saving.flush(), version: () => saving.version, noted, behind: () => variant().outdated && !inLine(), follow: followed, mend, done: load });
const soon = isNew() && role !== "operator" ? naming((chosen) => open(chosen), claim) : null;

/** What is to be tried; null when nothing differs from what is published. */
function tried() {
  const retire = variant().draft?.kind === "retire";
  return retire ? { ...sheet.read(), retire } : saving.dirty || variant().draft ? sheet.read() : null;
}

/** @param {import("./sheet.js").Content} content @param {number | null} version */
function send(content, version) {
  return request("PUT", draftPath(id, code), { version, ...content, note, base, in_line: inLine() });
}

/** @param {any} answer */
function saved(answer) {
  const { draft } = variant();
  const content = sheet.read();
  const now = { kind: "edit", ...content, ...(draft ?? {}), state: "draft", note, version: answer.version, updated_by: me, updated_at: new Date().toISOString(), editors: [...new Set([...(draft?.editors ?? []), me])] };
  article ??= { id, source_language: content.front.source_language, variants: {} };
  article.variants[code] = { ...variant(), draft: { ...now, ...content } };
  judge(answer);
  stand();
  complain(); // what was wrong before this save may be mended
}

/** @param {any} answer of a save or of a preview */
function judge(answer) {
  const { draft, published } = variant();
  const blank = isNew() || (!draft && !published && !saving.dirty);
  if (blank) answer = { ...answer, problems: [], warnings: [] }; // that nothing is written yet goes without saying
  judged = { problems: answer.problems.length, second: answer.needs_second_reader ?? judged.second, reason: answer.review_reason ?? judged.reason };
  findings(answer.problems, answer.warnings, (field, line) => sheet.reach(field, line));
  sheet.mark(answer.problems.map((/** @type {any} */ found) => found.field));
  byId("why-not").textContent = whyNot(standing());
}

/** @returns {import("./flow.js").Standing} */
function standing() {
  const { published, draft, retired } = variant();
  const second = judged.second || Boolean(draft?.front.second_reader || published?.front.second_reader);
  return { role, published, draft, retired: Boolean(retired), me, second, reason: judged.reason, problems: judged.problems, fresh: isNew() };
}

/** The bar above the text: where it stands, what may be done, and why not. */
function stand() {
  const now = standing();
  byId("badges").replaceChildren(...badges(now));
  byId("why-not").textContent = whyNot(now);
  Object.assign(byId("said"), { textContent: said(now), hidden: !said(now) });
  buttons(now, act);
  languageBar(article, code, all, { open, locked: role === "operator" || isNew() });
}

/** @param {import("./saving.js").State} state @param {string} [reason] */
function tell(state, reason) {
  progress(state, reason, Boolean(variant().draft), () => clash(saving.conflict ?? null));
}

function edited() {
  title();
  if (isNew()) soon?.();
  saving.touch();
  preview(() => sheet.read(), judge);
  effect.clear();
}

function title() {
  const words = sheet.read().front.title || (isNew() ? "New article" : id);
  document.title = `${words} · Portside`;
  byId("shown-title").textContent = words;
}

/** The first save of a new article. @param {string} name */
async function claim(name) {
  forget(saving.key);
  id = name;
  sheet.given = { ...sheet.given, id };
  history.replaceState(null, "", editorPage(id, code));
  await saving.over(keyOf(id, code), null);
  stand();
  panels();
}

function fill() {
  const shown = opening(article, variant(), isNew() ? "" : id, code);
  Object.assign(judged, { problems: 0, second: false, reason: "" });
  ({ note, base } = shown);
  sheet.fill(shown.front, shown.body);
  sheet.lock(role === "operator" || shown.locked);
  saving.start(isNew() ? "" : keyOf(id, code), shown.version);
  if (isNew()) Object.assign(saving, { key: keyOf("new", code), held: true }); // it has no name yet under which it could be saved
}

function show() {
  fill();
  title();
  stand();
  panels();
  trying.language(code);
  trying.clear();
  effect.clear();
  preview(() => sheet.read(), judge, 0);
  offerKept();
  page.removeAttribute("aria-busy");
  if (isNew()) byId("title").focus();
}

function panels() {
  const origin = sheet.read().front.source_language;
  const translated = !isNew() && origin !== code;
  tabs.offer("source", translated);
  for (const name of ["impact", "history"]) tabs.offer(name, !isNew());
  if (translated) showSource(article?.variants[origin], origin, variant(), { copy, follows: () => inLine() && followed(note), locked: role === "operator", empty: !sheet.read().body.trim() });
  if (translated && (variant().outdated || !sheet.read().body)) tabs.open("source");
  else if (variant().retired || (role === "reviewer" && variant().draft?.state === "review")) tabs.open("history");
  else opened(tabs.now);
  byId("name").textContent = isNew() ? "" : `/ ${id}`;
}

/** @param {string} name of a panel */
function opened(name) {
  if (name === "history" && !isNew()) showHistory(articlePath(id, code), code, { draft: Boolean(variant().draft), published: Boolean(variant().published), restore: role === "operator" ? null : restore });
}

/** @param {string} text */
function copy(text) {
  if (byId("body").value.trim()) return notice("The translation is not empty, so it stays as it is.");
  byId("body").value = text;
  edited();
}

/** The translation follows its source now. Its note says so: with the same words and the same note it would be a save repeated. @param {string} words of the note */
function followed(words) {
  follow();
  return noted([words, "In line with its source"].filter(Boolean).join("\n"));
}

function mend() {
  byId("findings").querySelector("button")?.click(); // puts the focus there
  complain(new Error("Mend what is named under the text first; the first of it has the focus."));
}

/** @param {number} number of a revision */
async function restore(number) {
  try {
    if (!(await saving.flush())) throw new Error("Your words are not saved yet, so nothing was restored.");
    await request("POST", `${articlePath(id, code)}/restore`, { number, version: saving.version });
    await load();
    notice(`The draft has the words of revision ${number} now.`);
    byId("shown-title").focus(); // the button in the list has been drawn anew
  } catch (error) {
    complain(error);
  }
}

/** Words that were never saved, such as before a crash. */
function offerKept() {
  const found = kept(saving.key);
  const now = sheet.read();
  const useful = found && role !== "operator" && JSON.stringify([found.front, found.body]) !== JSON.stringify([now.front, now.body]);
  const version = saving.version;
  const takeUp = () => {
    if (!found) return;
    sheet.fill({ ...found.front, language: code }, found.body);
    if (found.version !== version && !isNew()) saving.version = found.version; // the server compares, and asks in a conflict
    edited();
  };
  offer(useful ? found : null, takeUp, () => forget(saving.key, true));
}

/** @param {import("./requests.js").Theirs} theirs */
async function clash(theirs) {
  const mine = sheet.read();
  const chosen = await settle(theirs, mine);
  if (chosen === "mine") {
    base = theirs?.base ?? null;
    await saving.over(saving.key, theirs?.version ?? null);
  } else if (chosen === "theirs") {
    forget(saving.key);
    await load();
    const back = () => {
      sheet.fill(mine.front, mine.body);
      edited();
      notice();
      byId("body").focus();
    };
    notice("This is theirs.", el("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: back }, "Put mine back"));
  }
  if (document.activeElement === document.body) byId("body").focus();
}

/** @param {string} words @returns {Promise<boolean>} whether the draft has this note now */
function noted(words) {
  note = words;
  saving.there = "";
  return saving.flush();
}

/** @param {string} next a language */
async function open(next) {
  if (isNew()) {
    code = next;
    const { front, body } = sheet.read();
    sheet.fill({ ...front, language: next, source_language: next }, body);
    saving.key = keyOf("new", next);
    return edited();
  }
  await saving.flush(); // what cannot be saved is kept in the browser, and offered on coming back
  history.pushState(null, "", editorPage(id, next));
  code = next;
  notice();
  await load();
}

async function load() {
  try {
    if (!isNew()) article = await request("GET", articlePath(id));
    if (!code) code = isNew() ? "en" : article.variants[article.source_language] ? article.source_language : (Object.keys(article.variants)[0] ?? "en");
    show();
    complain();
  } catch (error) {
    complain(error);
    byId("shown-title").textContent = id;
  }
}

function next() {
  const [first] = steps(standing());
  if (first === "publish" || first === "submit") act(first);
}

shortcuts({
  save: () => (isNew() ? soon?.(0) : saving.flush()),
  next,
  jump: () => jump(async (href) => (await saving.flush(), location.assign(href))),
  place: (at) => {
    const wanted = order(article, code, all)[at];
    if (wanted && wanted !== code && !isNew()) open(wanted);
  },
  tabs,
  panels: { try: trying, impact: effect },
});
byId("sheet").addEventListener("focusout", () => isNew() || saving.flush());
addEventListener("popstate", async () => {
  await saving.flush(); // still under the language it was written in
  code = new URLSearchParams(location.search).get("lang") ?? "";
  await load();
});
request("GET", "/api/knowledge/articles").then((known) => sheet.suggest(known)).catch(() => null); // only proposals
load();
