// What scripts add to figures that are whole without them: reading values by pointer and keys, hiding series, zoom.
// The numbers are fetched when a figure is first touched.

import { heightOf, pixelOf, scaleOf, valueAt } from "./scale.js";
import { changed, visit } from "./visit.js";

/** @typedef {import("./scale.js").Scale} Scale */
/**
 * @typedef {object} PointNumbers
 * @property {string | null} at
 * @property {number} x
 * @property {string} [definition]
 * @property {number | null} value
 * @property {number | null} low
 * @property {number | null} high
 * @property {string} state
 * @property {string} text
 * @property {string} interval
 */
/**
 * @typedef {object} SeriesNumbers
 * @property {string} key
 * @property {string} label
 * @property {boolean} is_hidden
 * @property {PointNumbers[]} points
 */
/**
 * Something that happened meanwhile.
 * @typedef {object} EventNumbers
 * @property {number | null} x the moment at which it shows first
 * @property {string} label
 */
/**
 * @typedef {object} FigureNumbers
 * @property {SeriesNumbers[]} series
 * @property {EventNumbers[]} events
 */
/** Fewer pixels than this between press and release is a click. */
const LEAST_DRAG = 12;
/** The tooltip lists at most this many series. */
const MOST_LISTED = 12;
const MS_PER_DAY = 86_400_000;

/** @type {WeakMap<HTMLElement, Promise<FigureNumbers>>} */
let numbers = new WeakMap();
/** @type {WeakMap<HTMLElement, number>} which moment each figure is read at */
let places = new WeakMap();
/** @type {{ figure: HTMLElement, scale: Scale, from: number } | undefined} */
let drag;

/** @param {ParentNode} root is given what only scripts can use */
export function enhance(root) {
  for (const picture of root.querySelectorAll("[data-figure] .picture")) {
    // A flow has no axis to read along, nor has a map; each of their parts says itself what it is.
    if (picture.querySelector(".chart-flow, .chart-tiles") !== null) continue;
    picture.setAttribute("tabindex", "0");
    picture.setAttribute("role", "group");
    picture.setAttribute("aria-label", "Values of the figure: read them with the left and right arrow keys");
  }
  for (const toggles of root.querySelectorAll(".toggles")) toggles.removeAttribute("hidden");
  const maps = [...root.querySelectorAll(".chart-tiles")];
  if (maps.length > 0) void import("./tiles.js").then((tiles) => tiles.enhance(maps));
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null} the figure whose picture the target lies in
 */
function figureOf(target) {
  const picture = target instanceof Element ? target.closest(".picture") : null;
  const figure = picture?.closest("[data-figure]");
  return figure instanceof HTMLElement ? figure : null;
}

/** @param {HTMLElement} figure */
function numbersOf(figure) {
  let known = numbers.get(figure);
  if (known === undefined) {
    known = fetch(figure.dataset["json"] ?? "").then((response) => {
      if (!response.ok) throw new Error(`the numbers of the figure cannot be had (${response.status})`);
      return response.json();
    });
    // A failed fetch may be tried again at the next touch.
    known.catch(() => numbers.delete(figure));
    numbers.set(figure, known);
  }
  return known;
}

/**
 * Shows the values at the moment nearest to `near`, or `step` moments from the one shown.
 * @param {HTMLElement} figure
 * @param {{ near?: number, step?: number, isSpoken?: boolean }} where
 */
async function read(figure, { near, step = 0, isSpoken = false }) {
  const scale = scaleOf(figure);
  if (scale === undefined) return;
  const { series, events } = await numbersOf(figure).catch(() => ({ series: [], events: [] }));
  const shown = series.filter((one) => !one.is_hidden);
  const moments = [...new Set(shown.flatMap((one) => one.points.map((point) => point.x)))].sort((a, b) => a - b);
  if (moments.length === 0 || !figure.isConnected) return;
  const before = places.get(figure);
  let place = before === undefined ? moments.length - 1 : Math.min(before + step, moments.length - 1);
  if (near !== undefined) {
    place = 0;
    for (const [index, moment] of moments.entries()) {
      if (Math.abs(moment - near) < Math.abs((moments[place] ?? 0) - near)) place = index;
    }
  }
  place = Math.max(place, 0);
  places.set(figure, place);
  const moment = moments[place] ?? 0;
  const marked = events.filter(({ x }) => x === moment).map(({ label }) => label);
  show(figure, scale, { moment, values: valuesAt(shown, moment), marked }, isSpoken);
}

/**
 * @param {SeriesNumbers[]} series
 * @param {number} moment
 * @returns {{ label: string, text: string, value: number, date: string }[]} largest first
 */
