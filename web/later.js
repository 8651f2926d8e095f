// Figures far below are fetched when a reader comes near them, or asks for them; without scripts they are links.

import { enhance } from "./figure.js";
import { changed } from "./visit.js";

/** How far below the window a figure is fetched already. */
const NEAR = "300px";

const watch = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting && target instanceof HTMLElement) void show(target);
  }
}, { rootMargin: NEAR });

/**
 * Puts the figure in the place of its link.
 * @param {HTMLElement} place
 * @returns {Promise<boolean>} whether it could be had
 */
async function show(place) {
  watch.unobserve(place);
  const response = await fetch(place.dataset["later"] ?? "").catch(() => undefined);
  if (response === undefined || !response.ok) return false;
  const holder = document.createElement("template");
  holder.innerHTML = await response.text();
  const figure = holder.content.firstElementChild;
  if (figure === null || !place.isConnected) return false;
  enhance(holder.content);
  // The figure brings a heading of its own; the section keeps its name.
  place.closest("section")?.querySelector("h2")?.classList.add("visually-hidden");
  const slider = place.closest("section")?.querySelector("form[data-slides]");
  place.replaceWith(figure);
  slider?.removeAttribute("hidden");
  return true;
}

function observe() {
  for (const place of document.querySelectorAll("[data-later]")) watch.observe(place);
}

document.addEventListener("click", (event) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest("[data-later] a") : null;
  const place = link?.closest("[data-later]");
  if (!(link instanceof HTMLAnchorElement) || !(place instanceof HTMLElement)) return;
  event.preventDefault();
  const open = new URL(location.href).searchParams.getAll("open");
  void show(place).then((isShown) => {
    if (!isShown) return location.assign(link.href);
    history.replaceState(null, "", changed({ open: [...open, place.dataset["open"] ?? ""] }));
  });
});

document.addEventListener("weighhouse:shown", observe);
observe();
