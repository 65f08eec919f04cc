/** The storefront: product dialogs, the visitor's choices, questions that open the chat. */

import { byId } from "../shared/dom.js";

/** @typedef {{ask: (text: string) => void}} Chat what the widget's loader leaves on the page */

/** @param {string} text */
function ask(text) {
  /** @type {Chat | undefined} */ (/** @type {any} */ (window).Portside)?.ask(text);
}

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => ask(button.textContent ?? ""));
}
for (const button of document.querySelectorAll("[data-product]")) {
  button.addEventListener("click", () => byId(`product-${button.getAttribute("data-product")}`).showModal());
}
for (const dialog of document.querySelectorAll("dialog")) {
  // A click on the dialog itself, not on what is in it, is one on its backdrop.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
for (const button of document.querySelectorAll("[data-about]")) {
  button.addEventListener("click", () => {
    button.closest("dialog")?.close();
    ask((button.getAttribute("data-pattern") ?? "").replace("{product}", button.getAttribute("data-about") ?? ""));
  });
}

const visitor = byId("visitor");
visitor.addEventListener("change", (/** @type {Event} */ event) => {
  const chosen = /** @type {HTMLSelectElement} */ (event.target);
  const language = chosen.selectedOptions[0]?.dataset.language;
  if (chosen.name === "as" && language) visitor.elements.lang.value = language;
  visitor.submit();
});