function valuesAt(series, moment) {
  const values = series.flatMap((one) => {
    const point = one.points.find(({ x }) => x === moment);
    if (point === undefined) return [];
    const isKnown = point.value !== null && point.state !== "missing";
    const notes = [point.interval, point.state === "estimated" ? "estimated" : ""].filter((note) => note !== "");
    const note = notes.length === 0 ? "" : ` (${notes.join(", ")})`;
    return [{
      label: one.label,
      text: isKnown ? point.text + note : "no data",
      value: isKnown ? (point.value ?? 0) : -1,
      date: point.definition ?? (point.at ?? `${(moment * 100).toFixed(1)} % of units`).slice(0, 16).replace("T", " "),
    }];
  });
  return values.sort((a, b) => b.value - a.value);
}

/**
 * @param {HTMLElement} figure
 * @param {Scale} scale
 * @param {{ moment: number, values: ReturnType<typeof valuesAt>, marked: string[] }} what `marked` are names of events
 * @param {boolean} isSpoken
 */
function show(figure, scale, { moment, values, marked }, isSpoken) {
  const picture = figure.querySelector(".picture");
  if (!(picture instanceof HTMLElement)) return;
  // Rows have their values written beside them.
  if (!scale.isBand) point(picture, scale, { moment, values, marked });
  const date = values[0]?.date ?? "";
  const readout = figure.querySelector(".readout");
  if (isSpoken && readout !== null) {
    const words = values.slice(0, MOST_LISTED).map(({ label, text }) => `${label} ${text}`);
    const happened = marked.length === 0 ? "" : `. Marked: ${marked.join("; ")}`;
    readout.textContent = `${date}: ${words.join(", ")}${happened}`;
  }
}

/**
 * Shows where the moment is, and its values beside it.
 * @param {HTMLElement} picture
 * @param {Scale} scale
 * @param {{ moment: number, values: ReturnType<typeof valuesAt>, marked: string[] }} what
 */
function point(picture, scale, { moment, values, marked }) {
  const outer = picture.getBoundingClientRect();
  const { top, height } = heightOf(scale);
  const x = pixelOf(scale, moment);

  const crosshair = part(picture, "crosshair");
  crosshair.style.left = `${x}px`;
  crosshair.style.top = `${top}px`;
  crosshair.style.height = `${height}px`;

  const tooltip = part(picture, "tooltip");
  const heading = document.createElement("strong");
  heading.textContent = values[0]?.date ?? "";
  const list = document.createElement("dl");
  for (const { label, text } of values.slice(0, MOST_LISTED)) {
    const term = document.createElement("dt");
    term.textContent = label;
    const value = document.createElement("dd");
    value.textContent = text;
    list.append(term, value);
  }
  const events = marked.map((label) => {
    const event = document.createElement("p");
    event.className = "event";
    event.textContent = label;
    return event;
  });
  tooltip.replaceChildren(heading, list, ...events);
  const isRight = x > outer.width / 2;
  const left = isRight ? x - tooltip.offsetWidth - 12 : x + 12;
  tooltip.style.left = `${Math.min(Math.max(left, 0), Math.max(outer.width - tooltip.offsetWidth, 0))}px`;
  tooltip.style.top = `${top + 8}px`;
}

/** @param {HTMLElement} figure */
function forget(figure) {
  figure.querySelectorAll(".crosshair, .tooltip, .stretch").forEach((old) => old.remove());
}

/**
 * @param {HTMLElement} picture
 * @param {string} name
 * @returns {HTMLElement} the part of the picture's overlay, made where it is not there
 */
function part(picture, name) {
  const known = picture.querySelector(`.${name}`);
  if (known instanceof HTMLElement) return known;
  const made = document.createElement("div");
  made.className = name;
  made.setAttribute("aria-hidden", "true");
  picture.append(made);
  return made;
}

/**
 * Hides or shows a series in every figure that has it, since the address says it of the whole page:
 * at once by a class, then as the server draws it.
 * @param {string} key
 */
async function toggle(key) {
  const hidden = new Set(new URL(location.href).searchParams.getAll("hide"));
  const isShown = hidden.delete(key);
  if (!isShown) hidden.add(key);
  history.pushState(null, "", changed({ hide: [...hidden] }));
  const redrawn = [];
  for (const figure of document.querySelectorAll("[data-figure]")) {
    if (!(figure instanceof HTMLElement) || !hasSeries(figure, key)) continue;
    for (const series of figure.querySelectorAll("g.series")) {
      if (series.getAttribute("data-key") === key) series.classList.toggle("is-hidden", !isShown);
    }
    const source = new URL(figure.dataset["src"] ?? "", location.href);
    source.searchParams.delete("hide");
    for (const one of hidden) source.searchParams.append("hide", one);
    figure.dataset["src"] = source.pathname + source.search;
    redrawn.push(redraw(figure, key));
  }
  await Promise.all(redrawn);
}

