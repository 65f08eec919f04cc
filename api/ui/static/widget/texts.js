/** The widget's words in the customer's language, fetched on demand. */

const SERVED = ["en", "zh", "de", "fr", "es", "it", "pt", "ar", "ja", "ru"];

/** @typedef {Record<string, string>} Texts */

/** @param {string} wanted a tag such as "pt-BR" @returns {string} the served language, else English */
export function served(wanted) {
  const base = wanted.toLowerCase().split(/[-_]/)[0];
  return SERVED.includes(base) ? base : "en";
}

/** @param {string} language @returns {Promise<Texts>} */
export async function texts(language) {
  const response = await fetch(`/static/widget/lang/${language}.json`);
  if (!response.ok) throw new Error(`No texts for ${language}: ${response.status}`);
  return response.json();
}

/**
 * Put the texts into the page: `data-text` fills an element, `data-label` its accessible name.
 * @param {Texts} words @param {string} language
 */
export function translate(words, language) {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = words[node.getAttribute("data-text") ?? ""];
  for (const node of document.querySelectorAll("[data-label]")) {
    const label = words[node.getAttribute("data-label") ?? ""];
    node.setAttribute("aria-label", label);
    if (node.tagName === "BUTTON" || node.tagName === "LABEL") node.setAttribute("title", label);
  }
  for (const node of document.querySelectorAll("[data-hint]")) node.setAttribute("placeholder", words[node.getAttribute("data-hint") ?? ""]);
}
