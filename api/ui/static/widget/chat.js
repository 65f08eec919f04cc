/** One conversation: what the customer sends, what comes back, who is answering. */

import { byId, el } from "../shared/dom.js";
import { ApiError } from "./api.js";
import { follow } from "./stream.js";

/** @typedef {import("./api.js").Message} Message */

/** Milliseconds after which "is writing" goes away by itself. */
const TYPING = 12_000;
/** Milliseconds a line may be down before the customer is told; most breaks are shorter. */
const PATIENCE = 2500;

export class Chat {
  /**
   * @param {import("./api.js").Api} api @param {import("./log.js").Log} log
   * @param {import("./texts.js").Texts} words @param {(message: Message) => void} arrived
   */
  constructor(api, log, words, arrived) {
    this.api = api;
    this.log = log;
    this.words = words;
    this.arrived = arrived;
    this.owner = "bot";
    this.sending = 0;
    /** @type {Message[]} our own messages that came by the stream before their POST was answered */
    this.held = [];
    /** @type {{outgoing: import("./log.js").Outgoing, item: HTMLElement}[]} */
    this.unsent = [];
    this.stop = new AbortController();
  }

  /** History, then the stream. Throws when the server cannot be reached. */
  async begin() {
    await this.api.open();
    const { messages, state } = await this.api.history(0);
    for (const message of messages) this.log.add(message);
    this.#offer(messages.at(-1));
    if (state.owner !== "bot") this.#state(state);
    this.log.toEnd();
    const listener = { after: () => this.log.last, on: this.#on.bind(this), line: this.#line.bind(this) };
    follow(this.api, listener, this.stop.signal);
  }

  end() {
    this.stop.abort();
    clearTimeout(this.patience);
  }

  /** @param {string} text @param {{id: string, blob: Blob}[]} photos */
  send(text, photos) {
    byId("replies").replaceChildren();
    const outgoing = { client_id: crypto.randomUUID(), text, photos: photos.map((p) => p.id), blobs: photos.map((p) => p.blob) };
    this.#post(outgoing, this.log.pending(outgoing));
  }

  /** @param {import("./log.js").Outgoing} outgoing @param {HTMLElement} item */
  async #post(outgoing, item) {
    const { client_id, text, photos } = outgoing;
    this.sending += 1;
    try {
      this.log.confirm(item, await this.api.send({ client_id, text, photos }));
    } catch (error) {
      const offline = !(error instanceof ApiError);
      const again = { outgoing, item };
      if (offline) this.unsent.push(again);
      this.log.failed(item, offline ? this.words.not_sent : error.message, () => this.#again(again));
    } finally {
      this.sending -= 1;
      if (!this.sending) this.held.splice(0).forEach((message) => this.#message(message));
    }
  }

  /** The same client_id again: the server keeps it once. @param {{outgoing: any, item: HTMLElement}} entry */
  #again(entry) {
    this.unsent = this.unsent.filter((other) => other !== entry);
    entry.item.querySelector(".unsent")?.remove();
    this.#post(entry.outgoing, entry.item);
  }

  /** @param {string} event @param {any} data */
  #on(event, data) {
    if (event === "message") this.#message(data);
    else if (event === "typing") this.#typing(true);
    else if (event === "state") this.#state(data);
  }

  /** @param {Message} message */
  #message(message) {
    if (message.author === "customer" && this.sending) return void this.held.push(message);
    if (!this.log.add(message)) return;
    this.#typing(false);
    this.#offer(message);
    if (message.author !== "customer") this.arrived(message);
  }

  /** @param {Message} [message] the last one */
  #offer(message) {
    const replies = message && message.author !== "customer" ? message.quick_replies : [];
    const buttons = replies.map((text) => {
      const send = () => {
        this.send(text, []);
        byId("text").focus();
      };
      return el("button", { type: "button", dir: "auto", onclick: send }, text);
    });
    byId("replies").replaceChildren(...buttons);
  }

  /** @param {boolean} on */
  #typing(on) {
    clearTimeout(this.typingEnd);
    byId("typing").hidden = !on;
    if (on && this.log.following) this.log.toEnd();
    if (on) this.typingEnd = setTimeout(() => this.#typing(false), TYPING);
  }

  /** @param {import("./api.js").State} state */
  #state({ owner }) {
    if (owner === this.owner) return;
    this.owner = owner;
    document.body.dataset.owner = owner;
    const line = { bot: this.words.bot_again, desk: this.words.passed, operator: this.words.joined }[owner];
    byId("status").textContent = { bot: this.words.ai, desk: this.words.waiting, operator: this.words.human }[owner];
    byId("person").hidden = owner !== "bot";
    if (line) this.log.note(line);
  }

  /** @param {boolean} connected */
  #line(connected) {
    const bar = byId("line");
    clearTimeout(this.patience);
    if (!connected) {
      this.patience = setTimeout(() => {
        bar.hidden = false;
        bar.className = "lost";
        bar.textContent = this.words.lost;
      }, bar.hidden ? PATIENCE : 0);
      return;
    }
    for (const entry of this.unsent.splice(0)) this.#again(entry);
    if (bar.hidden || bar.className === "back") return;
    bar.className = "back";
    bar.textContent = this.words.back;
    this.patience = setTimeout(() => (bar.hidden = true), 3000);
  }
}
