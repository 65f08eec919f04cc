/** Signing in. */

import { byId } from "../shared/dom.js";
import { complain, post } from "./http.js";

const form = byId("login");
form.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await post("/api/desk/login", { email: form.email.value, password: form.password.value });
    location.assign(form.dataset.target);
  } catch (error) {
    complain(error);
    button.disabled = false;
    form.password.select();
  }
});
