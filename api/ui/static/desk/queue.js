/** The inbox: open cases gravest first, or the latest conversations. */

import { byId, el } from "../shared/dom.js";
import { complain, get } from "./http.js";
import { me, watch } from "./live.js";
import { badge, clock, label, language, stamp, tick, urgency } from "./words.js";

const query = new URLSearchParams(location.search);
const recent = query.get("view") === "recent";
const filters = byId("filters");

/** @param {string} name @param {...import("../shared/dom.js").Child} content */
const cell = (name, ...content) => el("td", { "data-name": name }, ...content);

/** @param {string} href @param {string} text @param {string} dir ltr for our own English words, which may begin with an Arabic name */
const open = (href, text, dir = "auto") => el("a", { class: "open", href, dir }, text);

/** @param {string} operator */
const holder = (operator) => (operator ? badge(operator === me ? "you" : operator, "accent") : "nobody");

/** @param {any} found */
function caseRow(found) {
  const [first, ...more] = (found.summary ?? "").split("\n");
  return el(
    "tr",
    { "data-urgency": found.urgency },
    cell("Urgency", urgency(found.urgency)),
    cell("Case", open(`/desk/cases/${encodeURIComponent(found.id)}`, first || found.id, "ltr"), el("span", { class: "more" }, more.join(" "))),
    cell("Why", ...found.reasons.map((/** @type {string} */ reason) => badge(label(reason)))),
    cell("Customer", `${language(found.language)}, ${found.market}, ${found.channel}`),
    cell("Desk", label(found.desk)),
    cell("With", found.status === "open" ? holder(found.assignee) : badge(label(found.status), "good")),
    cell("Waiting", found.status === "open" ? clock(found.due_at) : stamp(found.created_at)),
  );
}

/** @param {any} found */
function conversationRow(found) {
  const tone = { resolve: "good", handoff: "warn" }[/** @type {string} */ (found.outcome)] ?? "";
  return el(
    "tr",
    {},
    cell("Outcome", found.outcome ? badge(label(found.outcome), tone) : "none yet"),
    cell("Last message", open(`/desk/conversations/${encodeURIComponent(found.id)}`, found.last_text || "(photo)")),
    cell("Why", ...(found.reasons ?? []).map((/** @type {string} */ reason) => badge(label(reason)))),
    cell("Customer", `${language(found.language)}, ${found.market}, ${found.channel}`),
    cell("Answered by", found.owner === "bot" ? "assistant" : found.owner === "desk" ? "waiting for a person" : holder(found.owner)),
    cell("Last moved", stamp(found.updated_at)),
  );
}

const VIEW = recent
  ? { path: "/api/desk/conversations", list: "conversations", row: conversationRow, heads: ["Outcome", "Last message", "Why", "Customer", "Answered by", "Last moved"], empty: "No conversations yet. Write to the shop’s chat and come back." }
  : { path: "/api/desk/cases", list: "cases", row: caseRow, heads: ["Urgency", "Case", "Why", "Customer", "Desk", "With", "Waiting"], empty: "Nothing is waiting for a person." };

function address() {
  if (recent) return VIEW.path;
  const wanted = new URLSearchParams({ status: filters.status.value });
  if (filters.desk.value) wanted.set("desk", filters.desk.value);
  return `${VIEW.path}?${wanted}`;
}

async function refresh() {
  try {
    const found = (await get(address()))[VIEW.list];
    const focused = document.activeElement?.getAttribute("href");
    byId("rows").replaceChildren(...(found.length ? found.map(VIEW.row) : [el("tr", {}, el("td", { class: "empty", colspan: 7 }, VIEW.empty))]));
    if (focused) document.querySelector(`a.open[href="${CSS.escape(focused)}"]`)?.focus();
    byId("count").textContent = found.length === 1 ? "1 entry" : `${found.length} entries`;
    complain();
  } catch (error) {
    complain(error);
  }
}

/** @param {KeyboardEvent} event */
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = [...document.querySelectorAll("a.open")];
  const at = links.indexOf(/** @type {Element} */ (document.activeElement));
  if (!step || at < 0) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (links[Math.max(0, Math.min(links.length - 1, at + step))]).focus();
}

byId("columns").append(el("tr", {}, ...VIEW.heads.map((head) => el("th", { scope: "col" }, head))));
byId("heading").textContent = recent ? "Recent conversations" : "Cases";
filters.hidden = recent;
document.querySelector(`[data-view="${recent ? "recent" : "cases"}"]`)?.setAttribute("aria-current", "page");
filters.status.value = query.get("status") ?? "open";
filters.desk.value = query.get("desk") ?? "";
filters.addEventListener("change", () => {
  history.replaceState(null, "", `?status=${filters.status.value}&desk=${filters.desk.value}`);
  refresh();
});
byId("rows").addEventListener("keydown", move);
refresh();
watch(refresh);
tick();
