/** The page of one case: read, check, answer. */

import { byId, el } from "../shared/dom.js";
import { showBeside } from "./beside.js";
import { showCard } from "./card.js";
import { showContext } from "./context.js";
import { showClaims, unknownFigures } from "./draft.js";
import { byPhoto } from "./findings.js";
import { closeHelp, offerHelp } from "./help.js";
import { ApiError, complain, get, post } from "./http.js";
import { me, watch } from "./live.js";
import { showRatings } from "./rating.js";
import { chosenRemedies, showRemedies } from "./remedies.js";
import { writer } from "./spent.js";
import { entry, photo, words } from "./transcript.js";
import { badge, clock, label, language, tick, urgency } from "./words.js";

const page = byId("case");
const path = `/api/desk/cases/${encodeURIComponent(page.dataset.case)}`;
const reply = byId("reply");
const KEPT = `portside.reply.${page.dataset.case}`;

/** @type {any} the case as last shown */
let shown = null;

const isEdited = () => shown !== null && reply.value.trim() !== shown.draft.trim();

/** @param {any} found */
function show(found) {
  const keep = shown !== null && isEdited();
  shown = found;
  const open = found.status === "open";
  const [first, ...more] = found.packet.summary.split("\n");
  document.title = `${first} · Portside`;
  byId("summary").textContent = first;
  byId("about").textContent = more.join(" ");
  showBadges(found);
  showTalk(found);
  showDraft(found, open);
  showCard(found.packet.card);
  showRemedies(found.packet, open, offer);
  showContext(found.packet);
  showBeside(found, open);
  byId("answer").hidden = !open;
  showSent(found);
  reply.lang = reply.dataset.lang = found.packet.language;
  if (!keep) reply.value = sessionStorage.getItem(KEPT) ?? found.draft;
  checkText();
  page.removeAttribute("aria-busy");
}

/** The sentences, who wrote them, and help with them while the case is open. @param {any} found @param {boolean} open */
function showDraft({ packet }, open) {
  const { draft } = packet;
  showClaims(draft?.claims ?? [], packet.evidence, draft?.source?.claims);
  const by = writer(draft);
  byId("written").hidden = !by;
  byId("written").textContent = `Written by: ${by}`;
  byId("help").hidden = !open;
  if (!open) closeHelp();
  showRatings(path);
}

/** @param {any} found */
function showBadges(found) {
  const who = found.assignee ? (found.assignee === me ? "with you" : `with ${found.assignee}`) : "with nobody";
  const mine = found.assignee === me;
  byId("take").hidden = mine || found.status !== "open";
  byId("release").hidden = !mine || found.status !== "open";
  byId("badges").replaceChildren(
    urgency(found.urgency),
    found.status === "open" ? clock(found.due_at) : badge(label(found.status), "good"),
    badge(who, "accent"),
    badge(`${label(found.desk)} desk`),
    ...found.reasons.map((/** @type {string} */ reason) => badge(label(reason), "warn")),
    badge(language(found.packet.language)),
    badge(`${found.packet.sentiment} tone`),
    badge(`${found.market}, ${found.channel}`),
  );
}

/** @param {any} found */
function showTalk({ packet, messages, conversation, written }) {
  const foreign = packet.language !== "en";
  const note = packet.working
    ? [el("h3", {}, `In English, beside the ${language(packet.language)}`), ...words(packet.original, packet.working)]
    : [el("p", { class: "untranslated" }, badge("not translated", "warn"), ` The customer writes in ${language(packet.language)}; no translator is set up.`)];
  byId("translation").replaceChildren(...(foreign ? note : []));
  const findings = byPhoto(packet.diagnoses);
  const known = new Set(messages.flatMap((/** @type {any} */ message) => message.photos.map((/** @type {any} */ item) => item.id)));
  const loose = packet.photos.filter((/** @type {string} */ id) => !known.has(id)).map((/** @type {string} */ id) => el("li", { class: "said customer" }, photo({ id }, findings.get(id))));
  const link = el("a", { href: `/desk/conversations/${encodeURIComponent(conversation)}` }, "Whole conversation, and why");
  const list = byId("transcript");
  list.replaceChildren(...messages.map((/** @type {any} */ message) => entry({ ...message, ...written[message.id] }, findings)), ...loose, el("li", { class: "more" }, link));
  list.scrollTop = list.scrollHeight; // what the customer wrote last is what the case waits for
}

/** @param {any} found */
function showSent(found) {
  const box = byId("sent");
  box.hidden = found.status === "open";
  if (found.status === "open") return;
  const edits = found.edit_distance === null || !found.sent ? "" : found.edit_distance ? `${found.edit_distance} characters changed` : "sent as drafted";
  box.replaceChildren(el("h3", {}, found.status === "answering" ? "Being sent …" : label(found.status)), ...(found.sent ? [el("p", { class: "text", dir: "auto" }, found.sent)] : []), el("small", {}, edits));
}

