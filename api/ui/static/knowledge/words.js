/** Values of the knowledge base as editors read them. */

import { badge, label, language } from "../desk/words.js";

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "code" });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const times = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export const EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
/** Markets that are offered; any other country's code may be typed. */
export const MARKETS = ["EU", ...EU, "GB", "US", "CA", "AU", "NZ", "CH", "NO", "CN", "HK", "TW", "JP", "KR", "SG", "SA", "AE", "QA", "KW", "BR", "MX", "AR", "TR", "IL", "IN", "ZA"];

/** @param {string} code @returns {"rtl" | "ltr"} */
export const direction = (code) => (RIGHT_TO_LEFT.has((code ?? "").split("-")[0]) ? "rtl" : "ltr");

/** @param {string} code */
export function market(code) {
  try {
    return code === "EU" ? "European Union" : (regions.of(code) ?? code);
  } catch {
    return code; // what somebody is typing need not be a code yet
  }
}

/** The members of the EU as one word again, as an editor wrote it. @param {string[]} codes */
export function folded(codes) {
  const whole = EU.every((code) => codes.includes(code));
  return whole ? ["EU", ...codes.filter((code) => !EU.includes(code) && code !== "EU")] : codes;
}

/** @param {string | null} iso a date */
export const day = (iso) => (iso ? days.format(new Date(iso)) : "");

/** @param {string | number | Date} moment */
export const time = (moment) => times.format(new Date(moment));

/** @param {string} iso @returns {string} such as "3 days ago" */
export function since(iso) {
  const minutes = Math.round((Date.parse(iso) - Date.now()) / 60_000);
  if (minutes === 0) return "just now";
  if (Math.abs(minutes) < 60) return ago.format(minutes, "minute");
  if (Math.abs(minutes) < 48 * 60) return ago.format(Math.round(minutes / 60), "hour");
  return ago.format(Math.round(minutes / 1440), "day");
}

/** @type {Record<string, string>} */
export const STATES = { published: "Published", draft: "Draft", review: "In review", retired: "Retired" };
/** @type {Record<string, string>} */
export const STATE_TONES = { published: "good", draft: "accent", review: "warn", retired: "" };
/** @type {Record<string, string>} */
export const READERS = { customer: "Customers", operator: "Operators", internal: "Internal" };
/** @type {Record<string, string>} */
const SOURCES = { editorial: "Editors", corpus: "Folder", news: "Supply-chain news" };
/** Where an article comes from. @param {string} name */
export const origin = (name) => SOURCES[name] ?? name;
/** @type {Record<string, string>} */
export const HEALTH = {
  review_due: "Review due",
  expired: "Expired",
  expires_soon: "Expires soon",
  not_yet_valid: "Not valid yet",
  outdated_translation: "Translation behind",
  missing_language: "Language missing",
  numbers_differ: "Numbers differ",
  broken_link: "Broken link",
  duplicate: "Duplicate",
  never_used: "Never used",
};
const GRAVE = new Set(["expired", "broken_link", "numbers_differ"]);
const MILD = new Set(["never_used", "not_yet_valid", "missing_language"]);

/** @param {{kind: string, text: string}} mark */
export function healthMark({ kind, text }) {
  const made = badge(HEALTH[kind] ?? label(kind), GRAVE.has(kind) ? "bad" : MILD.has(kind) ? "" : "warn");
  made.title = text;
  return made;
}

/** @param {{kind: string, text: string}[]} marks each kind once, with what it says of every language */
export function healthMarks(marks) {
  const kinds = [...new Set(marks.map((mark) => mark.kind))];
  return kinds.map((kind) => healthMark({ kind, text: marks.filter((mark) => mark.kind === kind).map((mark) => mark.text).join("\n") }));
}

/** @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

export { label, language };
