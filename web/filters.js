// Forms of the view act at once: a select when it changes, everything else when the form is sent.

import { visit } from "./visit.js";

/** What series are of: with another of these the hidden ones are gone. */
const DECIDES_SERIES = ["collection", "group", "attribution"];

/** What names of units are of: with another of these they name nobody. */
const DECIDES_UNITS = ["collection", "group"];

/**
 * @param {HTMLFormElement} form
 * @param {string} [field] the one that changed, where one did
 */
function send(form, field = "") {
  const address = new URL(form.action, location.href);
  address.search = "";
  for (const [name, value] of new FormData(form)) {
    if (name === "hide" || (name === "unit" && DECIDES_UNITS.includes(field)) || typeof value !== "string" || value.trim() === "") continue;
    address.searchParams.append(name, value);
  }
  if (!DECIDES_SERIES.includes(field)) hideAsNow(address);
  void visit(address.pathname + address.search);
}

/**
 * Series are hidden in the address, which may have changed since the page was drawn.
 * @param {URL} address
 */
function hideAsNow(address) {
  address.searchParams.delete("hide");
  const now = new URLSearchParams(location.search);
  for (const key of now.getAll("hide")) address.searchParams.append("hide", key);
}

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  const form = target.form;
  if (form?.hasAttribute("data-instant")) send(form, target.name);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-instant")) return;
  event.preventDefault();
  send(form);
});

document.addEventListener("click", (event) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest(".switch a, .filters a") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  const address = new URL(link.href);
  const attribution = (/** @type {string} */ search) => new URLSearchParams(search).get("attribution") ?? "uploader";
  if (attribution(address.search) === attribution(location.search)) hideAsNow(address);
  void visit(address.pathname + address.search);
});
