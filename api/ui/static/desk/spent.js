/** The model calls of a turn: which step asked which model, what became of it, tokens and cost. */

import { el } from "../shared/dom.js";

/** @typedef {{step: string, size: string, model: string, prompt: string, outcome: string, tokens_in: number, tokens_out: number, tokens_cached?: number, cost: number, ms: number}} Call  cost in micro-euro */

const HEADS = ["Step", "Model", "Prompt", "Outcome", "Tokens in / out", "Cost", "ms"];
const count = new Intl.NumberFormat("en");

/** A call costs less than a cent: euro with as many decimals as it takes. @param {number} micro */
export const euro = (micro) => new Intl.NumberFormat("en", { style: "currency", currency: "EUR", maximumFractionDigits: 5 }).format((micro ?? 0) / 1_000_000);

/** @param {Call[] | undefined} calls */
export function spent(calls) {
  if (!calls?.length) return [];
  const sum = calls.reduce((whole, call) => whole + (call.cost ?? 0), 0);
  const rows = calls.map((call) =>
    el(
      "tr",
      { "data-outcome": call.outcome },
      el("th", { scope: "row" }, call.step),
      el("td", {}, `${call.model} (${call.size})`),
      el("td", {}, el("code", {}, call.prompt)),
      el("td", {}, call.outcome),
      el("td", {}, `${count.format(call.tokens_in ?? 0)} / ${count.format(call.tokens_out ?? 0)}`),
      el("td", {}, euro(call.cost)),
      el("td", {}, count.format(call.ms ?? 0)),
    ),
  );
  const head = el("thead", {}, el("tr", {}, ...HEADS.map((name) => el("th", { scope: "col" }, name))));
  const words = `${calls.length} ${calls.length === 1 ? "call" : "calls"}, ${euro(sum)}`;
  return [el("details", { class: "calls" }, el("summary", {}, words), el("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Model calls" }, el("table", {}, head, el("tbody", {}, ...rows))))];
}

/** Who wrote a text, and by which prompts. @param {{brain?: string, prompts?: string[]} | undefined} made */
export function writer(made) {
  if (!made?.brain) return "";
  const name = made.brain === "local" ? "rules, no model" : made.brain;
  return [name, ...(made.prompts ?? []).filter((prompt) => !name.includes(prompt))].join(" · ");
}
