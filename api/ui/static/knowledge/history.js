/** The history of one article in one language: what was published, what differs, and the way back. */

import { badge, stamp } from "../desk/words.js";
import { byId, el } from "../shared/dom.js";
import { fields, unified } from "./difference.js";
import { isAbort, newest, request } from "./requests.js";
import { direction } from "./words.js";

const signal = newest();
/** @type {Record<string, string>} */
const KINDS = { imported: "as it came", published: "published", retired: "retired", restored: "restored" };

/**
 * @param {string} path of the article in its language
 * @param {string} code the language
 * @param {{draft: boolean, published: boolean, restore: ((number: number) => void) | null}} now
 */
export async function showHistory(path, code, now) {
  const panel = byId("panel-history");
  panel.replaceChildren(el("p", { class: "fine" }, "Loading …"));
  try {
    const { revisions } = await request("GET", `${path}/history`, undefined, signal());
    draw(panel, revisions, path, code, now);
  } catch (error) {
    if (!isAbort(error)) panel.replaceChildren(el("p", { class: "wrong" }, error instanceof Error ? error.message : String(error)));
  }
}

/** @param {HTMLElement} panel @param {any[]} revisions @param {string} path @param {string} code @param {{draft: boolean, published: boolean, restore: ((number: number) => void) | null}} now */
function draw(panel, revisions, path, code, now) {
  const sides = [...(now.draft ? [["draft", "Draft"]] : []), ...(now.published ? [["published", "Published"]] : []), ...revisions.map(({ number, kind }) => [String(number), `${number}, ${KINDS[kind] ?? kind}`])];
  if (sides.length < 2 && !revisions.length) return panel.replaceChildren(el("p", {}, "Editors have published nothing here yet. The first time they do, the text as it came is kept too."));
  const select = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ (el("select", { class: "form-select form-select-sm", name, "aria-label": name === "from" ? "From" : "To" }, ...sides.map(([value, words]) => el("option", { value }, words))));
  const [from, to] = [select("from"), select("to")];
  from.value = now.draft ? (now.published ? "published" : sides[1]?.[0] ?? "draft") : (sides.find(([value]) => value === String(revisions[1]?.number))?.[0] ?? sides[0][0]);
  const difference = el("div", { "aria-live": "polite" });
  const compare = () => showDifference(difference, path, code, from.value, to.value);
  from.addEventListener("change", compare);
  to.addEventListener("change", compare);
  const pick = (/** @type {any[]} */ list, /** @type {number} */ at) => {
    from.value = String(list[at + 1]?.number ?? list[at].number);
    to.value = String(list[at].number);
    compare();
  };
  panel.replaceChildren(
    el("ol", { class: "revisions" }, ...revisions.map((found, at) => revision(found, () => pick(revisions, at), now.restore))),
    el("p", { class: "compare" }, "From ", from, " to ", to),
    difference,
  );
  if (sides.length > 1) compare();
}

/** @param {any} found @param {() => void} look @param {((number: number) => void) | null} restore */
function revision({ number, kind, at, editors, approved_by, note, current }, look, restore) {
  return el(
    "li",
    {},
    el("p", {}, el("strong", {}, String(number)), " ", badge(KINDS[kind] ?? kind, kind === "retired" ? "warn" : ""), current ? badge("newest", "good") : null, el("time", { datetime: at }, stamp(at))),
    editors.length || note ? el("p", { class: "fine" }, [editors.join(", "), approved_by ? `read by ${approved_by}` : "", note].filter(Boolean).join(" · ")) : null,
    el("p", {}, el("button", { type: "button", class: "btn btn-link", onclick: look, "aria-label": `What changed in revision ${number}` }, "What changed"), restore ? el("button", { type: "button", class: "btn btn-link", onclick: () => restore(number), "aria-label": `Restore revision ${number}` }, "Restore") : null),
  );
}

/** @param {HTMLElement} place @param {string} path @param {string} code @param {string} from @param {string} to */
async function showDifference(place, path, code, from, to) {
  try {
    const { front, lines } = await request("GET", `${path}/diff?from=${from}&to=${to}`, undefined, signal());
    const same = !front.length && lines.every((/** @type {any} */ line) => line.kind === "same");
    place.replaceChildren(...(same ? [el("p", { class: "fine" }, "No difference.")] : [...(front.length ? [fields(front)] : []), unified(lines, direction(code))]));
  } catch (error) {
    if (!isAbort(error)) place.replaceChildren(el("p", { class: "wrong" }, error instanceof Error ? error.message : String(error)));
  }
}
