/** The buttons of the state bar and what they do. */

import { complain } from "../desk/http.js";
import { byId, el } from "../shared/dom.js";
import { ask } from "./ask.js";
import { STEPS, steps } from "./flow.js";
import { notice } from "./notes.js";
import { articlePath, draftPath, request } from "./requests.js";
import { language } from "./words.js";

/** Milliseconds between two looks whether the sync is done, and how many. */
const LOOK = 2000;
const LOOKS = 45;

/**
 * @typedef {object} Desk
 * @property {() => [string, string]} path id and language
 * @property {() => import("./flow.js").Standing} standing
 * @property {() => Promise<boolean>} ready saves what is not saved; false when that failed
 * @property {() => number | null} version
 * @property {(note: string) => Promise<boolean>} noted saves the draft with this note
 * @property {() => boolean} behind whether this translation would still count as behind its source
 * @property {(note: string) => Promise<boolean>} follow saves the draft with this note, as brought in line with its source
 * @property {() => void} mend goes to what is wrong first
 * @property {() => Promise<unknown>} done reads the article anew
 */

/** @param {Desk} desk @returns {(step: import("./flow.js").Step) => Promise<void>} */
export function acting(desk) {
  let busy = false;
  return async (step) => {
    if (busy) return;
    busy = true;
    try {
      await take(desk, step);
    } catch (error) {
      complain(error);
    } finally {
      busy = false;
      if (document.activeElement === document.body) byId("shown-title").focus(); // the button that was pressed is gone
    }
  };
}

/** @param {Desk} desk @param {import("./flow.js").Step} step */
async function take(desk, step) {
  if (step !== "discard" && !(await desk.ready())) throw new Error("Your words are not saved yet, so nothing was done. See above why.");
  const { draft, problems } = desk.standing();
  const onward = step === "publish" || step === "submit";
  if (onward && problems) return desk.mend();
  const [id, code] = desk.path();
  const { does, title, text, danger, note } = STEPS[step];
  // What is in review keeps its note: another one would be a change, and changes go back to the draft.
  const noted = note && !(step === "publish" && draft?.state === "review");
  let following = false;
  const tick = onward && draft?.state === "draft" && desk.behind() ? { words: "It follows the changes of its source now. Otherwise it still counts as behind.", set: () => (following = true) } : undefined;
  const answer = await ask({ tick, title, text: `${text} (${language(code)})`, does, danger, note: noted ? (step === "publish" ? (draft?.note ?? "") : "") : undefined, label: step === "return" ? "What is to be changed?" : undefined });
  if (answer === null) return;
  const words = step === "publish" && noted ? answer : (draft?.note ?? "");
  if (following && !(await desk.follow(words))) return;
  if (!following && words !== (draft?.note ?? "") && !(await desk.noted(words))) return;
  const done = await carryOut(step, id, code, desk.version(), answer);
  complain();
  await desk.done();
  tell(step, done);
}

/** @param {import("./flow.js").Step} step @param {string} id @param {string} code @param {number | null} version @param {string} note */
function carryOut(step, id, code, version, note) {
  if (step === "discard") return request("DELETE", `${draftPath(id, code)}?version=${version}`);
  if (step === "retire") return request("POST", `${articlePath(id, code)}/retire`, { note });
  return request("POST", `${draftPath(id, code)}/${step}`, step === "publish" ? { version } : { version, note });
}

/** @param {import("./flow.js").Step} step @param {any} done */
function tell(step, done) {
  const words = { submit: "It waits for a reviewer now.", return: "Returned to its editors.", discard: "Discarded.", retire: "Publish the retirement to take the article out.", publish: done?.state === "retired" ? "Retired. The agent forgets it once the sync is done …" : `Revision ${done?.revision} is published. The agent reads it once the sync is done …` };
  notice(words[step]);
  if (step === "publish") watchSync(Date.now(), done.state);
}

/** Say when the agent reads it. @param {number} since @param {"published" | "retired"} state */
async function watchSync(since, state) {
  const said = byId("notice").textContent;
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    if (byId("notice").textContent !== said) return;
    const health = await request("GET", "/api/knowledge/health").catch(() => null);
    if (health?.switched_at && Date.parse(health.switched_at) > since) return notice(state === "retired" ? "Retired, and the agent does not find it any more." : "Published, and the agent reads it now.");
  }
}

/** @param {import("./flow.js").Standing} standing @param {(step: import("./flow.js").Step) => void} act */
export function buttons(standing, act) {
  const wanted = steps(standing).join();
  if (byId("actions").dataset.steps === wanted) return; // a button that is being pressed must not be taken away by a save
  byId("actions").dataset.steps = wanted;
  const [first, ...rest] = steps(standing);
  const made = [first, ...rest].filter(Boolean).map((step) => {
    const main = step === first && (step === "publish" || step === "submit");
    return el("button", { type: "button", class: `btn ${main ? "btn-primary" : "btn-outline-secondary"}`, "aria-keyshortcuts": main ? "Control+Enter" : null, "data-step": step, onclick: () => act(step) }, STEPS[step].does);
  });
  byId("actions").replaceChildren(...made.reverse()); // the next step stands last, at the edge
}
