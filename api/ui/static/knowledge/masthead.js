/** How high the bar above the text is now: what sticks below it, and what is scrolled to, keeps clear of it. */

import { byId } from "../shared/dom.js";

const bar = /** @type {HTMLElement} */ (byId("editor").querySelector(".masthead"));
new ResizeObserver(() => document.documentElement.style.setProperty("--masthead", `${bar.offsetHeight}px`)).observe(bar);
