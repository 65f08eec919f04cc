/** The keys of the page of one article. */

import { byId } from "../shared/dom.js";
import { command, listen } from "./keys.js";

/**
 * @typedef {object} Reach
 * @property {() => void} save
 * @property {() => void} next
 * @property {() => void} jump
 * @property {(at: number) => void} place opens the language at this place of the bar, from 0
 * @property {import("./tabs.js").Tabs} tabs
 * @property {Record<string, {focus: () => void}>} panels what is focused in a panel; the panel itself when it is not named
 */

/** @param {Reach} reach */
export function shortcuts({ save, next, jump, place, tabs, panels }) {
  const panel = (/** @type {string} */ name) => () => {
    if (byId(`tab-${name}`).hidden) return;
    tabs.open(name);
    (panels[name] ?? byId(`panel-${name}`)).focus();
  };
  const back = () => {
    if (tabs.now !== "source") tabs.open("preview");
    byId("body").focus();
  };
  listen([
    { keys: ["Ctrl", "S"], does: "Save now", when: command("s"), act: save },
    { keys: ["Ctrl", "Enter"], does: "Next step: send to review, or publish", when: command("enter"), act: next },
    { keys: ["Ctrl", "K"], does: "Go to another article", when: command("k"), act: jump },
    { keys: ["Ctrl", "B"], does: "Bold" },
    { keys: ["Ctrl", "I"], does: "Italic" },
    { keys: ["Alt", "1–9"], does: "Language", when: (event) => event.altKey && /^Digit[1-9]$/u.test(event.code), act: (event) => place(Number(event.code.slice(5)) - 1) },
    { keys: ["Alt", "P"], does: "Preview", when: alt("KeyP"), act: panel("preview") },
    { keys: ["Alt", "O"], does: "Source of the translation", when: alt("KeyO"), act: panel("source") },
    { keys: ["Alt", "T"], does: "Try it", when: alt("KeyT"), act: panel("try") },
    { keys: ["Alt", "I"], does: "Impact", when: alt("KeyI"), act: panel("impact") },
    { keys: ["Alt", "H"], does: "History", when: alt("KeyH"), act: panel("history") },
    { keys: ["Esc"], does: "Close the panel, back to the text", when: (event) => event.key === "Escape", act: back },
  ]);
}

/** By place on the keyboard, since Alt changes the letter on some. @param {string} code @returns {(event: KeyboardEvent) => boolean} */
const alt = (code) => (event) => event.altKey && !event.ctrlKey && !event.metaKey && event.code === code;
