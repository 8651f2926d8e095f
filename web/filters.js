// Forms of the view act at once: a select when it changes, everything else when the form is sent.

import { visit } from "./visit.js";

/** @param {HTMLFormElement} form */
function send(form) {
  const address = new URL(form.action, location.href);
  address.search = "";
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value.trim() !== "") address.searchParams.append(name, value);
  }
  void visit(address.pathname + address.search);
}

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  const form = target.form;
  if (form?.hasAttribute("data-instant")) send(form);
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
  void visit(link.pathname + link.search);
});
