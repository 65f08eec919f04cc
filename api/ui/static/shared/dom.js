/** Building elements; text only ever becomes text nodes. */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element with attributes and children; a function under `onclick` and the like becomes a listener.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] false, null and undefined leave an attribute out
 * @param {...Child} children strings are inserted as text
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(made, name, value);
  made.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === "")));
  return made;
}

/** @param {HTMLElement} made @param {string} name @param {unknown} value */
function set(made, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (typeof value === "function") made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
  else made.setAttribute(name, value === true ? "" : String(value));
}

/**
 * A symbol of the icon sheet; decoration, so hidden from screen readers.
 * @param {string} name
 */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * The element with this id. Throws when the page lacks it: template and module have drifted apart.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}; its template and its module do not fit.`);
  return found;
}
