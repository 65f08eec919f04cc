/** The supply-chain context card: the way of the goods on one line with its delays, and behind it shelves, batches, lanes, promises. */

import { byId, el } from "../shared/dom.js";
import { badge, label, money, stamp } from "./words.js";

const days = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** @param {string | null} iso a date or a time; a bare date is read where the reader is, not a day earlier */
const day = (iso) => (iso ? days.format(new Date(iso.length === 10 ? `${iso}T12:00` : iso)) : "");

/** Without its year: the line is short. @param {string | null} iso */
const shortDay = (iso) => (iso ? short.format(new Date(iso.length === 10 ? `${iso}T12:00` : iso)) : "");

/** @param {number} count @param {string} word */
const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** @param {any} card the packet's card; {} when the case is older than cards */
export function showCard(card) {
  const box = byId("card");
  box.hidden = !card?.made_at;
  if (box.hidden) return;
  const opened = box.querySelector("details")?.open ?? false;
  const parts = [el("h2", { id: "card-title" }, "Supply chain"), silent(card.ages), chain(card.legs, card.batches), brief(card), details(card, opened)];
  box.replaceChildren(...parts.filter((part) => part !== null));
}

/** What is not current is said before anything else. @param {any[]} ages */
function silent(ages) {
  const down = ages.filter((age) => !age.answers);
  if (!down.length) return null;
  const lines = down.map(({ source, at }) => (at ? `as of ${clock.format(new Date(at))}, ${source} does not answer` : `${source} does not answer`));
  return el("p", { class: "stale" }, `${lines.join("; ")}.`);
}

/** Of a parcel's scans the last one stands on the line, and of the batches their names; all of them are in the details. @param {any[]} legs @param {any[]} batches */
function chain(legs, batches) {
  if (!legs.length) return el("p", { class: "none" }, "No order is proven.");
  const scans = Map.groupBy(legs.filter((leg) => leg.stop === "checkpoint"), (leg) => leg.parcel);
  const traced = legs.filter((leg) => leg.stop === "batch");
  const shown = legs.filter((leg) => (leg.stop !== "checkpoint" || scans.get(leg.parcel)?.at(-1) === leg) && (leg.stop !== "batch" || leg === traced[0]));
  const links = shown.map((leg) => (leg.stop === "batch" ? origin(traced, batches) : link(leg, scans.get(leg.parcel)?.length ?? 0)));
  return el("ol", { class: "chain", "aria-label": "From the order to the door" }, ...links);
}

/** Where the goods come from. @param {any[]} legs @param {any[]} batches */
function origin(legs, batches) {
  const bad = batches.some((batch) => batch.over);
  const lost = legs.filter((leg) => !leg.done).map((leg) => leg.note);
  const names = [...new Set(legs.map((leg) => leg.label))];
  return el("li", { "data-state": bad ? "late" : lost.length ? "open" : "done" }, el("strong", {}, names.length > 2 ? many(names.length, "batch").replace("batchs", "batches") : names.join(", ")), bad ? badge("bad batch", "bad") : null, lost.length ? el("em", {}, lost[0]) : null);
}

/** @param {any} leg @param {number} scans of its parcel */
function link(leg, scans) {
  const state = leg.late ? "late" : leg.done ? "done" : "open";
  const head = { shipment: leg.parcel ? "shipped" : leg.label, checkpoint: many(scans, "scan") }[/** @type {string} */ (leg.stop)] ?? leg.label;
  const more = [leg.stop === "checkpoint" ? leg.label : "", leg.place, shortDay(leg.at)].filter(Boolean).join(", ");
  return el("li", { "data-state": state, title: leg.label }, el("strong", { dir: "auto" }, head), el("span", {}, more), delay(leg), leg.note && leg.stop !== "shipment" ? el(leg.stop === "order" ? "span" : "em", {}, leg.note) : null);
}

/** @param {any} leg */
function delay({ late, promised, done }) {
  if (late === null) return null;
  const words = late ? `${many(late, "day")} late` : "in time";
  return el("span", { class: `tag ${late ? "bad" : done ? "good" : ""}`, title: `promised ${day(promised)}` }, late || done ? words : `due ${shortDay(promised)}`);
}

/** The figures of one look. @param {any} card */
function brief({ shelves, batches, lanes, similar_count, customer, promises }) {
  const broken = promises.filter((/** @type {any} */ promise) => promise.kept === false).length;
  const low = shelves.filter((/** @type {any} */ shelf) => shelf.on_hand === null || shelf.free <= 0).length;
  const all = [
    ...batches.filter((/** @type {any} */ batch) => batch.over).map((/** @type {any} */ batch) => badge(`batch ${batch.batch}: ${percent(batch.rate)} complained`, "bad")),
    low ? badge(`${low} of ${many(shelves.length, "shelf").replace("shelfs", "shelves")} empty or unknown`, "warn") : null,
    ...lanes.filter((/** @type {any} */ lane) => lane.now > (lane.usual ?? 0)).map((/** @type {any} */ lane) => badge(`${lane.warehouse} → ${lane.country} ${median(lane.now)}`, "warn")),
    similar_count ? badge(many(similar_count, "similar open case"), "warn") : null,
    broken ? badge(`${many(broken, "promise")} not kept`, "bad") : null,
    customer ? badge(worth(customer), "accent") : null,
  ];
  return el("p", { class: "brief" }, ...all);
}

