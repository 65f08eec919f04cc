/** What this visitor may want to ask, offered while the chat is empty. Loaded after the chat, which never waits for it. */

import { byId, el } from "../shared/dom.js";
import { served } from "./texts.js";

const MOST = 4;
/** Asked for, to find enough in the customer's language. */
const ASKED = 20;

/**
 * Shows buttons that send an article's title as the customer's message; they go when anything has been said.
 * @param {import("./chat.js").Chat} chat @param {import("./texts.js").Texts} words @param {string} language
 */
export async function suggest(chat, words, language) {
  const log = byId("log");
  const response = await chat.api.request(`/api/faq?limit=${ASKED}&language=${language}`);
  if (!response.ok || log.children.length) return;
  /** @type {{articles: {title: string, language: string}[]}} */
  const { articles } = await response.json();
  // A title sent in another language would turn the whole conversation to it.
  const own = articles.filter((article) => served(article.language) === language).slice(0, MOST);
  const buttons = own.map(({ title }) => {
    const send = () => {
      chat.send(title, []);
      byId("text").focus();
    };
    return el("li", {}, el("button", { type: "button", dir: "auto", onclick: send }, title));
  });
  if (!buttons.length || log.children.length) return;
  const box = el("section", { id: "suggestions", "aria-labelledby": "often" }, el("h2", { id: "often" }, words.suggestions), el("ul", {}, ...buttons));
  log.before(box);
  new MutationObserver((_, seen) => {
    seen.disconnect();
    box.remove();
  }).observe(log, { childList: true });
}
