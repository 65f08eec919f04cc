/** One conversation: what the customer sends, what comes back, who is answering. */

import { byId, el } from "../shared/dom.js";
import { ApiError } from "./api.js";
import { follow } from "./stream.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {{outgoing: import("./log.js").Outgoing, item: HTMLElement}} Unsent
 */

/** Milliseconds after which "is writing" goes away by itself. */
const TYPING = 12_000;
/** Milliseconds a line may be down before the customer is told; most breaks are shorter. */
const PATIENCE = 2500;
/** Milliseconds until an unsent message is tried again by itself. */
const RETRY = 4000;

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
    /** @type {Unsent[]} */
    this.unsent = [];
    this.stop = new AbortController();
    addEventListener("online", () => this.#retry(), { signal: this.stop.signal });
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
    clearTimeout(this.lost);
    clearTimeout(this.retry);
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
      this.#failed({ outgoing, item }, error);
    } finally {
      this.sending -= 1;
      if (!this.sending) this.held.splice(0).forEach((message) => this.#message(message));
    }
  }

  /** A refusal is shown; a broken line or server is tried again without being asked. @param {Unsent} entry @param {unknown} error */
  #failed(entry, error) {
    const refused = error instanceof ApiError && error.status < 500;
    this.log.failed(entry.item, refused ? error.message : this.words.not_sent, () => {
      this.unsent = this.unsent.filter((other) => other !== entry);
      this.#post(entry.outgoing, entry.item);
    });
    if (refused) return;
    this.unsent.push(entry);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.#retry(), RETRY);
  }

  /** In the order they were written, with the same client_id: the server keeps each once. */
  async #retry() {
    clearTimeout(this.retry);
    for (const { outgoing, item } of this.unsent.splice(0)) await this.#post(outgoing, item);
  }

  /** @param {string} event @param {any} data */
  #on(event, data) {
    if (event === "message") this.#message(data);
    else if (event === "typing") this.#typing(true);
    else if (event === "state") this.#state(data);
    if (event === "message" || event === "state") dispatchEvent(new Event("heard"));
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
    const offered = message && message.author !== "customer" ? message.quick_replies : [];
    // The way to a person stands below the message box all the time.
    const buttons = offered.filter((text) => text !== this.words.person).map((text) => {
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
    if (!connected) {
      this.lost ??= setTimeout(() => this.#say("lost"), PATIENCE);
      return;
    }
    clearTimeout(this.lost);
    this.lost = undefined;
    this.#retry();
    if (bar.hidden || bar.className === "back") return;
    this.#say("back");
    setTimeout(() => (bar.hidden = bar.className === "back"), 3000);
  }

  /** @param {"lost" | "back"} which */
  #say(which) {
    const bar = byId("line");
    bar.hidden = false;
    bar.className = which;
    bar.textContent = this.words[which];
  }
}
