// Every figure as it stands on its page: what is told of it to those who cannot see it, word for word, and how it is
// seen, on a desk in light and on a phone in dark.

import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { heard, shortened } from "./heard.js";
import { FOLDER, FLAGS_OF_LETTERS, HINT, IS_RENEWED, isBorne, MOST_OFF, pictureNamed, pictureOf, readyForPictures, wrongWithPicture } from "./pictures.js";
import { blankPage, difference, halved } from "./pixels.js";
import { stage } from "./stage.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./pictures.js").Drawing} Drawing */

/** On both sides of a new year, as claims of the paper are; a fixed one, so that every run shows the same numbers. */
const WEEKS = ["--weeks", "30", "--until", "2025-04-07"];
/** Results are worked out one after the other. */
const WAIT_LIMIT_MS = 60_000;
/** Higher than any figure, so that each is painted where it stands. */
const HEIGHT = 1200;

/**
 * Pages with every kind of chart, and two of tables only. `OWNER` and `FAMILY` stand for units that are found first.
 * @type {Record<string, { path: string, parts?: string }>}
 */
const VIEWS = {
  overview: { path: "/", parts: ".headline" },
  power: { path: "/power?open=ranks&open=changes&open=share-changes&open=world" },
  models: { path: "/models" },
  openness: { path: "/openness" },
  intermediaries: { path: "/intermediaries" },
  explore: { path: "/explore?group=modality&chart=line" },
  "explore-ranks": { path: "/explore?stat=rank&by=age" },
  "explore-dots": { path: "/explore?group=modality&chart=dots" },
  unit: { path: "/owner?owner=OWNER" },
  family: { path: "/family?family=FAMILY" },
  robustness: { path: "/robustness/china-rises" },
  replication: { path: "/replication", parts: "main .counts, main table" },
  whatif: { path: "/whatif?remove=OWNER", parts: "main form.whatif, main table" },
};
/** Kinds of chart by the class of their drawings; every one must have been seen. */
const KINDS = ["area", "bump", "dots", "flow", "line", "lorenz", "parts", "spark", "specifications", "tiles", "tree"];
/** What a drawing is made of; without the largest of any of these it is another one. */
const MARKS = ["g.series", ".line", ".layer", ".interval", ".bounds", ".gap", ".y-axis", ".x-axis", ".chart-tree .axis", "g.event", ".flow", ".chosen", ".tile", "text"];

/** A mark of fewer square px is too small to be tried: a pale band has to fill a block of pixels. */
const LEAST_SIZE = 600;

const { browser, json, session } = stage({ weeks: WEEKS, flags: FLAGS_OF_LETTERS }, prepare);
/** @type {Page} a page in which pictures are compared */
let blank;
/** @type {Record<string, string>} */
let units = {};
/** Kinds of which a drawing was seen, by look. @type {Record<string, Set<string>>} */
const seen = { light: new Set(), dark: new Set() };
/** Files that are of a figure. */
const known = new Set();

/** Before the first test. */
async function prepare() {
  blank = await blankPage(browser());
  units = { OWNER: (await standings("uploader"))[0] ?? "", FAMILY: await aDeepFamily() };
  await mkdir(FOLDER, { recursive: true });
}

for (const [name, { path, parts = "main figure" }] of Object.entries(VIEWS)) {
  test(name, async (context) => {
    const address = path.replace(/OWNER|FAMILY/, (unit) => encodeURIComponent(units[unit] ?? ""));
    await looked(address, async (page) => {
      await context.test("is told word for word", () => toldAsWritten(page, name, parts));
      await readyForPictures(page);
      await context.test("is seen in light on a desk, and without a mark is another", () => seenAsPictured(page, name, parts));
      await page.emulateMedia({ colorScheme: "dark" });
      await page.setViewportSize({ width: 390, height: HEIGHT });
      await context.test("is seen in dark on a phone", () => seenInDark(page, name, parts));
    });
  });
}

describe("the pictures and texts", () => {
  test("tell the first and the last row of a long table, and how many lie between", () => {
    const rows = [1, 2, 3, 4, 5].map((row) => `  - row "${row}":\n    - cell "${row}"`);
    const told = ["- rowgroup:", rows[0], "  # 3 rows more", rows[4], "- text: below"].join("\n");
    assert.equal(shortened(["- rowgroup:", ...rows, "- text: below"].join("\n")), told);
    assert.equal(shortened(rows.slice(0, 4).join("\n")), rows.slice(0, 4).join("\n"));
  });

  test("are of every kind of chart", () => {
    for (const kinds of Object.values(seen)) assert.deepEqual([...kinds].sort(), KINDS);
  });

  test("are of figures that are there", async () => {
    assert.deepEqual((await readdir(FOLDER)).filter((file) => !known.has(file)), []);
  });
});

/**
 * @param {Page} page
 * @param {string} name
 * @param {string} parts
 */
async function toldAsWritten(page, name, parts) {
  const figures = await page.locator(parts).all();
  // What can be taken away is the same of each.
  const menus = figures.length > 1 ? "details:not(.takeaway)" : "details";
  await page.locator(parts).locator(menus).evaluateAll((all) => {
    for (const details of all) details.setAttribute("open", "");
  });
  const told = [];
  for (const figure of figures) told.push(await heard(figure));
  const text = `${told.join("\n\n")}\n`;
  const path = join(FOLDER, `${name}.aria.yml`);
  known.add(`${name}.aria.yml`);
  if (IS_RENEWED) await writeFile(path, text);
  assert.equal(text, await readFile(path, "utf8").catch(() => ""), HINT);
}

