/** The editors' page of photos: categories, what may be told of them, examples and catalogue pictures. */

import { complain, get } from "../desk/http.js";
import { counted } from "../knowledge/words.js";
import { byId, el } from "../shared/dom.js";
import { learn, showCheck } from "./check.js";
import { showExamples, showPictures } from "./galleries.js";
import { sending } from "./sending.js";

const page = byId("photos");
const mayTeach = ["editor", "reviewer"].includes(page.dataset.role ?? "");
const choice = /** @type {HTMLSelectElement} */ (byId("category"));
/** @type {{categories: any[], products: any[]}} */
let known = { categories: [], products: [] };

async function refresh() {
  try {
    known = await get("/api/photos");
    offer();
    await show();
    complain();
  } catch (error) {
    complain(error);
  }
  page.setAttribute("aria-busy", "false");
}

/** The categories and products to choose from; what was chosen stays. */
function offer() {
  const wanted = choice.value || (new URLSearchParams(location.search).get("category") ?? "");
  choice.replaceChildren(...known.categories.map(({ name }) => el("option", { value: name, selected: name === wanted }, name)));
  byId("products").replaceChildren(...known.products.map(({ sku, title }) => el("option", { value: sku }, title)));
}

async function show() {
  const category = known.categories.find(({ name }) => name === choice.value);
  byId("fit").hidden = !mayTeach || !category;
  if (!category) {
    byId("count").textContent = "There are no products with pictures yet.";
    return;
  }
  const examples = await get(`/api/photos/examples?category=${encodeURIComponent(category.name)}`);
  const mine = known.products.filter(({ category: name }) => name === category.name);
  byId("count").textContent = `${counted(examples.length, "example")}, ${counted(mine.length, "product")}`;
  showCheck(category);
  showExamples(examples, mayTeach, refresh);
  showPictures(mine, mayTeach, refresh);
}

/** The product that a text names: one that is known, else what the catalogue finds. @param {string} text */
async function find(text) {
  const words = text.trim().toLowerCase();
  if (!words) return null;
  const near = known.products.find(({ sku, title }) => sku.toLowerCase() === words || title.toLowerCase() === words);
  const found = near ?? (await get(`/api/photos/products?q=${encodeURIComponent(text.trim())}`))[0] ?? null;
  byId("sku-found").textContent = found ? `${found.title} (${found.sku}), ${found.category}` : "";
  return found;
}

/** What was sent may belong to another category than the one on show. @param {string} sku */
async function sent(sku) {
  await refresh();
  const product = known.products.find((one) => one.sku === sku);
  if (product && product.category !== choice.value) {
    choice.value = product.category;
    await show();
  }
}

async function fit() {
  byId("fit").disabled = true;
  byId("notice").hidden = true;
  complain();
  try {
    await learn(choice.value, refresh);
    byId("notice").hidden = false;
    byId("notice").textContent = "Learned. The agent uses it from the next photo on.";
  } catch (error) {
    complain(error);
  }
  byId("fit").disabled = false;
}

byId("adding").hidden = !mayTeach;
choice.addEventListener("change", () => {
  byId("notice").hidden = true;
  history.replaceState(null, "", `?category=${encodeURIComponent(choice.value)}`);
  show().catch(complain);
});
byId("fit").addEventListener("click", fit);
byId("sku").addEventListener("change", () => find(byId("sku").value).catch(complain));
sending({ find, done: sent });
refresh();
