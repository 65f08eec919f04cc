/** The desk's event line, and what every page's bar does. */

import { byId } from "../shared/dom.js";
import { complain, post } from "./http.js";

/** Milliseconds in which several events become one refresh. */
const TOGETHER = 400;

/**
 * Call `refresh` when something at the desk has changed, and when the line comes back.
 * @param {() => unknown} refresh
 */
export function watch(refresh) {
  const source = new EventSource("/api/desk/events");
  let timer = 0;
  let broken = false;
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(refresh, TOGETHER);
  };
  for (const kind of ["case", "message", "state"]) source.addEventListener(kind, soon);
  source.addEventListener("open", () => {
    line(true);
    if (broken) soon();
    broken = false;
  });
  source.addEventListener("error", () => {
    broken = true;
    line(false);
    // The browser reconnects by itself, except after a refusal such as a restart's 502.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => watch(refresh), 5000);
  });
}

/** @param {boolean} connected */
function line(connected) {
  const node = byId("live");
  node.dataset.state = connected ? "good" : "bad";
  node.textContent = connected ? "Live" : "Reconnecting …";
}

/** Who is signed in. */
export const me = document.querySelector("[data-operator]")?.getAttribute("data-operator") ?? "";

/** How much they may grant: operator, lead or finance. */
export const authority = document.querySelector("[data-authority]")?.getAttribute("data-authority") ?? "";

document.getElementById("leave")?.addEventListener("click", async () => {
  try {
    await post("/api/desk/logout");
    location.assign("/desk/login");
  } catch (error) {
    complain(error);
  }
});
