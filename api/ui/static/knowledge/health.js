/** The health page: what the agent reads, where it comes from, and the way back. */

import { complain } from "../desk/http.js";
import "../desk/live.js";
import { badge, stamp } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { ask } from "./ask.js";
import { impactTable } from "./impact.js";
import { listen } from "./keys.js";
import { request } from "./requests.js";
import { counted, since } from "./words.js";

const mayTurn = byId("health").dataset.role === "reviewer";
/** Milliseconds between two looks, and how many, after a sync was asked for. */
const LOOK = 2000;
const LOOKS = 90;

async function refresh() {
  const [health, history] = await Promise.allSettled([request("GET", "/api/knowledge/health"), request("GET", "/api/knowledge/snapshots")]);
  complain();
  if (health.status === "fulfilled") show(health.value);
  else complain(health.reason);
  if (history.status === "fulfilled") byId("snapshots").replaceChildren(...snapshots(history.value.snapshots));
  else byId("snapshots").replaceChildren(el("p", {}, String(history.reason.message)));
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

/** @param {any} found */
function source({ name, checked_at, good_at, articles, error, problems }) {
  const state = error ? badge("keeps its last good state", "bad") : badge("good", "good");
  return el(
    "article",
    { class: "source" },
    el("h3", {}, name, " ", state),
    el("p", {}, counted(articles ?? 0, "article"), checked_at ? `, looked at ${since(checked_at)}` : "", error && good_at ? `, last good ${since(good_at)}` : ""),
    error ? el("p", { class: "wrong" }, error) : null,
    problems?.length ? el("ul", {}, ...problems.map(problem)) : null,
  );
}

/** @param {string | {file: string, line: number, message: string}} found */
function problem(found) {
  if (typeof found === "string") return el("li", {}, found);
  return el("li", {}, el("code", {}, `${found.file}:${found.line}`), ` ${found.message}`);
}

/** @param {any} report */
function checks({ warnings = [], impact = null }) {
  const changed = Array.isArray(impact) ? impact : (impact?.changed ?? []);
  return [
    warnings.length ? el("ul", { class: "warnings" }, ...warnings.map((/** @type {string} */ text) => el("li", {}, text))) : el("p", {}, "Nothing to complain of."),
    ...(changed.length ? [el("h3", {}, "Questions it changed"), impactTable(changed)] : []),
  ];
}

/** @param {{id: string, created_at: string, active: boolean}[]} list */
function snapshots(list) {
  if (!list.length) return [el("p", {}, "There are none yet.")];
  const rows = list.map(({ id, created_at, active }) =>
    el(
      "li",
      { "aria-current": active ? "true" : null },
      el("time", { datetime: created_at }, stamp(created_at)),
      el("code", {}, id),
      active ? badge("active", "good") : mayTurn ? el("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () => goBack(id, created_at), "aria-label": `Use the snapshot of ${stamp(created_at)}` }, "Use this one") : null,
    ),
  );
  return [el("ol", { class: "snapshots" }, ...rows), ...(mayTurn ? [] : [el("p", { class: "why-not" }, "Only a reviewer can go back to an earlier snapshot.")])];
}

/** @param {string} id @param {string} at */
async function goBack(id, at) {
  const sure = await ask({ title: `Go back to ${stamp(at)}?`, text: "The agent reads that state at once. The articles stay as they are: the next sync that finds a change publishes them again.", does: "Use this snapshot", danger: true });
  if (sure === null) return;
  await act(async () => {
    await request("POST", `/api/knowledge/rollback?to=${encodeURIComponent(id)}`, {});
    say(`The agent reads the snapshot of ${stamp(at)}.`);
  });
}

async function sync() {
  const button = byId("sync");
  button.disabled = true;
  byId("running").textContent = "Syncing …";
  await act(async () => {
    const before = await request("GET", "/api/knowledge/health").catch(() => null);
    const answer = await request("POST", "/api/knowledge/sync", {});
    if (answer?.sync === "queued" || answer?.queued) await settled(before);
    say(answer?.changed === false ? "Nothing had changed." : "Synced.");
  });
  byId("running").textContent = "";
  button.disabled = false;
}

/** Wait until the sources have been looked at again. @param {any} before */
async function settled(before) {
  const looked = (/** @type {any} */ health) => JSON.stringify((health?.sources ?? []).map((/** @type {any} */ one) => one.checked_at));
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    const now = await request("GET", "/api/knowledge/health");
    if (looked(now) !== looked(before)) return;
  }
  throw new Error("The sync has not finished yet. It goes on by itself; look again in a while.");
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
}

byId("sync").hidden = !mayTurn;
byId("sync").addEventListener("click", sync);
listen([{ keys: ["Ctrl", "K"], does: "Search the articles", when: (event) => (event.ctrlKey || event.metaKey) && event.key === "k", act: () => location.assign("/desk/knowledge") }]);
refresh();
