/** The one place where the server's HTML enters a page: it has been cleaned there, and holds no script. */

/** @param {string} markup cleaned by the server @param {string} language @param {"ltr" | "rtl"} dir @returns {HTMLElement} */
export function prose(markup, language, dir) {
  const made = document.createElement("div");
  made.className = "prose";
  made.lang = language;
  made.dir = dir;
  made.innerHTML = markup;
  for (const link of made.querySelectorAll("a[href]")) link.setAttribute("target", "_blank"); // a click must not leave the text that is being written
  return made;
}
