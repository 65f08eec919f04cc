/** The live status line of the home page. */

import { byId } from "../shared/dom.js";

const EVERY = 15_000;

async function check() {
  const line = byId("health");
  try {
    const response = await fetch("/healthz", { headers: { accept: "application/json" } });
    const data = await response.json().catch(() => ({}));
    line.dataset.state = response.ok ? "good" : "bad";
    line.textContent = response.ok ? `Running${parts(data)}` : `Not ready: ${data.error?.message ?? `HTTP ${response.status}`}`;
  } catch {
    line.dataset.state = "bad";
    line.textContent = "Not reachable. Start it with `portside serve`.";
  }
}

/** @param {Record<string, unknown>} data @returns {string} names with plain values, as they come */
function parts(data) {
  const plain = Object.entries(data).filter(([name, value]) => name !== "status" && ["string", "number"].includes(typeof value));
  return plain.slice(0, 6).map(([name, value]) => ` · ${name.replaceAll("_", " ")} ${value}`).join("");
}

check();
setInterval(() => document.hidden || check(), EVERY);
