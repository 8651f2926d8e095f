// The scale of a drawing, which says it in `data-x` and `data-y`, and where things lie on the screen by it.

/**
 * The horizontal scale of a drawing, and where its plot begins and ends.
 * @typedef {object} Scale
 * @property {SVGSVGElement} svg
 * @property {boolean} isTime
 * @property {boolean} isBand whether it has a row a series, and its values lie along the horizontal scale
 * @property {number} from value at `left`
 * @property {number} to value at `right`
 * @property {number} left in the drawing's own pixels
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 */

/**
 * @param {HTMLElement} figure
 * @returns {Scale | undefined} of the drawing that is shown
 */
export function scaleOf(figure) {
  for (const svg of figure.querySelectorAll("svg.chart")) {
    if (!(svg instanceof SVGSVGElement) || svg.getBoundingClientRect().width === 0) continue;
    const plot = svg.querySelector("g.plot");
    if (!(plot instanceof SVGGElement)) continue;
    const [kind, ...parts] = (plot.getAttribute("data-x") ?? "").split(":");
    const [from, to, left, right] = parts.map(Number);
    if (from === undefined || to === undefined || left === undefined || right === undefined) continue;
    const isBand = plot.getAttribute("data-y")?.startsWith("band:") ?? false;
    const [bottom = 0, top = 0] = (plot.getAttribute("data-y") ?? "").split(":").slice(3).map(Number);
    return { svg, isTime: kind === "time", isBand, from, to, left, right, top, bottom };
  }
  return undefined;
}

/**
 * @param {Scale} scale
 * @param {number} clientX
 * @returns {number} the value below the pointer, inside the scale
 */
export function valueAt(scale, clientX) {
  const box = scale.svg.getBoundingClientRect();
  const x = ((clientX - box.left) * scale.svg.viewBox.baseVal.width) / box.width;
  const share = scale.right === scale.left ? 0 : (x - scale.left) / (scale.right - scale.left);
  return scale.from + Math.min(Math.max(share, 0), 1) * (scale.to - scale.from);
}

/**
 * @param {Scale} scale
 * @param {number} value
 * @returns {number} px from the left edge of the picture
 */
export function pixelOf(scale, value) {
  const box = scale.svg.getBoundingClientRect();
  const outer = scale.svg.closest(".picture")?.getBoundingClientRect() ?? box;
  const span = scale.to - scale.from;
  const x = span === 0 ? (scale.left + scale.right) / 2 : scale.left + ((value - scale.from) / span) * (scale.right - scale.left);
  return (x * box.width) / scale.svg.viewBox.baseVal.width + box.left - outer.left;
}

/**
 * @param {Scale} scale
 * @returns {{ top: number, height: number }} of the plot, in px from the top of the picture
 */
export function heightOf(scale) {
  const box = scale.svg.getBoundingClientRect();
  const outer = scale.svg.closest(".picture")?.getBoundingClientRect() ?? box;
  const zoom = box.width / scale.svg.viewBox.baseVal.width;
  return { top: box.top - outer.top + scale.top * zoom, height: (scale.bottom - scale.top) * zoom };
}
