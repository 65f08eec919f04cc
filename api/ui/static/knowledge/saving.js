/** Saving by itself: a second after the last key, on leaving a field, again when it failed. */

import { ApiError } from "../desk/http.js";
import { forget, keep } from "./kept.js";
import { Conflict } from "./requests.js";

/** Milliseconds after the last key. */
const PAUSE = 1000;
/** Milliseconds until a failed save is tried again: the first time, and at most. */
const RETRY = 2000;
const RETRY_MOST = 30_000;

/** @typedef {import("./sheet.js").Content} Content */
/** @typedef {"clean" | "dirty" | "saving" | "failed" | "conflict"} State */

export class Saving {
  /**
   * @param {object} parts
   * @param {() => Content} parts.read what stands in the form
   * @param {(content: Content, version: number | null) => Promise<{version: number}>} parts.send
   * @param {(state: State, reason?: string) => void} parts.tell
   * @param {(theirs: import("./requests.js").Theirs) => void} parts.clash
   * @param {(answer: any) => void} parts.saved
   */
  constructor({ read, send, tell, clash, saved }) {
    Object.assign(this, { read, send, tell, clash, saved });
    this.key = "";
    /** @type {number | null} */
    this.version = null;
    this.there = ""; // what the server has, as it would be read from the form
    this.timer = 0;
    this.delay = RETRY;
    /** @type {import("./requests.js").Theirs | undefined} what somebody else saved, while nobody has chosen */
    this.conflict = undefined;
    this.held = true; // nothing is sent while a conflict waits, or before an article is open
    /** @type {Promise<boolean> | null} */
    this.running = null;
    addEventListener("online", () => this.flush());
    addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush());
  }

  /** Begin with what the form shows now, which is what the server has. @param {string} key @param {number | null} version */
  start(key, version) {
    clearTimeout(this.timer);
    Object.assign(this, { key, version, there: JSON.stringify(this.read()), held: false, delay: RETRY, conflict: undefined });
    this.tell("clean");
  }

  get dirty() {
    return this.key !== "" && JSON.stringify(this.read()) !== this.there;
  }

  /** Something was typed. */
  touch() {
    if (!this.key) return;
    if (!this.dirty) return this.conflict === undefined ? this.settle() : undefined;
    keep(this.key, this.read(), this.version);
    if (this.held) return;
    this.tell("dirty");
    this.later(PAUSE);
  }

  /** @param {number} pause */
  later(pause) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.flush(), pause);
  }

  settle() {
    clearTimeout(this.timer);
    forget(this.key);
    this.tell("clean");
  }

  /** Save now. @returns {Promise<boolean>} whether the server has everything */
  async flush() {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.dirty) return !this.held;
    if (this.held) return false;
    this.running = this.once();
    const done = await this.running;
    this.running = null;
    return done && (!this.dirty || this.flush());
  }

  async once() {
    const content = this.read();
    this.tell("saving");
    try {
      const answer = await this.send(content, this.version);
      this.version = answer.version;
      this.there = JSON.stringify(content);
      this.delay = RETRY;
      this.saved(answer);
      if (this.dirty) keep(this.key, this.read(), this.version);
      else this.settle();
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  /** @param {unknown} error */
  failed(error) {
    if (error instanceof Conflict) {
      this.held = true;
      this.conflict = error.theirs;
      this.tell("conflict", error.message);
      return this.clash(error.theirs);
    }
    this.tell("failed", error instanceof Error ? error.message : String(error));
    const passing = error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
    if (!passing) return; // it would be refused again: the next change or Ctrl+S tries anew
    this.later(this.delay);
    this.delay = Math.min(RETRY_MOST, this.delay * 2);
  }

  /** Send the form's words as the version after this one: those of a new article, or the ones chosen in a conflict. @param {string} key @param {number | null} version */
  over(key, version) {
    Object.assign(this, { key, version, held: false, there: "", conflict: undefined });
    return this.flush();
  }
}
