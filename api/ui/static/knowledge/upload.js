/** Files that become drafts: by the button, or dropped anywhere on the page. */

import { complain } from "../desk/http.js";
import { byId, el } from "../shared/dom.js";
import { editorPage, request } from "./requests.js";
import { counted, language } from "./words.js";

/** @param {() => unknown} done called when there are new drafts */
export function uploads(done) {
  const input = /** @type {HTMLInputElement} */ (byId("upload"));
  input.addEventListener("change", async () => {
    await send([...(input.files ?? [])], done);
    input.value = ""; // so that the same file can be chosen again once it is mended
  });
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
    send([...event.dataTransfer.files], done);
  });
}

/** @param {File[]} files @param {() => unknown} done */
async function send(files, done) {
  if (!files.length) return;
  const box = byId("uploaded");
  box.hidden = false;
  box.replaceChildren(el("p", {}, `Reading ${counted(files.length, "file")} …`));
  const body = new FormData();
  for (const file of files) body.append("files", file);
  body.append("defaults", "{}");
  try {
    const answer = await request("POST", "/api/knowledge/upload", body);
    box.replaceChildren(...report(answer));
    box.focus();
    complain();
    done();
  } catch (error) {
    box.hidden = true;
    complain(error);
  }
}

/** @param {{drafts: any[], problems: any[]}} answer */
function report({ drafts, problems }) {
  const made = drafts.filter((draft) => !draft.existed);
  const kept = drafts.filter((draft) => draft.existed);
  const close = el("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () => (byId("uploaded").hidden = true) }, "Close");
  return [
    ...part(made, `${counted(made.length, "draft")} made`, draftLine),
    ...part(kept, "Left as they are, because a draft exists already", draftLine),
    ...part(problems, `${counted(problems.length, "part")} could not be used`, problemLine),
    ...(drafts.length || problems.length ? [] : [el("p", {}, "The files hold no article.")]),
    close,
  ];
}

/** @param {any[]} items @param {string} title @param {(item: any) => Node} line */
const part = (items, title, line) => (items.length ? [el("h2", {}, title), el("ul", {}, ...items.map(line))] : []);

/** @param {{id: string, language: string, title: string}} draft */
const draftLine = ({ id, language: code, title }) => el("li", {}, el("a", { href: editorPage(id, code), dir: "auto" }, title || id), ` ${language(code)}`);

/** @param {{file: string, line: number, message: string}} problem */
const problemLine = ({ file, line, message }) => el("li", {}, el("code", {}, `${file}:${line}`), ` ${message}`);
