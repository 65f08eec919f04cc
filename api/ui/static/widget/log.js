/** The conversation on the page: messages in order, each once. */

import { el } from "../shared/dom.js";
import { linkify } from "../shared/linkify.js";
import { picture } from "./pictures.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {{client_id: string, text: string, photos: string[], blobs: Blob[]}} Outgoing
 */

/** Pixels from the end within which the reader counts as being there. */
const NEAR = 80;

export class Log {
  /**
   * @param {HTMLElement} list @param {HTMLElement} scroller @param {HTMLElement} newer
   * @param {import("./texts.js").Texts} words @param {string} language
   * @param {(url: string) => Promise<Blob>} fetchPicture
   */
  constructor(list, scroller, newer, words, language, fetchPicture) {
    this.list = list;
    this.scroller = scroller;
    this.newer = newer;
    this.words = words;
    this.fetchPicture = fetchPicture;
    this.clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
    /** @type {Map<string, HTMLElement>} */
    this.shown = new Map();
    this.last = 0;
    newer.addEventListener("click", () => this.toEnd());
    scroller.addEventListener("scroll", () => (newer.hidden = newer.hidden || this.#atEnd()), { passive: true });
    this.following = true;
    const resized = new ResizeObserver(() => this.following && this.toEnd());
    for (const box of [list, scroller]) resized.observe(box);
  }

  /** @param {Message} message @returns {boolean} whether it is new */
  add(message) {
    this.last = Math.max(this.last, message.seq);
    if (this.shown.has(message.id)) return false;
    const pictures = message.photos.map((photo) => picture(this.fetchPicture(photo.url), this.words.photo, photo));
    const item = this.#item(message.author, message.text, pictures, new Date(message.at));
    item.dataset.seq = String(message.seq);
    if (message.sources.length) item.append(this.#sources(message.sources));
    this.shown.set(message.id, item);
    this.#insert(item, message.seq);
    return true;
  }

  /** A message of the customer's that the server has not confirmed. @param {Outgoing} outgoing */
  pending(outgoing) {
    const pictures = outgoing.blobs.map((blob) => picture(Promise.resolve(blob), this.words.photo));
    const item = this.#item("customer", outgoing.text, pictures, new Date());
    item.dataset.pending = outgoing.client_id;
    this.list.append(item);
    this.toEnd();
    return item;
  }

  /** @param {HTMLElement} item @param {{id: string, seq: number}} stored */
  confirm(item, stored) {
    delete item.dataset.pending;
    item.querySelector(".unsent")?.remove();
    if (this.shown.has(stored.id)) return item.remove(); // an earlier try had arrived after all
    item.dataset.seq = String(stored.seq);
    this.shown.set(stored.id, item);
    this.#insert(item, stored.seq);
  }

  /** @param {HTMLElement} item @param {string} why @param {() => void} retry */
  failed(item, why, retry) {
    // Said once: automatic tries must not make a screen reader repeat it.
    if (item.querySelector(".unsent")?.textContent?.startsWith(why)) return;
    item.querySelector(".unsent")?.remove();
    const again = el("button", { type: "button", class: "link", onclick: retry }, this.words.retry);
    item.append(el("p", { class: "unsent", role: "alert" }, `${why} `, again));
  }

  /** A line between the messages: a hand-off, say. @param {string} text */
  note(text) {
    this.list.append(el("li", { class: "note" }, text));
    this.#follow();
  }

  toEnd() {
    this.following = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newer.hidden = true;
  }

  #atEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR;
    return this.following;
  }

  #follow() {
    if (this.following) this.toEnd();
    else this.newer.hidden = false;
  }

  /** @param {HTMLElement} item @param {number} seq */
  #insert(item, seq) {
    const later = [...this.list.children].find((other) => Number(/** @type {HTMLElement} */ (other).dataset.seq) > seq);
    if (later) later.before(item);
    else if (item.parentNode !== this.list) this.#append(item);
    this.#follow();
  }

  /** Before what is still on its way, which the server will number later. @param {HTMLElement} item */
  #append(item) {
    const waiting = this.list.querySelector("[data-pending]");
    if (waiting) waiting.before(item);
    else this.list.append(item);
  }

  /** @param {string} author @param {string} text @param {HTMLElement[]} pictures @param {Date} at */
  #item(author, text, pictures, at) {
    const who = { customer: this.words.you, bot: this.words.assistant, operator: this.words.colleague }[author] ?? author;
    return el(
      "li",
      { class: `message ${author}` },
      el("span", { class: author === "operator" ? "who" : "quiet" }, who),
      text ? el("p", { class: "bubble", dir: "auto" }, ...linkify(text)) : null,
      ...pictures,
      el("time", { datetime: at.toISOString() }, this.clock.format(at)),
    );
  }

  /** @param {import("./api.js").Source[]} sources */
  #sources(sources) {
    const lines = sources.map((source) => el("li", { dir: "auto" }, source.label));
    return el("details", { class: "sources" }, el("summary", {}, `${this.words.sources} (${sources.length})`), el("ul", {}, ...lines));
  }
}
