/** The panels beside the text, one at a time. */

import { byId, el } from "../shared/dom.js";

export class Tabs {
  /** @param {Record<string, string>} names by panel: the element `panel-<key>` @param {(name: string) => void} opened */
  constructor(names, opened) {
    this.names = Object.keys(names);
    this.opened = opened;
    this.now = this.names[0];
    const bar = byId("tabs");
    for (const name of this.names) {
      bar.append(el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, onclick: () => this.open(name) }, names[name]));
      byId(`panel-${name}`).setAttribute("aria-labelledby", `tab-${name}`);
    }
    bar.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.press(event));
    this.draw();
  }

  /** @param {string} name */
  open(name) {
    this.now = name;
    this.draw();
    this.opened(name);
  }

  draw() {
    for (const name of this.names) {
      const tab = byId(`tab-${name}`);
      tab.setAttribute("aria-selected", String(name === this.now));
      tab.tabIndex = name === this.now ? 0 : -1;
      byId(`panel-${name}`).hidden = name !== this.now;
    }
  }

  /** @param {string} name @param {boolean} offered */
  offer(name, offered) {
    byId(`tab-${name}`).hidden = !offered;
    if (!offered && this.now === name) this.open(this.names[0]);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const shown = this.names.filter((name) => !byId(`tab-${name}`).hidden);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.open(shown[(shown.indexOf(this.now) + step + shown.length) % shown.length]);
    byId(`tab-${this.now}`).focus();
  }
}
