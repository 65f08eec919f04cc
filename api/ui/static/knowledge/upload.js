/** Files that become drafts: chosen in the sheet, or dropped anywhere on the page. */

import { complain } from "../desk/http.js";
import { byId, el } from "../shared/dom.js";
import { editorPage, request } from "./requests.js";
import { counted, language } from "./words.js";

/** The server's limits, said before a large file has travelled for minutes. */
const MOST_FILES = 20;
const MOST_BYTES = 10 * 1024 * 1024;

const sheet = /** @type {HTMLDialogElement} */ (byId("upload-sheet"));
const input = /** @type {HTMLInputElement} */ (byId("upload"));

/** @param {() => unknown} done called when there are new drafts */
export function uploads(done) {
  byId("upload-button").addEventListener("click", () => {
    input.value = ""; // so that the same file can be chosen again once it is mended
    open();
  });
  byId("upload-cancel").addEventListener("click", () => sheet.close());
  input.addEventListener("change", judge);
  sheet.querySelector("form")?.addEventListener("submit", (event) => {
    if (judge()) return event.preventDefault();
    send([...(input.files ?? [])], done);
  });
  dropped((files) => {
    input.files = files;
    open();
  });
}

/** The sheet, with the files and choices it has. */
function open() {
  judge();
  if (!sheet.open) sheet.showModal();
}

/** Says what no upload may have, and whether these files have it. @returns {boolean} */
function judge() {
  const files = [...(input.files ?? [])];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const words = files.length > MOST_FILES ? `These are ${files.length} files; an upload may have ${MOST_FILES}. Send them in several.` : size > MOST_BYTES ? `${files.length === 1 ? "This file has" : "These files have"} ${Math.ceil(size / 1024 / 1024)} MB; an upload may have ${MOST_BYTES / 1024 / 1024} MB. Split it, and send the parts one after the other.` : "";
  byId("upload-trouble").hidden = !words;
  byId("upload-trouble").textContent = words;
  return words !== "";
}

/** @param {(files: FileList) => void} take */
function dropped(take) {
  let depth = 0; // enter and leave also fire for every element on the way
  const veil = (/** @type {number} */ step) => (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    depth = Math.max(0, depth + step);
    byId("drop").hidden = depth === 0;
  };
  addEventListener("dragenter", veil(1));
  addEventListener("dragleave", veil(-1));
  addEventListener("dragover", veil(0));
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    depth = 0;
    byId("drop").hidden = true;
    take(event.dataTransfer.files);
  });
}

/** @param {File[]} files @param {() => unknown} done */
async function send(files, done) {
  const box = byId("uploaded");
  box.hidden = false;
  box.replaceChildren(el("p", {}, `Reading ${counted(files.length, "file")} …`));
  const body = new FormData();
  for (const file of files) body.append("files", file);
  body.append("defaults", JSON.stringify({ language: byId("upload-language").value, audience: byId("upload-audience").value }));
  try {
    const answer = await request("POST", "/api/knowledge/upload", body);
    box.replaceChildren(...report(answer));
    complain();
    done();
  } catch (error) {
    box.replaceChildren(el("p", { class: "wrong" }, error instanceof Error ? error.message : String(error)), buttons(again("Try these files again"), close()));
  }
  box.focus();
}

/** @param {{drafts: any[], problems: any[]}} answer */
function report({ drafts, problems }) {
  const made = drafts.filter((draft) => !draft.existed);
  const kept = drafts.filter((draft) => draft.existed);
  const speechless = problems.some(({ message }) => message.startsWith("has no language"));
  return [
    ...part(made, `${counted(made.length, "draft")} made`, draftLine),
    ...part(kept, "Left as they are, because a draft exists already", draftLine),
    ...part(together(problems), `${counted(problems.length, "part")} could not be used`, problemLine),
    ...(drafts.length || problems.length ? [] : [el("p", {}, "The files hold no article.")]),
    buttons(speechless ? again("Choose their language") : null, close()),
  ];
}

/** @param {...import("../shared/dom.js").Child} children */
const buttons = (...children) => el("div", { class: "buttons" }, ...children);

/** @param {string} words */
const again = (words) => el("button", { type: "button", class: "btn btn-sm btn-primary", onclick: open }, words);

const close = () =>
  el(
    "button",
    {
      type: "button",
      class: "btn btn-sm btn-outline-secondary",
      onclick: () => {
        byId("uploaded").hidden = true;
        byId("upload-button").focus();
      },
    },
    "Close",
  );

/** @param {any[]} items @param {string} title @param {(item: any) => Node} line */
const part = (items, title, line) => (items.length ? [el("h2", {}, title), el("ul", {}, ...items.map(line))] : []);

/** @param {{id: string, language: string, title: string}} draft */
const draftLine = ({ id, language: code, title }) => el("li", {}, el("a", { href: editorPage(id, code), dir: "auto" }, title || id), ` ${language(code)}`);

/** The same trouble in fifty rows of a table is said once. @param {{file: string, line: number, message: string}[]} problems */
function together(problems) {
  /** @type {Map<string, {file: string, lines: number[], message: string}>} */
  const found = new Map();
  for (const { file, line, message } of problems) {
    const key = JSON.stringify([file, message]);
    if (!found.has(key)) found.set(key, { file, lines: [], message });
    if (line > 1) found.get(key)?.lines.push(line); // the first line says nothing of a PDF or a workbook
  }
  return [...found.values()];
}

/** @param {{file: string, lines: number[], message: string}} problem */
function problemLine({ file, lines, message }) {
  const where = lines.length ? `, ${lines.length === 1 ? "line" : "lines"} ${lines.slice(0, 10).join(", ")}${lines.length > 10 ? ` and ${lines.length - 10} more` : ""}` : "";
  const words = message.startsWith("has no language") ? "does not say its language. Choose it, and send the file again." : message;
  return el("li", {}, file ? el("strong", {}, file, where, ":") : null, ` ${words}`);
}
