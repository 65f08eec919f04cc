/** What was found in a customer's photo, beside it. */

import { el } from "../shared/dom.js";
import { badge, label } from "./words.js";

/** @typedef {{photo: string, verdict: string, sku: string | null, recognised: number, among: string, defect: string | null, severity: string | null, confidence: number, reason: string | null, seen: {kind: string, value: string}[], batch: string | null, eye: string}} Finding */

/** @param {number} share */
const percent = (share) => `${Math.round(share * 100)} %`;

/** By photo; the newest finding of a photo counts. @param {Finding[] | undefined} all */
export const byPhoto = (all) => new Map((all ?? []).map((found) => [found.photo, found]));

/** @param {Finding | undefined} found */
export function finding(found) {
  if (!found) return null;
  const article = found.sku ? [el("code", { dir: "ltr" }, found.sku), ` (${percent(found.recognised)}${found.among ? `, from ${{ order: "the order", catalogue: "the catalogue", label: "a label" }[found.among] ?? found.among}` : ""})`] : ["not recognised"];
  return el(
    "dl",
    { class: "finding", "data-verdict": found.verdict },
    ...line("Shows", verdict(found)),
    ...line("Article", article),
    ...line("Text seen", found.seen?.length ? [found.seen.map(({ kind, value }) => `${label(kind)} ${value}`).join(", ")] : []),
    ...line("Batch", found.batch ? [el("code", { dir: "ltr" }, found.batch)] : []),
    ...line("Seen by", [found.eye === "none" ? "nobody: no model for photos" : found.eye]),
  );
}

/** @param {Finding} found */
function verdict({ verdict, defect, severity, confidence, reason }) {
  if (verdict === "cannot_tell") return [badge("cannot tell", "warn"), reason ? ` ${label(reason)}` : ""];
  const tone = verdict === "defect" ? "bad" : "good";
  return [badge(verdict === "defect" ? label(defect ?? "defect") : "no defect", tone), severity ? badge(severity) : null, ` ${percent(confidence)} sure`];
}

/** @param {string} name @param {(import("../shared/dom.js").Child)[]} content */
function line(name, content) {
  return content.length ? [el("dt", {}, name), el("dd", { dir: "auto" }, ...content)] : [];
}
