/** The chat page: puts the parts together. */

import { byId } from "../shared/dom.js";
import { Api } from "./api.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import * as frame from "./frame.js";
import { Log } from "./log.js";
import { served, texts, translate } from "./texts.js";

const query = new URLSearchParams(location.search);
const language = served(query.get("lang") ?? navigator.language);
let open = true;
let unread = 0;

function opened() {
  open = true;
  unread = 0;
  frame.unread(0);
  byId("text").focus();
}

function arrived() {
  if (open && !document.hidden) return;
  unread += 1;
  frame.unread(unread);
}

/** @param {import("./texts.js").Texts} words @param {string} text */
function complain(words, text) {
  const bar = byId("trouble");
  bar.hidden = false;
  bar.textContent = text;
  setTimeout(() => (bar.hidden = true), 6000);
}

async function run() {
  /** @type {{write: (text: string) => void} | null} */
  let composer = null;
  const heard = { opened, closed: () => void (open = false), draft: (/** @type {string} */ text) => composer?.write(text), identity: () => location.reload() };
  const [words, begun] = await Promise.all([texts(language), frame.start(heard)]);
  translate(words, language);
  byId("status").textContent = words.ai;
  const api = new Api({ language, market: query.get("market") ?? "", identity: begun.identity });
  const log = new Log(byId("log"), byId("scroller"), byId("newer"), words, language, (url) => api.picture(url));
  const chat = new Chat(api, log, words, arrived);
  composer = new Composer(api, words, (text, photos) => chat.send(text, photos), (text) => complain(words, text));
  open = begun.open;
  byId("close").hidden = !frame.isEmbedded;
  byId("close").addEventListener("click", frame.close);
  byId("person").addEventListener("click", () => chat.send(words.person_message, []));
  addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && frame.close());
  if (begun.draft) composer.write(begun.draft);
  else if (open) byId("text").focus();
  await begin(chat, words);
  byId("brand").textContent = api.brand || words.title;
  byId("scroller").removeAttribute("aria-busy");
  // Extras: without them the chat is whole.
  import("./remedies.js").then(({ showRemedies }) => showRemedies(chat, words, language)).catch(() => {});
  if (!log.last) import("./suggestions.js").then(({ suggest }) => suggest(chat, words, language)).catch(() => {});
}

/** Keeps trying: a shop page may be opened while the server restarts. @param {Chat} chat @param {import("./texts.js").Texts} words */
async function begin(chat, words) {
  for (let wait = 1000; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      await chat.begin();
      byId("line").hidden = true;
      return;
    } catch {
      byId("line").hidden = false;
      byId("line").className = "lost";
      byId("line").textContent = words.lost;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

run();
