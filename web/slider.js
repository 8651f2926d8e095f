// A list of dates becomes a slider: the figure is drawn again while it moves, and the address follows when it rests.

import { redraw } from "./figure.js";
import { changed } from "./visit.js";

/** @param {ParentNode} root */
function enhance(root) {
  for (const form of root.querySelectorAll("form[data-slides]")) {
    const list = form.querySelector("select");
    if (form instanceof HTMLFormElement && list !== null && form.querySelector("input[type=range]") === null) {
      slide(form, list);
    }
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLSelectElement} list stays, hidden, so that the form still says its date
 */
function slide(form, list) {
  const range = document.createElement("input");
  range.type = "range";
  range.id = `${list.id}-range`;
  range.min = "0";
  range.max = String(list.options.length - 1);
  range.value = String(list.selectedIndex);
  const told = document.createElement("output");
  told.htmlFor.add(range.id);
  const tell = () => {
    const text = list.selectedOptions[0]?.text ?? "";
    told.textContent = text;
    range.setAttribute("aria-valuetext", text);
  };
  tell();
  form.querySelector("label")?.setAttribute("for", range.id);
  list.hidden = true;
  form.querySelector("button")?.setAttribute("hidden", "");
  list.after(range, told);
  range.addEventListener("input", () => {
    list.selectedIndex = range.valueAsNumber;
    tell();
    draw(form, list);
    // The address has one date, so that every figure of a date shows it.
    for (const other of document.querySelectorAll("form[data-slides]")) {
      if (other !== form) other.dispatchEvent(new CustomEvent("weighhouse:slide", { detail: list.value }));
    }
  });
  form.addEventListener("weighhouse:slide", (event) => {
    if (!(event instanceof CustomEvent)) return;
    list.value = event.detail;
    range.value = String(list.selectedIndex);
    tell();
    draw(form, list);
  });
  range.addEventListener("change", () => history.pushState(null, "", changed({ [list.name]: list.value })));
}

/**
 * Draws the figure of a form at the date that is chosen, or has it drawn so once it is wanted.
 * @param {HTMLFormElement} form
 * @param {HTMLSelectElement} list
 */
function draw(form, list) {
  const figure = document.getElementById(form.dataset["slides"] ?? "");
  const place = figure ?? form.closest("section")?.querySelector("[data-later]");
  if (!(place instanceof HTMLElement)) return;
  const name = figure === null ? "later" : "src";
  const source = new URL(place.dataset[name] ?? "", location.href);
  source.searchParams.set(list.name, list.value);
  place.dataset[name] = source.pathname + source.search;
  if (figure !== null) void redraw(figure);
}

document.addEventListener("weighhouse:shown", () => enhance(document));
enhance(document);