/** What the buttons and the check on figures say about the text as it stands. */
function checkText() {
  const edited = isEdited();
  byId("approve").hidden = edited;
  byId("edit").hidden = !edited;
  byId("undo").hidden = !edited;
  byId("edited").hidden = !edited;
  const { packet, draft, messages } = shown;
  const known = [draft, ...packet.facts.map((/** @type {any} */ f) => `${f.label} ${f.value}`), ...packet.evidence.map((/** @type {any} */ e) => e.label), ...messages.map((/** @type {any} */ m) => m.text)].join("\n");
  const unknown = edited ? unknownFigures(reply.value, known) : [];
  byId("figures").hidden = !unknown.length;
  byId("figures").textContent = unknown.length ? `In no source: ${unknown.join(", ")}. Check before you send.` : "";
  if (edited) sessionStorage.setItem(KEPT, reply.value);
  else sessionStorage.removeItem(KEPT);
}

/** @param {"approve" | "edit" | "reject"} action @param {string} text */
async function answer(action, text) {
  for (const button of document.querySelectorAll("#answer button")) /** @type {HTMLButtonElement} */ (button).disabled = true;
  try {
    const { effects = [] } = await post(`${path}/answer`, { version: shown.version, action, text, ...(action === "reject" ? {} : chosenRemedies()) });
    sessionStorage.removeItem(KEPT);
    reply.value = shown.draft;
    say(action === "reject" ? "Rejected." : told(effects));
    await refresh();
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) offerReload(error.message);
    else complain(error);
  } finally {
    for (const button of document.querySelectorAll("#answer button")) /** @type {HTMLButtonElement} */ (button).disabled = false;
  }
}

/** What became of what was ordered; a reply waits for all of it. @param {any[]} effects */
function told(effects) {
  const waits = effects.filter(({ state }) => state === "waiting").map(({ kind, needs }) => `${label(kind)} (${needs})`);
  return waits.length ? `Waits for approval: ${waits.join(", ")}. The reply is sent with it.` : "On its way to the customer.";
}

/** What the operator ticked goes to the customer to choose from; the case waits for the choice. @param {string[]} keys */
async function offer(keys) {
  try {
    await post(`${path}/offer`, { version: shown.version, keys });
    say("The customer is asked to choose.");
    await refresh();
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) offerReload(error.message);
    else complain(error);
  }
}

/** The operator's text stays in the box; only what surrounds it is read anew. @param {string} message */
function offerReload(message) {
  complain(message);
  const reload = async () => {
    await refresh();
    reply.focus();
  };
  byId("trouble").append(" ", el("button", { type: "button", class: "btn btn-sm btn-outline-danger", onclick: reload }, "Reload, keep my text"));
}

/** @param {string} text */
function say(text) {
  byId("notice").hidden = false;
  byId("notice").replaceChildren(text, " ", el("a", { href: "/desk" }, "Back to the queue"));
}

/** The case, with who wrote its messages; that this cannot be read leaves the rest. */
async function load() {
  const found = await get(path);
  const { messages } = await get(`/api/desk/conversations/${encodeURIComponent(found.conversation)}/written`).catch(() => ({ messages: {} }));
  return { ...found, written: messages ?? {} };
}

async function refresh() {
  try {
    show(await load());
    complain();
  } catch (error) {
    complain(error);
  }
}

/** A change from elsewhere must not move text under the operator's hands. */
async function changed() {
  if (!shown || !isEdited()) return refresh();
  const found = await get(path).catch(() => null);
  if (found && found.version !== shown.version) offerReload("This case has changed since you began to write.");
}

/** @param {string} step take or release */
async function own(step) {
  try {
    await post(`${path}/${step}`);
    await refresh();
  } catch (error) {
    complain(error);
  }
}

function askReject() {
  byId("reject-text").value = isEdited() ? reply.value : "";
  byId("reject-dialog").returnValue = "";
  byId("reject-dialog").showModal();
}

const send = () => answer(isEdited() ? "edit" : "approve", isEdited() ? reply.value : shown.draft);

/** @type {Record<string, () => void>} by `event.code`, since Alt changes `event.key` on some keyboards */
const KEYS = {
  KeyT: () => byId("take").hidden || own("take"),
  KeyE: () => reply.focus(),
  KeyH: () => byId("wish-text").focus(),
  KeyR: askReject,
  KeyQ: () => location.assign("/desk"),
};

/** @param {KeyboardEvent} event */
function press(event) {
  const open = shown?.status === "open" && !byId("reject-dialog").open;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && open) return send();
  if (!event.altKey || event.ctrlKey || !KEYS[event.code] || (!open && event.code !== "KeyQ")) return;
  event.preventDefault();
  KEYS[event.code]();
}

byId("answer").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  send();
});
reply.addEventListener("input", checkText);
offerHelp(path, {
  get: () => reply.value,
  put: (/** @type {string} */ text) => {
    reply.value = text;
    checkText();
  },
});
byId("undo").addEventListener("click", () => {
  reply.value = shown.draft;
  checkText();
  reply.focus();
});
byId("reject").addEventListener("click", askReject);
byId("reject-dialog").addEventListener("close", () => byId("reject-dialog").returnValue === "reject" && answer("reject", byId("reject-text").value));
byId("take").addEventListener("click", () => own("take"));
byId("release").addEventListener("click", () => own("release"));
document.addEventListener("keydown", press);
refresh();
watch(changed);
tick();
