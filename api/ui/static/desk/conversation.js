/** The page of one conversation: what was said, why, and a way to step in. */

import { byId, el } from "../shared/dom.js";
import { complain, get, post } from "./http.js";
import { byPhoto } from "./findings.js";
import { me, watch } from "./live.js";
import { entry } from "./transcript.js";
import { why } from "./why.js";
import { badge, language } from "./words.js";

const page = byId("conversation");
const path = `/api/desk/conversations/${encodeURIComponent(page.dataset.conversation)}`;

/** @param {any} found */
function show(found) {
  const mine = found.owner === me;
  const by = found.owner === "bot" ? "assistant answers" : found.owner === "desk" ? "waits for a person" : mine ? "you answer" : `${found.owner} answers`;
  byId("badges").replaceChildren(badge(by, "accent"), badge(language(found.language)), badge(found.market), badge(found.channel));
  byId("take").hidden = mine;
  byId("release").hidden = !mine;
  byId("write").hidden = !mine;
  const opened = new Set([...document.querySelectorAll(".why[open]")].map((node) => /** @type {HTMLElement} */ (node).dataset.turn));
  byId("transcript").replaceChildren(...entries(found));
  for (const node of document.querySelectorAll(".why")) node.toggleAttribute("open", opened.has(/** @type {HTMLElement} */ (node).dataset.turn));
  page.removeAttribute("aria-busy");
}

/** The open case is what ends an operator's part in a conversation, so the way to it stands at the top. @param {any} found */
async function linkCase(found) {
  const { cases } = found.owner === "bot" ? { cases: [] } : await get("/api/desk/cases");
  const open = cases.find((/** @type {any} */ row) => row.conversation === found.id);
  if (open) byId("badges").append(el("a", { href: `/desk/cases/${encodeURIComponent(open.id)}` }, "Open case"));
}

/** Each turn's reasons stand under the last message the assistant wrote in it, or in their place in time. @param {any} found */
function entries(found) {
  const rows = found.messages.map((/** @type {any} */ message) => ({ at: message.at, message, turns: [] }));
  for (const turn of found.turns) {
    const spoken = rows.findLast((/** @type {any} */ row) => row.message.author === "bot" && row.message.turn === turn.turn);
    const before = rows.findLast((/** @type {any} */ row) => Date.parse(row.at) <= Date.parse(turn.created_at));
    (spoken ?? before ?? rows[0])?.turns.push(turn);
  }
  const findings = byPhoto(found.turns.flatMap((/** @type {any} */ turn) => turn.detail?.diagnoses ?? []));
  return rows.map((/** @type {any} */ row) => entry({ ...row.message, ...found.written[row.message.id] }, findings, ...row.turns.map(why)));
}

async function refresh() {
  try {
    const [found, written] = await Promise.all([get(path), get(`${path}/written`).catch(() => ({ messages: {} }))]);
    show({ ...found, written: written.messages ?? {} });
    await linkCase(found);
    complain();
  } catch (error) {
    complain(error);
  }
}

/** @param {() => Promise<unknown>} act */
async function attempt(act) {
  try {
    await act();
    await refresh();
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

byId("take").addEventListener("click", () => attempt(() => post(`${path}/take`)));
byId("release").addEventListener("click", () => attempt(() => post(`${path}/release`)));

const form = byId("write");
const text = byId("text");
/** Kept until the server has it, so that a second try cannot send it twice. */
let draft = crypto.randomUUID();
form.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  if (!(await attempt(() => post(`${path}/messages`, { text: text.value, client_id: draft })))) return;
  draft = crypto.randomUUID();
  text.value = "";
  byId("transcript").lastElementChild?.scrollIntoView({ block: "nearest" });
});
text.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

refresh();
watch(refresh);
