/** Go to another article without leaving the keyboard. */

import { el } from "../shared/dom.js";
import { editorPage, isAbort, newest, request } from "./requests.js";

const signal = newest();
const PAUSE = 150;
const MOST = 12;

/** @param {(href: string) => void} go */
export function jump(go) {
  const list = el("ul", { class: "jump-list" });
  const field = /** @type {HTMLInputElement} */ (el("input", { class: "form-control", type: "search", placeholder: "Title, text or id", "aria-label": "Go to an article", autofocus: true, autocomplete: "off" }));
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", { class: "jump", "aria-label": "Go to an article" }, field, list));
  const links = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("a")]);
  const find = async () => {
    try {
      const { articles } = await request("GET", `/api/knowledge/articles?q=${encodeURIComponent(field.value)}`, undefined, signal());
      list.replaceChildren(...articles.slice(0, MOST).map((/** @type {any} */ one) => el("li", {}, el("a", { href: editorPage(one.id), dir: "auto" }, one.title || one.id, " ", el("small", { class: "inline" }, one.id)))));
      if (!articles.length) list.replaceChildren(el("li", { class: "fine" }, "No article fits."));
    } catch (error) {
      if (!isAbort(error)) list.replaceChildren(el("li", { class: "wrong" }, error instanceof Error ? error.message : String(error)));
    }
  };
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(find, PAUSE);
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = links().indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (step) {
      event.preventDefault();
      (at + step < 0 ? field : links()[Math.min(at + step, links().length - 1)])?.focus();
    } else if (event.key === "Enter" && at < 0) links()[0]?.click();
  });
  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(/** @type {HTMLAnchorElement} */ (link).href);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  find();
}