/**
 * Holds each drawing against its picture, and the first of its kind without each of its marks, too.
 * @param {Page} page
 * @param {string} name
 * @param {string} parts
 */
async function seenAsPictured(page, name, parts) {
  const wrong = [];
  for (const { drawing, kind, file } of await drawingsOf(page, `${name}.light`, parts)) {
    wrong.push(...(await wrongWithPicture(blank, file, await pictureOf(page, drawing))));
    if (!seen["light"]?.has(kind)) wrong.push(...(await marksThatNobodyMisses(page, drawing, file)));
    seen["light"]?.add(kind);
  }
  assert.deepEqual(wrong, []);
}

/**
 * Holds the first drawing of each kind against its picture: the others differ in their numbers only.
 * @param {Page} page
 * @param {string} name
 * @param {string} parts
 */
async function seenInDark(page, name, parts) {
  const wrong = [];
  const here = new Set();
  for (const { drawing, kind, file } of await drawingsOf(page, `${name}.dark`, parts)) {
    if (here.has(kind)) continue;
    here.add(kind);
    seen["dark"]?.add(kind);
    wrong.push(...(await wrongWithPicture(blank, file, await pictureOf(page, drawing))));
  }
  assert.deepEqual(wrong, []);
}

/**
 * @param {Page} page
 * @param {string} prefix
 * @param {string} parts
 * @returns {Promise<{ drawing: Drawing, kind: string, file: string }[]>} what is drawn in the parts of a page
 */
async function drawingsOf(page, prefix, parts) {
  const all = [];
  const drawings = await page.locator(parts).locator("svg.chart").filter({ visible: true }).elementHandles();
  for (const drawing of /** @type {Drawing[]} */ (drawings)) {
    const { kind, id } = await drawing.evaluate((svg) => ({
      kind: /chart-(?!file|dashed)(\w+)/.exec(svg.getAttribute("class") ?? "")?.[1] ?? "",
      id: (svg.getAttribute("aria-labelledby") ?? "").replace(/(-phone)?-title.*/, ""),
    }));
    const file = `${prefix}.${id}`;
    all.push({ drawing, kind, file });
    known.add(`${file}.webp`);
  }
  return all;
}

/**
 * @param {Page} page
 * @param {Drawing} drawing
 * @param {string} file
 * @returns {Promise<string[]>} marks of which the largest can be taken away, and the drawing passes as before
 */
async function marksThatNobodyMisses(page, drawing, file) {
  const expected = await pictureNamed(file);
  assert(expected !== undefined, file);
  const kept = [];
  for (const mark of MARKS) {
    const isThere = await drawing.evaluate((svg, { mark, leastSize }) => {
      const size = (/** @type {Element} */ one) => {
        const { width, height } = one.getBoundingClientRect();
        return Math.max(2, width) * Math.max(2, height);
      };
      const largest = [...svg.querySelectorAll(mark)].sort((one, other) => size(other) - size(one))[0];
      if (largest === undefined || size(largest) < leastSize) return false;
      // An axis is drawn twice, as that of either side.
      const same = largest.outerHTML;
      for (const one of svg.querySelectorAll(mark)) {
        if (one.outerHTML === same) one.classList.add("is-taken-away");
      }
      return true;
    }, { mark, leastSize: LEAST_SIZE });
    if (!isThere) continue;
    const found = await difference(blank, expected, await halved(blank, await pictureOf(page, drawing)), MOST_OFF);
    if (isBorne(found)) kept.push(`${file} passes without its largest ${mark}`);
    await drawing.evaluate((svg) => {
      for (const one of svg.querySelectorAll(".is-taken-away")) one.classList.remove("is-taken-away");
    });
  }
  return kept;
}

/** @param {string} group */
async function standings(group) {
  const { standings } = await json(`/api/v1/leaderboard?group=${group}&top=40`);
  return standings.map((/** @type {{ unit: string }} */ { unit }) => unit);
}

/** @returns {Promise<string>} the first family in which something is made from what is made from the root */
async function aDeepFamily() {
  for (const family of await standings("family")) {
    const { members } = await json(`/api/v1/family?model=${encodeURIComponent(family)}`);
    const bases = new Set(members.map((/** @type {{ base: string }} */ { base }) => base));
    if (members.some((/** @type {{ model: string }} */ { model }) => model !== family && bases.has(model))) return family;
  }
  throw new Error("the simulated Hub has no family of three levels");
}

/**
 * Looks at a page once all that it waits for is there.
 * @param {string} path
 * @param {(page: Page) => Promise<void>} look
 */
async function looked(path, look) {
  const walk = async (/** @type {Page} */ page) => {
    page.setDefaultTimeout(WAIT_LIMIT_MS);
    await page.waitForFunction(() => document.querySelector("[data-fragment]") === null);
    await look(page);
  };
  await session(path, walk, { viewport: { width: 1440, height: HEIGHT }, reducedMotion: "reduce" });
}