/** @param {any} customer */
function worth({ tier, spending, earlier_count }) {
  const sums = spending.sums.map(money).join(" + ");
  return [tier, sums && `${sums} in ${many(spending.orders, "order")}`, earlier_count && many(earlier_count, "earlier case")].filter(Boolean).join(", ");
}

/** @param {number} rate */
const percent = (rate) => `${(rate * 100).toFixed(1)} %`;

/** @param {number | null} late median days */
function median(late) {
  if (late === null) return "unknown";
  if (Math.abs(late) < 0.5) return "in time";
  return late > 0 ? `${late.toFixed(late % 1 ? 1 : 0)} days late` : `${(-late).toFixed(late % 1 ? 1 : 0)} days early`;
}

/** @param {any} card @param {boolean} open */
function details(card, open) {
  const parts = [
    ...part("Way", card.legs.filter((/** @type {any} */ leg) => leg.stop !== "order").map(stop)),
    ...part("Stock and days of cover", card.shelves.map(shelf)),
    ...part("Batches", card.batches.map(batch)),
    ...part("Lane", card.lanes.map(lane)),
    ...part("Promised before", card.promises.map(promise)),
    ...part(`Similar open cases (${card.similar_count})`, card.similar.map(aCase)),
    ...part(`Earlier cases of this customer (${card.customer?.earlier_count ?? 0})`, (card.customer?.earlier ?? []).map(aCase)),
    ...part("Sources", card.ages.map(age)),
  ];
  return el("details", { class: "whole", open }, el("summary", {}, "Details"), ...parts);
}

/** @param {string} head @param {HTMLElement[]} lines */
const part = (head, lines) => (lines.length ? [el("h3", {}, head), el("ul", {}, ...lines)] : []);

/** @param {any} leg */
function stop(leg) {
  const when = leg.stop === "batch" ? leg.at && `produced ${day(leg.at)}` : stamp(leg.at);
  return el("li", {}, [leg.label, leg.place].filter(Boolean).join(", "), " ", delay(leg), el("small", {}, [when, leg.promised && `promised ${day(leg.promised)}`, leg.note].filter(Boolean).join(" · ")));
}

/** @param {any} shelf */
function shelf({ sku, warehouse, free, on_hand, committed, incoming, pace, days: cover, note }) {
  const pieces = on_hand === null ? "no record" : `${free} free (${on_hand} on hand, ${committed} committed, ${incoming} incoming)`;
  const lasts = cover === null || note ? null : badge(`${cover} days`, cover < 7 ? "warn" : "good");
  return el("li", {}, el("strong", {}, `${sku} ${warehouse}`), ` ${pieces} `, lasts, el("small", {}, [pace ? `${pace.toFixed(1)} a day` : "", note].filter(Boolean).join(" · ")));
}

/** @param {any} found */
function batch({ batch: id, sku, supplier, produced, sold, rate, limit, over, note }) {
  return el("li", {}, el("strong", {}, `${id} (${sku})`), ` ${percent(rate)} of ${sold} sold complained `, badge(`limit ${percent(limit)}`, over ? "bad" : "good"), el("small", {}, [supplier, `produced ${day(produced)}`, note].filter(Boolean).join(" · ")));
}

/** @param {any} found */
function lane({ warehouse, country, now, usual, parcels }) {
  const words = parcels ? `${median(now)}, usually ${median(usual)}` : "no parcels were due lately";
  return el("li", {}, el("strong", {}, `${warehouse} → ${country}`), ` ${words} `, el("small", {}, parcels ? `median of ${many(parcels, "parcel")} due in the last 30 days` : ""));
}

/** @param {any} found */
function promise({ text, at, by, kept, due, why }) {
  const verdict = kept === null ? badge(due ? `due ${day(due)}` : "open") : kept ? badge("kept", "good") : badge("not kept", "bad");
  return el("li", {}, el("span", { dir: "auto" }, text), " ", verdict, el("small", {}, [by === "bot" ? "assistant" : by, stamp(at), why].filter(Boolean).join(" · ")));
}

/** @param {any} found */
function aCase({ id, summary, status, at }) {
  return el("li", {}, el("a", { href: `/desk/cases/${encodeURIComponent(id)}` }, summary || id), " ", badge(label(status)), el("small", {}, stamp(at)));
}

/** @param {any} found */
function age({ source, at, answers }) {
  return el("li", {}, source, " ", answers ? null : badge("does not answer", "warn"), el("small", {}, at ? `as of ${stamp(at)}` : "nothing known"));
}
