/** The page of gaps: what customers miss, what operators know, which articles are stale; one click to a draft, and a way back. */

import { complain } from "../desk/http.js";
import "../desk/live.js";
import { byId, el } from "../shared/dom.js";
import { gapCard, proposalCard } from "./gap_cards.js";
import { bare, command, listen } from "./keys.js";
import { editorPage, isAbort, newest, request } from "./requests.js";
import { articleRow } from "./rows.js";
import { Tabs } from "./tabs.js";
import { counted } from "./words.js";

const NAMES = { gaps: "Gaps", proposals: "Proposals", stale: "Stale and unused" };
const STALE = ["review_due", "expired", "never_used"];
const NOTHING = {
  gaps: { open: "No gap is known. What customers ask is gone through every hour.", drafted: "No draft was made of a gap yet.", answered: "No gap has been closed by a new article yet.", dismissed: "Nothing was dismissed." },
  proposals: { open: "No new answer by an operator. They are collected once an hour.", drafted: "No draft was made of a reply yet.", answered: "Proposals do not close by themselves.", dismissed: "Nothing was dismissed." },
};
const mayEdit = byId("gaps").dataset.role !== "operator";
const status = byId("status");
const signal = newest();
const deeds = { mayEdit, draft, dismiss, reopen };
const tabs = new Tabs(NAMES, opened);

/** @type {{kind: string, item: any} | null} what Undo takes back */
let last = null;

async function refresh() {
  byId("gaps").setAttribute("aria-busy", "true");
  try {
    await { gaps: () => cards("gaps", gapCard, "volume"), proposals: () => cards("proposals", proposalCard, "times"), stale }[tabs.now]();
    complain();
  } catch (error) {
    if (isAbort(error)) return;
    complain(error);
  }
  byId("gaps").removeAttribute("aria-busy");
}

/** @param {"gaps" | "proposals"} kind @param {(item: any, most: number, deeds: any) => HTMLElement} make @param {string} size */
async function cards(kind, make, size) {
  // A proposal has no way to close by itself.
  const found = kind === "proposals" && status.value === "answered" ? [] : (await request("GET", `/api/knowledge/${kind}?status=${status.value}`, undefined, signal()))[kind];
  const most = Math.max(1, ...found.map((/** @type {any} */ item) => item[size]));
  const at = focused();
  byId(`list-${kind}`).replaceChildren(...(found.length ? found.map((/** @type {any} */ item) => Object.assign(make(item, most, deeds), { item })) : [el("li", { class: "empty" }, NOTHING[kind][status.value])]));
  byId("count").textContent = kind === "gaps" ? counted(found.length, "gap") : counted(found.length, "proposal");
  focus(at);
}

async function stale() {
  const turn = signal();
  const answers = await Promise.all(STALE.map((health) => request("GET", `/api/knowledge/articles?health=${health}`, undefined, turn)));
  const found = new Map(answers.flatMap(({ articles }) => articles.map((/** @type {any} */ article) => [article.id, article])));
  byId("list-stale").replaceChildren(...(found.size ? [...found.values()].map(articleRow) : [el("tr", {}, el("td", { class: "empty", colspan: 7 }, "No article needs a look."))]));
  byId("count").textContent = counted(found.size, "article");
}

/** @param {any} item */
async function draft(item) {
  await act(async () => {
    const { article, language } = await request("POST", `${pathOf(item)}/draft`, {});
    location.assign(editorPage(article, language));
  });
}

/** @param {any} item */
async function dismiss(item) {
  await act(async () => {
    await request("POST", `${pathOf(item)}/dismiss`, {});
    last = { kind: tabs.now, item };
    notice(`Dismissed: ${item.question}`, el("button", { type: "button", class: "btn btn-link", onclick: undo }, "Undo"));
    await refresh();
  });
}

/** @param {any} item */
async function reopen(item) {
  await act(async () => {
    await request("POST", `${pathOf(item)}/reopen`, {});
    notice(`Open again: ${item.question}`);
    await refresh();
  });
}

async function undo() {
  if (!last) return;
  const { kind, item } = last;
  await act(async () => {
    await request("POST", `${pathOf(item, kind)}/reopen`, {});
    last = null;
    notice();
    if (tabs.now !== kind) tabs.open(kind);
    else await refresh();
    /** @type {HTMLElement | null} */ (document.querySelector(`.card-row[data-id="${CSS.escape(item.id)}"]`))?.focus();
  });
}

/** @param {any} item @param {string} [kind] */
const pathOf = (item, kind = tabs.now) => `/api/knowledge/${kind}/${encodeURIComponent(item.id)}`;

/** @param {() => Promise<void>} step */
async function act(step) {
  try {
    await step();
  } catch (error) {
    complain(error);
  }
}

/** @param {string} [text] @param {...Node} more */
function notice(text, ...more) {
  byId("notice").hidden = !text;
  byId("notice").replaceChildren(el("span", { dir: "auto" }, text ?? ""), ...more);
}

/** @param {string} name */
function opened(name) {
  history.replaceState(null, "", name === "gaps" ? location.pathname : `#${name}`);
  status.parentElement.hidden = name === "stale";
  refresh();
}

const shown = () => /** @type {(HTMLElement & {item?: any})[]} */ ([...document.querySelectorAll(`#panel-${tabs.now} .card-row, #panel-${tabs.now} a.open`)]);
const current = () => /** @type {(HTMLElement & {item?: any}) | null} */ (document.activeElement?.closest(".card-row, a.open") ?? null);
const focused = () => shown().findIndex((row) => row === current());

/** @param {number} at */
function focus(at) {
  const rows = shown();
  if (at >= 0) rows[Math.min(at, rows.length - 1)]?.focus();
}

/** @param {KeyboardEvent} event */
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || /** @type {HTMLElement} */ (event.target).closest("select, [role=tablist], dialog")) return;
  event.preventDefault();
  const rows = shown();
  rows[Math.max(0, Math.min(rows.length - 1, focused() + step))]?.focus();
}

/** @param {(item: any) => void} deed */
function onCurrent(deed) {
  const item = current()?.item;
  if (item && mayEdit && item.status === "open") deed(item);
}

status.addEventListener("change", refresh);
document.addEventListener("keydown", move);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
listen([
  { keys: ["↑", "↓"], does: "Move in the list" },
  { keys: ["D"], does: "Make a draft of it", when: bare("d"), act: () => onCurrent(draft) },
  { keys: ["X"], does: "Dismiss it", when: bare("x"), act: () => onCurrent(dismiss) },
  { keys: ["U"], does: "Undo the last dismissal", when: bare("u"), act: undo },
  ...Object.entries(NAMES).map(([name, words], at) => ({ keys: [String(at + 1)], does: words, when: bare(String(at + 1)), act: () => tabs.open(name) })),
  { keys: ["Ctrl", "K"], does: "Search the articles", when: command("k"), act: () => location.assign("/desk/knowledge") },
]);
tabs.open(location.hash.slice(1) in NAMES ? location.hash.slice(1) : "gaps");
