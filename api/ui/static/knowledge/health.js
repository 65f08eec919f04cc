/** The health page: what the agent reads, where it comes from, and the way back. */

import { complain } from "../desk/http.js";
import "../desk/live.js";
import { badge, stamp } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { ask } from "./ask.js";
import { listen } from "./keys.js";
import { affected, heldBack, problem } from "./report.js";
import { request } from "./requests.js";
import { counted, origin, since } from "./words.js";

const precise = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const mayTurn = byId("health").dataset.role === "reviewer";

async function refresh() {
  const [health, history] = await Promise.allSettled([request("GET", "/api/knowledge/health"), request("GET", "/api/knowledge/snapshots")]);
  complain();
  if (health.status === "fulfilled") show(health.value);
  else complain(health.reason);
  if (history.status === "fulfilled") {
    byId("snapshots").replaceChildren(...snapshots(history.value.snapshots));
    byId("active").append(...older(history.value.snapshots), ...heldBack(health.value?.report?.held ?? {}));
  } else byId("snapshots").replaceChildren(el("p", {}, String(history.reason.message)));
  byId("health").removeAttribute("aria-busy");
  return health.status === "fulfilled" ? health.value : null;
}

/** @param {any} found */
function show(found) {
  byId("alerts").replaceChildren(...(found.alerts ?? []).map((/** @type {any} */ alert) => el("p", { class: "alert alert-danger", role: "alert" }, alert.message, " ", el("small", {}, `since ${stamp(alert.raised_at)}`))));
  byId("active").replaceChildren(...active(found));
  byId("sources").replaceChildren(...(found.sources?.length ? found.sources.map(source) : [el("p", {}, "No source has been read yet.")]));
  byId("checks").replaceChildren(...checks(found.report ?? {}));
}

/** @param {any} found */
function active({ snapshot, switched_at, articles, passages }) {
  if (!snapshot) return [el("p", {}, "Nothing has been published yet. Sync now.")];
  return [
    el("p", { class: "large" }, counted(articles, "article"), ", ", counted(passages, "passage")),
    el("p", {}, "Since ", el("time", { datetime: switched_at, title: stamp(switched_at) }, since(switched_at)), ", snapshot ", el("code", {}, snapshot)),
  ];
}

/** What going back has left behind. @param {{created_at: string, active: boolean}[]} list the newest first */
function older(list) {
  if (!list.length || list[0].active || !list.some(({ active }) => active)) return [];
  return [el("p", { class: "why-not" }, `This is an earlier state; the newest is of ${stamp(list[0].created_at)}. A reviewer can go forward to it again under Snapshots.`)];
}

/** @param {any} found */
function source({ name, checked_at, good_at, articles, error, problems }) {
  const state = error ? badge("keeps its last good state", "bad") : badge("good", "good");
  return el(
    "article",
    { class: "source" },
    el("h3", {}, origin(name), " ", state),
    el("p", {}, counted(articles ?? 0, "article"), checked_at ? `, looked at ${since(checked_at)}` : "", error && good_at ? `, last good ${since(good_at)}` : ""),
    error ? el("p", { class: "wrong" }, error) : null,
    problems?.length ? el("ul", {}, ...problems.map(problem)) : null,
  );
}

/** @param {any} report */
function checks({ warnings = [], problems = [], affected: moved = [], added, removed, seconds }) {
  const list = (/** @type {any[]} */ items) => el("ul", { class: "warnings" }, ...items.map(problem));
  return [
    problems.length || warnings.length ? null : el("p", {}, "Nothing to complain of."),
    seconds === undefined ? null : el("p", { class: "fine" }, `${counted(added, "passage")} new, ${removed} gone${seconds < 0.05 ? "" : `; it took ${seconds.toFixed(1)} s`}`),
    ...(problems.length ? [el("h3", {}, "Left out"), list(problems)] : []),
    ...(warnings.length ? [el("h3", {}, "Worth a look"), list(warnings)] : []),
    ...(moved.length ? affected(moved) : []),
  ].filter((child) => child !== null);
}

/** @param {{id: string, created_at: string, articles: number, active: boolean}[]} list */
function snapshots(list) {
  if (!list.length) return [el("p", {}, "There are none yet.")];
  const rows = list.map((found) => row(found, moment(found.created_at, list)));
  return [el("ol", { class: "snapshots" }, ...rows), ...(mayTurn ? [] : [el("p", { class: "why-not" }, "Only a reviewer can go back to an earlier snapshot.")])];
}

/** With seconds where the minute is shared. @param {string} at @param {{created_at: string}[]} list */
function moment(at, list) {
  const shared = list.filter(({ created_at }) => stamp(created_at) === stamp(at)).length > 1;
  return shared ? precise.format(new Date(at)) : stamp(at);
}

/** @param {{id: string, created_at: string, articles: number, active: boolean}} found @param {string} at */
function row({ id, created_at, articles, active }, at) {
  const use = () => el("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () => goBack(id, at), "aria-label": `Use the snapshot of ${at}` }, "Use this one");
  return el(
    "li",
    { "aria-current": active ? "true" : null },
    el("time", { datetime: created_at, title: `Snapshot ${id}` }, at),
    el("span", { class: "fine" }, `${since(created_at)}, ${counted(articles, "article")}`),
    active ? badge("active", "good") : mayTurn ? use() : null,
  );
}

/** @param {string} id @param {string} at */
async function goBack(id, at) {
  const sure = await ask({ title: `Use the state of ${at}?`, text: "The agent reads that state at once. The articles keep their words here, but what came later stays away from the agent until it is published again, or you come back to the newest state.", does: "Use this snapshot", danger: true });
  if (sure === null) return;
  await act(async () => {
    await request("POST", `/api/knowledge/rollback?to=${encodeURIComponent(id)}`, {});
    say(`The agent reads the state of ${at} now.`);
  });
}

async function sync() {
  const button = byId("sync");
  button.disabled = true;
  byId("running").textContent = "Syncing …";
  await act(async () => {
    const answer = await request("POST", "/api/knowledge/sync", {});
    say(answer.changed ? `Synced: ${counted(answer.articles, "article")}, in ${answer.seconds.toFixed(1)} s.` : "Nothing had changed.");
  });
  byId("running").textContent = "";
  button.disabled = false;
}

/** @param {() => Promise<unknown>} step */
async function act(step) {
  try {
    await step();
    await refresh();
  } catch (error) {
    complain(error);
  }
}

/** @param {string} text */
function say(text) {
  byId("notice").hidden = false;
  byId("notice").textContent = text;
  byId("notice").focus(); // the button that was pressed is gone
}

byId("sync").hidden = !mayTurn;
byId("sync").addEventListener("click", sync);
listen([{ keys: ["Ctrl", "K"], does: "Search the articles", when: (event) => (event.ctrlKey || event.metaKey) && event.key === "k", act: () => location.assign("/desk/knowledge") }]);
refresh();
