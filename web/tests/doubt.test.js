// What is not sure is seen: marks where something happened, hatching over what is estimated, gaps where nothing is known;
// and a reader asks without the weeks that are odd, and keeps the rest of the view.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { seriousViolations, weighhouse } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

const DAY_MS = 86_400_000;
const MODELS = ["one/a", "one/b", "two/c", "two/d"];
/** A library whose downloads are counted by a rule of its own. */
const LIBRARY = "PaddleOCR";

/** Cumulative counters, read on Mondays. Two Mondays in a row are lost, so that the weeks around them are estimated. */
const FIRST = Date.parse("2025-06-02");
const READINGS = 15;
const LOST = ["2025-06-30", "2025-07-07"];
/** All counters fall before this reading, so that nothing is known of the week before it. */
const FALL = "2025-08-18";
const GAP = "2025-08-11";

const MAP = `
collection = "planted"
title = "Planted"
covers = "Four models that do not exist."
source = "nobody (CC0-1.0)"

[read_at]
column = "day"

[columns]
model_id = "model"
downloads_all_time = "total"
library = "library"
`;

const { data, origin, session } = stage({ isEmpty: true }, prepare);

/** Before the first test. */
async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), "weighhouse-planted-"));
  try {
    await writeFile(join(folder, "map.toml"), MAP);
    await writeFile(join(folder, "readings.csv"), readings());
    await weighhouse(data(), ["import", "table", "--map", join(folder, "map.toml"), join(folder, "readings.csv")]);
    await weighhouse(data(), ["build"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  // A server that finds its first release fills the page that waits for it.
  await session("/power", (page) => page.locator(".reach").waitFor());
}

describe("a figure", () => {
  for (const form of ["area", "line"]) {
    test(`is marked, hatched and has its gap (${form})`, () =>
      session(`/power?group=owner&chart=${form}`, async (page) => {
        const drawing = page.getByRole("figure").first().locator(".desk svg.chart");
        const fall = drawing.locator("g.event", { hasText: "18 Aug 2025: Counters fell (4 of 4 models)" });
        assert.equal(await fall.count(), 1, "one mark where the counters fell");

        const hatch = await box(drawing.locator('.plot > rect[fill$="-hatch)"], .plot > rect[fill$="-ground)"]'));
        const gap = await box(drawing.locator(".plot > rect.gap"));
        const mark = await box(fall.locator("line"));
        assert(mark.height > 100, "the mark runs down the plot");
        assert(hatch.width > 20, "the estimated weeks are hatched");
        assert(gap.width > 20, "nothing is drawn over the week before the fall");
        assert(hatch.x + hatch.width < gap.x, "the estimated weeks lie before the gap");
        assert(gap.x < mark.x && mark.x < gap.x + gap.width + 1, "the mark stands at the end of the gap");
      }));
  }

  test("its values name what happened, to the pointer and to the ear", () =>
    session("/power?group=owner&chart=line", async (page) => {
      const figure = page.getByRole("figure").first();
      const mark = figure.locator(".desk g.event", { hasText: "Counters fell" }).locator("line");
      await mark.scrollIntoViewIfNeeded();
      const line = await box(mark);
      await page.mouse.move(line.x, line.y + line.height / 2);
      const tooltip = figure.locator(".tooltip");
      await tooltip.getByText("Counters fell (4 of 4 models)").waitFor();
      assert.match(await tooltip.innerText(), new RegExp(`^${FALL}`), "in its week");

      await figure.locator(".picture").press("ArrowLeft");
      const readout = figure.locator("[aria-live=polite]");
      await readout.filter({ hasText: `${GAP}: ` }).waitFor();
      assert.doesNotMatch(await readout.innerText(), /Marked/, "nothing happened in the week before");
      assert.match(await readout.innerText(), /no data/, "and nothing is known of it");
      await figure.locator(".picture").press("ArrowRight");
      await readout.filter({ hasText: "Marked: Counters fell (4 of 4 models)" }).waitFor();
    }));

  test("its JSON and CSV name the events that are drawn", async () => {
    const address = "figure/shares";
    const { events } = JSON.parse(await text(`${address}.json?group=owner`));
    const fall = events.filter((/** @type {{ kind: string }} */ { kind }) => kind === "restatement");
    assert.deepEqual(fall.map((/** @type {{ x: number }} */ { x }) => x), [Date.parse(FALL)]);
    const [header = "", ...rows] = (await text(`${address}.csv?group=owner`)).trim().split("\r\n");
    assert(header.endsWith(",events"));
    const named = rows.filter((row) => row.endsWith("Counters fell (4 of 4 models)"));
    assert.deepEqual(new Set(named.map((row) => row.split(",")[0])), new Set([FALL]));
  });
});

describe("flagged weeks", () => {
  const view = "/power?group=owner&attribution=developer&chart=line&from=2025-06-16&where=uploader%3Done&hide=one";

  test("are left out by a choice that keeps the rest of the view", () =>
    session(view, async (page) => {
      const flagged = page.getByLabel("Flagged weeks", { exact: true }).and(page.locator("select"));
      await flagged.selectOption({ label: "Left out" });
      await page.waitForURL((address) => address.searchParams.get("flagged") === "exclude");
      const before = new URL(view, page.url()).searchParams;
      for (const [name, value] of before) assert.deepEqual(parameters(page).getAll(name), [value], name);
      await page.getByText("Weeks with a flag are left out.").first().waitFor();

      // Another choice keeps them left out, and so does another rule of counting.
      await page.getByLabel("Drawn as").selectOption({ label: "Stacked areas" });
      await page.waitForURL((address) => address.searchParams.get("chart") === "area");
      assert.equal(parameters(page).get("flagged"), "exclude");
      const rule = page.getByLabel("Counting rule", { exact: true });
      await rule.selectOption({ index: 1 });
      await page.waitForURL((address) => address.searchParams.has("rule"));
      assert.equal(parameters(page).get("flagged"), "exclude");
      assert.equal(parameters(page).get("where"), "uploader=one");
      assert.equal(await page.locator("details.more").getAttribute("open"), "", "what is used is open");

      await page.getByRole("link", { name: "Reset" }).click();
      await page.waitForURL((address) => !address.searchParams.has("flagged"));
      assert.equal(await flagged.inputValue(), "include");
      await page.getByRole("link", { name: "Reset" }).waitFor({ state: "detached" });
    }));

  test("are left out of the leaderboard by its switch", () =>
    session("/power?group=owner", async (page) => {
      const leaders = page.getByRole("region", { name: "Who leads" });
      await leaders.getByRole("link", { name: "Without flagged weeks" }).click();
      await page.waitForURL((address) => address.searchParams.get("flagged") === "exclude");
      await leaders.getByText("Weeks with a flag are left out.").waitFor();
      assert.equal(parameters(page).get("group"), "owner");
      await leaders.getByRole("link", { name: "All weeks" }).click();
      await page.waitForURL((address) => !address.searchParams.has("flagged"));
      await leaders.getByText("Weeks with a flag are left out.").waitFor({ state: "detached" });
    }));

  test("are a choice with scripts off", () =>
    session("/power?group=owner&where=uploader%3Done", async (page) => {
      await page.getByLabel("Flagged weeks", { exact: true }).and(page.locator("select")).selectOption("exclude");
      await page.getByRole("form", { name: "What is shown" }).getByRole("button", { name: "Show" }).click();
      await page.waitForURL((address) => address.searchParams.get("flagged") === "exclude");
      assert.equal(parameters(page).get("where"), "uploader=one");
      assert.equal(parameters(page).get("group"), "owner");
    }, { javaScriptEnabled: false }));
});

describe("the page about the data", () => {
  for (const width of [390, 1440]) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      test(`says what happened, accessibly at ${width} px, ${colorScheme}`, () =>
        session("/data", async (page) => {
          const happened = page.getByRole("region", { name: "What happened to the counters", exact: true });
          await happened.getByRole("cell", { name: "Counters fell" }).waitFor();
          assert.deepEqual(await seriousViolations(page), []);
          const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
          assert(contentWidth <= width, `the page is ${contentWidth} px wide and scrolls sideways`);
        }, { viewport: { width, height: 900 }, colorScheme }));
    }
  }
});

/** @returns {string} the planted readings as CSV */
function readings() {
  const lines = ["day,model,total,library"];
  for (let number = 0; number < READINGS; number += 1) {
    const day = new Date(FIRST + number * 7 * DAY_MS).toISOString().slice(0, 10);
    if (LOST.includes(day)) continue;
    for (const [place, model] of MODELS.entries()) {
      const total = (place + 1) * 700 * (number + 1) - (day < FALL ? 0 : 9_000 * (place + 1));
      lines.push(`${day},${model},${total + 10_000},${LIBRARY}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/**
 * @param {Locator} locator of elements of which the first is meant
 */
async function box(locator) {
  const found = await locator.first().boundingBox();
  assert(found !== null, "it is on the page");
  return found;
}

/** @param {Page} page */
function parameters(page) {
  return new URL(page.url()).searchParams;
}

/** @param {string} path */
async function text(path) {
  const response = await fetch(new URL(path, origin()));
  assert.equal(response.status, 200, path);
  return response.text();
}