/**
 * @param {HTMLElement} figure
 * @param {string} key
 */
function hasSeries(figure, key) {
  const marked = [...figure.querySelectorAll("[data-key]")];
  return marked.some((element) => element.getAttribute("data-key") === key);
}

/**
 * Draws a figure again from its address, which may have changed.
 * @param {HTMLElement} figure
 * @param {string} [key] of the button that keeps the focus
 */
export async function redraw(figure, key) {
  const address = figure.dataset["src"] ?? "";
  const response = await fetch(address).catch(() => undefined);
  // A later change has asked for something else meanwhile.
  if (figure.dataset["src"] !== address) return;
  if (response === undefined || !response.ok) return location.reload();
  const holder = document.createElement("template");
  holder.innerHTML = await response.text();
  const fresh = holder.content.firstElementChild;
  if (fresh === null || !figure.isConnected) return;
  enhance(holder.content);
  for (const details of fresh.querySelectorAll("details")) {
    const before = figure.querySelector(`details.${details.className}`);
    if (before instanceof HTMLDetailsElement) details.open = before.open;
  }
  const focused = document.activeElement;
  const hadFocus = key !== undefined && figure.contains(focused) && focused?.getAttribute("data-key") === key;
  figure.replaceWith(fresh);
  if (!hadFocus) return;
  for (const button of fresh.querySelectorAll(".toggles button")) {
    if (button instanceof HTMLElement && button.dataset["key"] === key) button.focus({ preventScroll: true });
  }
}

/**
 * @param {number} millis
 * @returns {string} the UTC day, as `2026-08-17`
 */
function day(millis) {
  return new Date(millis).toISOString().slice(0, 10);
}

document.addEventListener("pointermove", (event) => {
  if (drag !== undefined) {
    const picture = drag.figure.querySelector(".picture");
    if (!(picture instanceof HTMLElement)) return;
    picture.querySelectorAll(".crosshair, .tooltip").forEach((old) => old.remove());
    const { top, height } = heightOf(drag.scale);
    const from = pixelOf(drag.scale, valueAt(drag.scale, drag.from));
    const to = pixelOf(drag.scale, valueAt(drag.scale, event.clientX));
    const stretch = part(picture, "stretch");
    stretch.style.left = `${Math.min(from, to)}px`;
    stretch.style.width = `${Math.abs(to - from)}px`;
    stretch.style.top = `${top}px`;
    stretch.style.height = `${height}px`;
    return;
  }
  const figure = figureOf(event.target);
  const scale = figure === null ? undefined : scaleOf(figure);
  if (figure === null || scale === undefined || scale.isBand) return;
  void read(figure, { near: valueAt(scale, event.clientX) });
});

document.addEventListener("pointerout", (event) => {
  const figure = figureOf(event.target);
  if (figure !== null && figureOf(event.relatedTarget) !== figure && drag === undefined) forget(figure);
});

document.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch") return;
  const figure = figureOf(event.target);
  const scale = figure === null ? undefined : scaleOf(figure);
  if (figure === null || scale === undefined || !scale.isTime) return;
  drag = { figure, scale, from: event.clientX };
});

document.addEventListener("pointerup", (event) => {
  const ended = drag;
  drag = undefined;
  if (ended === undefined) return;
  forget(ended.figure);
  if (Math.abs(event.clientX - ended.from) < LEAST_DRAG) return;
  const values = [ended.from, event.clientX].map((x) => valueAt(ended.scale, x));
  const [from, to] = [Math.min(...values), Math.max(...values)];
  if (to - from < MS_PER_DAY) return;
  void visit(changed({ from: day(from), to: day(to) }));
});

document.addEventListener("keydown", (event) => {
  const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  const picture = event.target instanceof Element && event.target.matches(".picture");
  const figure = picture ? figureOf(event.target) : null;
  if (figure === null) return;
  if (event.key === "Escape") forget(figure);
  if (step === 0) return;
  event.preventDefault();
  void read(figure, { step, isSpoken: true });
});

document.addEventListener("focusout", (event) => {
  const figure = figureOf(event.target);
  if (figure !== null) forget(figure);
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const control = event.target.closest(".toggles button, g.legend-item");
  const key = control?.getAttribute("data-key");
  if (key != null) void toggle(key);
});

document.addEventListener("weighhouse:shown", () => {
  // A figure that stayed in its place may show other numbers.
  numbers = new WeakMap();
  places = new WeakMap();
  enhance(document);
});
enhance(document);
