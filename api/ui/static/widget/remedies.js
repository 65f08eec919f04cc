/** How far the customer's return, refund or new parcel has come: a strip above the messages. Loaded after the chat, which never waits for it. */

import { el } from "../shared/dom.js";

/** Milliseconds in which several events are one look. */
const TOGETHER = 500;

/**
 * @typedef {{text: string, state: "done"|"now"|"next"}} Step
 * @typedef {{kind: string, order: string, over: boolean, steps: Step[]}} Remedy
 * @param {import("./chat.js").Chat} chat @param {import("./texts.js").Texts} words @param {string} language
 */
export function showRemedies(chat, words, language) {
  const box = el("section", { id: "remedies", "aria-label": words.remedies, hidden: true });
  document.querySelector("main")?.before(box);
  const look = async () => {
    const response = await chat.api.request(`/api/chat/remedies?language=${language}`).catch(() => null);
    if (response?.ok) draw(box, (await response.json()).remedies, words);
  };
  let timer = 0;
  addEventListener("heard", () => {
    clearTimeout(timer);
    timer = window.setTimeout(look, TOGETHER);
  });
  look();
}

/** @param {HTMLElement} box @param {Remedy[]} all @param {import("./texts.js").Texts} words */
function draw(box, all, words) {
  const open = new Set([...box.querySelectorAll("details[open]")].map((node) => node.getAttribute("data-remedy")));
  const lines = all.map(({ kind, order, steps, over }, place) => {
    const key = `${kind} ${order} ${place}`;
    const now = steps.findIndex(({ state }) => state === "now");
    const arrow = document.documentElement.dir === "rtl" ? " ← " : " → ";
    const short = (over || now < 0 ? steps.slice(-1) : steps.slice(now, now + 2)).map(({ text }) => text).join(arrow);
    const items = steps.map(({ text, state }) => el("li", { "data-state": state, "aria-current": state === "now" && "step", dir: "auto" }, text));
    return el("details", { "data-remedy": key, open: open.has(key) }, el("summary", {}, el("b", {}, words[`your_${kind}`]), " ", el("bdi", { dir: "ltr" }, `#${order}`), `: ${short}`), el("ol", {}, ...items));
  });
  box.replaceChildren(...lines);
  box.hidden = !lines.length;
}
