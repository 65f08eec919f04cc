/** Photos chosen or dropped: sent one after the other, each with what became of it. */

import { request } from "../knowledge/requests.js";
import { counted } from "../knowledge/words.js";
import { byId, el } from "../shared/dom.js";

const MOST_BYTES = 10 * 1024 * 1024;
const input = /** @type {HTMLInputElement} */ (byId("files"));

/** @param {{find: (text: string) => Promise<{sku: string} | null>, done: (sku: string) => Promise<unknown>}} page */
export function sending({ find, done }) {
  byId("examples-form").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    send("examples", find, done);
  });
  byId("add-pictures").addEventListener("click", () => send("pictures", find, done));
  byId("defect").addEventListener("change", judge);
  judge();
  dropping();
}

/** What is whole is not more or less damaged. */
function judge() {
  byId("severity").disabled = byId("defect").value === "none";
}

function dropping() {
  const well = /** @type {HTMLElement} */ (input.closest(".well"));
  const over = (/** @type {boolean} */ on) => (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    well.toggleAttribute("data-over", on);
  };
  well.addEventListener("dragenter", over(true));
  well.addEventListener("dragover", over(true));
  well.addEventListener("dragleave", over(false));
  well.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer?.files.length) input.files = event.dataTransfer.files;
  });
  // A photo that misses the well would replace the page.
  for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
}

/**
 * @param {"examples" | "pictures"} kind
 * @param {(text: string) => Promise<{sku: string} | null>} find
 * @param {(sku: string) => Promise<unknown>} done
 */
async function send(kind, find, done) {
  const files = [...(input.files ?? [])];
  if (!files.length) return tell([el("p", { class: "wrong" }, "Choose one photo or more first.")], input);
  const product = await find(byId("sku").value).catch(() => null);
  if (!product) return tell([el("p", { class: "wrong" }, "Choose a product of the catalogue first, by its SKU or title.")], byId("sku"));
  byId("add").disabled = byId("add-pictures").disabled = true;
  const outcome = { fresh: 0, again: 0, faults: /** @type {string[]} */ ([]) };
  for (const [at, file] of files.entries()) {
    tell([el("p", {}, `Sending ${at + 1} of ${files.length} …`)]);
    await one(kind, file, product.sku, outcome);
  }
  byId("add").disabled = byId("add-pictures").disabled = false;
  input.value = "";
  tell(report(kind, outcome));
  await done(product.sku);
}

/** @param {"examples" | "pictures"} kind @param {File} file @param {string} sku @param {{fresh: number, again: number, faults: string[]}} outcome */
async function one(kind, file, sku, outcome) {
  if (file.size > MOST_BYTES) return outcome.faults.push(`${file.name}: larger than 10 MB. Send a smaller one.`);
  const body = new FormData();
  body.append("file", file);
  body.append("sku", sku);
  if (kind === "examples") {
    body.append("defect", byId("defect").value);
    if (byId("severity").value && !byId("severity").disabled) body.append("severity", byId("severity").value);
  }
  try {
    const { fresh } = await request("POST", `/api/photos/${kind}`, body);
    if (fresh === false) outcome.again += 1;
    else outcome.fresh += 1;
  } catch (error) {
    outcome.faults.push(`${file.name}: ${error instanceof Error ? error.message : error}`);
  }
  return undefined;
}

/** @param {"examples" | "pictures"} kind @param {{fresh: number, again: number, faults: string[]}} outcome */
function report(kind, { fresh, again, faults }) {
  const what = kind === "examples" ? "example" : "catalogue picture";
  return [
    fresh ? el("p", {}, `${counted(fresh, what)} added.`) : null,
    again ? el("p", {}, `${counted(again, "photo")} ${again === 1 ? "was" : "were"} there already and ${again === 1 ? "has" : "have"} the new label now.`) : null,
    faults.length ? el("ul", { class: "wrong" }, ...faults.map((fault) => el("li", {}, fault))) : null,
  ].filter((child) => child !== null);
}

/** @param {Node[]} parts @param {HTMLElement} [focus] */
function tell(parts, focus) {
  byId("sent").replaceChildren(...parts);
  focus?.focus();
}
