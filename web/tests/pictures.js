// Figures as a browser draws them on their page, held against pictures that a person has looked at.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { difference, halved, rounded } from "./pixels.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").ElementHandle<SVGElement | HTMLElement>} Drawing */

/** Where the pictures and texts lie that a person has looked at. */
export const FOLDER = fileURLToPath(new URL("snapshots", import.meta.url));
/** What is as it should be is written anew with `WEIGHHOUSE_SNAPSHOTS=renew`. */
export const IS_RENEWED = process.env["WEIGHHOUSE_SNAPSHOTS"] === "renew";
export const HINT = "where it is as it should be, run with WEIGHHOUSE_SNAPSHOTS=renew";

/**
 * What is borne, of 255, in a picture of half the size: so many pixels may be off by more than that, and no block of eight by
 * eight. Another Chromium draws letters a little otherwise: of 57 pictures drawn by 148, 127 and 153 (of another builder) had
 * at most 18 pixels that are off by more than 40, and 90 by more than 20, all of them of letters, and no block. A line of a
 * series, an axis or a mark is off by 50 and more; the palest ground, that of a gap, by 13 over its whole area.
 */
const BORNE = [
  { off: 40, most: 30 },
  { off: 20, most: 150 },
];
export const MOST_OFF = { pixels: BORNE.map(({ off }) => off), block: 10 };

/** Without these, letters are shaped by the settings of a machine. */
export const FLAGS_OF_LETTERS = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"];

/** The font of our own pictures, which no other machine has another version of. */
const FONTS = { 400: "Inter-Regular.ttf", 700: "Inter-Bold.ttf" };

/** A drawing stands alone in the corner, at whole pixels and in its own size, whatever the text above it measures. */
const RULES = `
  .chart, .chart text { font-family: Pictured !important; }
  html:has(.is-pictured) body { visibility: hidden; }
  .chart.is-pictured { position: fixed; inset: 0 auto auto 0; max-width: none; visibility: visible; }
  .chart .is-taken-away { display: none; }
`;

/**
 * Gives a page the font of pictures. Its content policy stays.
 * @param {Page} page
 */
export async function readyForPictures(page) {
  for (const [weight, file] of Object.entries(FONTS)) {
    const bytes = await readFile(new URL(`../../crates/chart/fonts/${file}`, import.meta.url));
    await page.evaluate(async ({ font, weight }) => {
      const letters = Uint8Array.from(atob(font), (char) => char.charCodeAt(0));
      const face = await new FontFace("Pictured", letters, { weight }).load();
      document.fonts.add(face);
    }, { font: bytes.toString("base64"), weight });
  }
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets.push(sheet);
  }, RULES);
}

/**
 * @param {Page} page
 * @param {Drawing} drawing
 * @returns {Promise<Buffer>} the drawing as PNG, one pixel for each of its own
 */
export async function pictureOf(page, drawing) {
  const size = await drawing.evaluate((svg) => {
    const { width, height } = /** @type {SVGSVGElement} */ (svg).viewBox.baseVal;
    svg.classList.add("is-pictured");
    /** @type {SVGSVGElement} */ (svg).style.width = `${width}px`;
    return { width: Math.ceil(width), height: Math.ceil(height) };
  });
  try {
    // Asked of the browser itself: nothing moves here, and there is no font to be waited for.
    const browser = await page.context().newCDPSession(page);
    const { data } = await browser.send("Page.captureScreenshot", { clip: { x: 0, y: 0, ...size, scale: 1 }, optimizeForSpeed: true });
    await browser.detach();
    return Buffer.from(data, "base64");
  } finally {
    await drawing.evaluate((svg) => {
      svg.classList.remove("is-pictured");
      /** @type {SVGSVGElement} */ (svg).style.width = "";
    });
  }
}

/**
 * Whether a picture is as expected, within what is borne.
 * @param {import("./pixels.js").Difference} found
 */
export function isBorne({ pixels, blocks }) {
  return blocks === 0 && BORNE.every(({ most }, place) => (pixels[place] ?? 0) <= most);
}

/**
 * @param {string} name
 * @returns {Promise<Buffer | undefined>} the picture that a person has looked at
 */
export function pictureNamed(name) {
  return readFile(join(FOLDER, `${name}.webp`)).catch(() => undefined);
}

/**
 * Holds a picture against the one of that name. Where they differ, writes both and how they do.
 * @param {Page} blank
 * @param {string} name
 * @param {Buffer} picture as it was drawn
 * @returns {Promise<string[]>} what is wrong, in a line; nothing where it passes
 */
export async function wrongWithPicture(blank, name, picture) {
  const actual = await halved(blank, picture);
  const expected = await pictureNamed(name);
  const found = expected && (await difference(blank, expected, actual, MOST_OFF));
  if (process.env["PICSTATS"] && found) console.log("STAT", name, found.pixels.join(" "), found.blocks);
  if (found !== undefined && isBorne(found)) return [];
  if (IS_RENEWED) {
    await writeFile(join(FOLDER, `${name}.webp`), await rounded(blank, actual));
    return [];
  }
  if (expected === undefined || found === undefined) return [`${name} has no picture; ${HINT}`];
  const folder = join(tmpdir(), "weighhouse-pictures");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.expected.webp`), expected);
  await writeFile(join(folder, `${name}.actual.png`), actual);
  const where = join(folder, `${name}.difference.png`);
  await writeFile(where, found.picture);
  return [`${name}: ${found.pixels.join(" and ")} pixels and ${found.blocks} blocks differ; see ${where}; ${HINT}`];
}
