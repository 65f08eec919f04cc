/** Where the customer writes: the text box, the photos, the way to send. */

import { byId, el, icon } from "../shared/dom.js";
import { ApiError } from "./api.js";
import { LARGEST, picture, shrink } from "./pictures.js";

const MOST_PHOTOS = 4;
/** Pixels the text box may grow to. */
const TALLEST = 140;

/** @typedef {{blob: Blob, id: string, box: HTMLElement}} Attached */

export class Composer {
  /**
   * @param {import("./api.js").Api} api @param {import("./texts.js").Texts} words
   * @param {(text: string, photos: {id: string, blob: Blob}[]) => void} send
   * @param {(text: string) => void} complain
   */
  constructor(api, words, send, complain) {
    this.api = api;
    this.words = words;
    this.send = send;
    this.complain = complain;
    /** @type {Attached[]} */
    this.photos = [];
    this.form = byId("composer");
    this.box = byId("text");
    this.file = byId("file");
    this.tray = byId("tray");
    this.#listen();
    this.#refresh();
  }

  #listen() {
    this.form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener("input", () => this.#refresh());
    this.box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      // While an input method composes Chinese or Japanese, Enter picks a word and must not send.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.file.addEventListener("change", () => {
      this.attach([...this.file.files]);
      this.file.value = "";
    });
    this.box.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => this.attach(images(event.clipboardData)));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      this.attach(images(event.dataTransfer));
    });
  }

  submit() {
    if (!this.#ready()) return;
    this.send(this.box.value.trim(), this.photos.map(({ id, blob }) => ({ id, blob })));
    this.photos = [];
    this.tray.replaceChildren();
    this.write("");
  }

  /** @param {string} text */
  write(text) {
    this.box.value = text;
    this.#refresh();
    this.box.focus();
  }

  /** @param {File[]} files */
  attach(files) {
    for (const file of files.slice(0, MOST_PHOTOS - this.photos.length)) this.#attach(file);
  }

  /** @param {File} file */
  async #attach(file) {
    const blob = await shrink(file);
    if (blob.size > LARGEST) return this.complain(this.words.photo_large);
    const box = el("li", { class: "uploading" }, picture(Promise.resolve(blob), file.name));
    const attached = { blob, id: "", box };
    const remove = () => this.#remove(attached);
    box.append(el("button", { type: "button", "aria-label": `${this.words.remove_photo}: ${file.name}`, onclick: remove }, icon("close")));
    this.photos.push(attached);
    this.tray.append(box);
    this.#refresh();
    try {
      attached.id = (await this.api.upload(blob)).id;
      box.className = "";
    } catch (error) {
      this.#remove(attached);
      const known = error instanceof ApiError ? { 413: this.words.photo_large, 415: this.words.photo_unread }[error.status] ?? error.message : this.words.lost;
      this.complain(known);
    }
    this.#refresh();
  }

  /** @param {Attached} attached */
  #remove(attached) {
    this.photos = this.photos.filter((photo) => photo !== attached);
    attached.box.remove();
    this.#refresh();
    this.box.focus();
  }

  #ready() {
    return (this.box.value.trim() || this.photos.length) && this.photos.every((photo) => photo.id);
  }

  #refresh() {
    byId("send").disabled = !this.#ready();
    byId("attach").toggleAttribute("data-full", this.photos.length >= MOST_PHOTOS);
    this.file.disabled = this.photos.length >= MOST_PHOTOS;
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, TALLEST)}px`;
  }
}

/** @param {DataTransfer | null} data @returns {File[]} */
function images(data) {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}
