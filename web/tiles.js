// What scripts add to maps of squares: a tip at each, and arrow keys from one to its neighbour in geography.

/** Further than this from the way that a key points, a square does not lie there: as steep as 45°. */
const WIDEST = 1;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @type {WeakMap<Element, string>} what each square says */
const words = new WeakMap();

/** @param {Iterable<Element>} maps drawings that are new to the page */
export function enhance(maps) {
  for (const map of maps) {
    for (const link of map.querySelectorAll("a.tile")) {
      // The number in the square is in its name for those who speak to it; the tip has it exactly.
      words.set(link, (link.getAttribute("aria-label") ?? "").replace(/, ([A-Z]{2}) [<\d.]+:/, " ($1):"));
    }
    for (const title of map.querySelectorAll(".tile > title, .tile-beside > title")) {
      // The browser's own tip would stand over ours.
      if (title.parentElement !== null) words.set(title.parentElement, title.textContent ?? "");
      title.remove();
    }
    // One stop for the tab key: the largest, from which the arrows go on.
    for (const [place, square] of [...map.querySelectorAll("a.tile")].entries()) {
      square.setAttribute("tabindex", place === 0 ? "0" : "-1");
    }
    const picture = map.closest(".picture");
    picture?.setAttribute("role", "group");
    picture?.setAttribute("aria-label", "Map: the arrow keys go from country to country");
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {Element | null} the square that the target lies in
 */
function squareOf(target) {
  if (!(target instanceof Element)) return null;
  // What stands beside the map has a square of the legend in it.
  const square = target.closest(".chart-tiles .tile-beside") ?? target.closest(".chart-tiles .tile");
  return square !== null && words.has(square) ? square : null;
}

/** @param {Element} square */
function show(square) {
  const picture = square.closest(".picture");
  const text = words.get(square);
  if (!(picture instanceof HTMLElement) || text === undefined) return;
  let tip = picture.querySelector(".tooltip");
  if (!(tip instanceof HTMLElement)) {
    tip = document.createElement("div");
    tip.className = "tooltip";
    tip.setAttribute("aria-hidden", "true");
    picture.append(tip);
  }
  if (!(tip instanceof HTMLElement)) return;
  const [name = "", ...rest] = text.split(/(?<=%), |: /);
  const heading = document.createElement("strong");
  heading.textContent = name;
  const lines = rest.map((line) => {
    const paragraph = document.createElement("div");
    paragraph.textContent = line;
    return paragraph;
  });
  tip.replaceChildren(heading, ...lines);
  const [box, outer] = [square.getBoundingClientRect(), picture.getBoundingClientRect()];
  const middle = box.left + box.width / 2 - outer.left;
  const left = Math.min(Math.max(middle - tip.offsetWidth / 2, 0), Math.max(outer.width - tip.offsetWidth, 0));
  tip.style.left = `${left}px`;
  // Above the square, or below where there is no room.
  const above = box.top - outer.top - tip.offsetHeight - 6;
  tip.style.top = `${above < 0 ? box.bottom - outer.top + 6 : above}px`;
}

/** @param {Element} square */
function forget(square) {
  square.closest(".picture")?.querySelector(".tooltip")?.remove();
}

/**
 * @param {Element} from
 * @param {[number, number]} way
 * @returns {Element | undefined} the nearest square with a link that lies that way
 */
function neighbour(from, [dx, dy]) {
  const middle = (/** @type {Element} */ square) => {
    const { left, top, width, height } = square.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const at = middle(from);
  let nearest;
  let least = Infinity;
  for (const square of from.closest("svg")?.querySelectorAll("a.tile") ?? []) {
    const { x, y } = middle(square);
    const ahead = (x - at.x) * dx + (y - at.y) * dy;
    const aside = Math.abs((x - at.x) * dy) + Math.abs((y - at.y) * dx);
    if (ahead < 1 || aside > ahead * WIDEST + 1) continue;
    const far = ahead + 2 * aside;
    if (far < least) [nearest, least] = [square, far];
  }
  return nearest;
}

document.addEventListener("pointerover", (event) => {
  const square = squareOf(event.target);
  if (square !== null) show(square);
});

document.addEventListener("pointerout", (event) => {
  const square = squareOf(event.target);
  if (square !== null && squareOf(event.relatedTarget) !== square) forget(square);
});

document.addEventListener("focusin", (event) => {
  const square = squareOf(event.target);
  if (square !== null) show(square);
});

document.addEventListener("focusout", (event) => {
  const square = squareOf(event.target);
  if (square !== null) forget(square);
});

document.addEventListener("keydown", (event) => {
  const square = squareOf(event.target);
  if (square === null) return;
  if (event.key === "Escape") return forget(square);
  const way = WAYS[event.key];
  if (way === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const next = neighbour(square, way);
  if (!(next instanceof SVGElement)) return;
  square.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
});
