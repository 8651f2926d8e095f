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
    const figure = document.getElementById(form.dataset["slides"] ?? "");
    if (figure === null) return;
    const source = new URL(figure.dataset["src"] ?? "", location.href);
    source.searchParams.set(list.name, list.value);
    figure.dataset["src"] = source.pathname + source.search;
    void redraw(figure);
  });
  range.addEventListener("change", () => history.pushState(null, "", changed({ [list.name]: list.value })));
}

document.addEventListener("weighhouse:shown", () => enhance(document));
enhance(document);
