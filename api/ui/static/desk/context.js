/** What is known around a case: order, parcel, stock, batch, sources. */

import { byId, el } from "../shared/dom.js";
import { label, stamp } from "./words.js";

/** @typedef {{label: string, value: string, source: string, at: string}} Fact */

/** @param {any} packet */
export function showContext(packet) {
  byId("facts").replaceChildren(...facts(packet.facts));
  byId("evidence").replaceChildren(...evidence(packet.evidence));
  const steps = packet.tried.map((/** @type {string} */ step) => el("li", {}, step));
  byId("tried").replaceChildren(...(steps.length ? [el("h3", {}, "What the assistant did"), el("ul", { class: "steps" }, ...steps)] : []));
}

/** @param {Fact[]} all */
function facts(all) {
  const scans = all.filter((fact) => fact.label === "Scan");
  const grouped = Map.groupBy(all.filter((fact) => fact.label !== "Scan"), (fact) => fact.label.split(" ")[0]);
  return [...grouped].flatMap(([head, group]) => [
    el("h3", {}, head),
    ...group.map((found, place) => fact(found, read(found) === read(group[place + 1]) ? "" : read(found))),
    ...(head === "Shipment" && scans.length ? [el("ol", { class: "scans", "aria-label": "Scans" }, ...scans.map(scan))] : []),
  ]);
}

/** Where a fact was read and when. @param {Fact} [found] */
const read = (found) => (found ? `${found.source}, read ${stamp(found.at)}` : "");

/** @param {Fact} found @param {string} source said once for neighbours that share it */
function fact(found, source) {
  const rest = found.label.split(" ").slice(1).join(" ");
  return el(
    "div",
    { class: found.label.startsWith("Stock ") ? "fact level" : "fact", "data-fact": `${found.label} ${found.value}` },
    rest ? el("strong", {}, rest) : null,
    el("p", { dir: "auto" }, found.value),
    source ? el("small", {}, source) : null,
  );
}

/** @param {Fact} found */
function scan(found) {
  return el("li", {}, el("span", {}, label(found.value)), el("small", {}, stamp(found.at)));
}

/** @param {any[]} all */
function evidence(all) {
  if (!all.length) return [];
  const items = all.map((found) =>
    el("li", { id: `evidence-${found.id}`, tabindex: "-1" }, el("span", { dir: "auto" }, found.label), el("small", {}, [found.kind, found.ref, stamp(found.at)].filter(Boolean).join(" · "))),
  );
  return [el("h3", {}, "Sources"), el("ol", { class: "evidence" }, ...items)];
}
