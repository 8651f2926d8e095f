// A page that stays open: a new release is shown in its place while the reader reads on, and late data are said.

import assert from "node:assert/strict";
import { readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { seriousViolations, startDashboard, weighhouse } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */

const COLLECTION = "simulated-hub";
const MS_PER_HOUR = 3_600_000;
const MINUTE = 60_000;
/** What is on disk is shown within this on a busy machine, or it never is. */
const WAIT_LIMIT_MS = 30_000;
const PAGES = ["/", "/power", "/models", "/openness", "/intermediaries", "/attributes", "/results", "/replication", "/robustness", "/whatif", "/data"];
const WIDTHS = [390, 1440];
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];

const { browser, data, session } = stage();

describe("a new release", () => {
  test("is shown in place, and the reader reads on", () =>
    stayed("/power", async (page) => {
      const newest = await reach(page);
      const dateBefore = await dateAtTheEnd(page);
      await page.locator("details.numbers summary").first().click();
      const field = page.locator("main select").nth(1);
      await field.focus();
      await page.evaluate(() => {
        scrollTo(0, 500);
        Object.assign(globalThis, { survivor: document.querySelector("figure"), place: scrollY });
      });

      const putBack = await withoutNewest(data());
      await page.waitForFunction((text) => document.querySelector(".reach strong")?.textContent !== text, newest);
      const earlier = await reach(page);
      const said = page.locator("[role=status][data-updates]");
      assert.equal(await said.innerText(), `Updated: data through ${earlier}`);
      assert.deepEqual(await page.evaluate(() => {
        const { survivor, place } = /** @type {any} */ (globalThis);
        return { isSame: survivor === document.querySelector("figure"), isInPlace: place === scrollY };
      }), { isSame: true, isInPlace: true });
      assert.equal(await page.locator("details.numbers").first().getAttribute("open"), "", "open details stay open");
      await field.and(page.locator(":focus")).waitFor();
      assert.notEqual(await dateAtTheEnd(page), dateBefore, "values are read from the new release");

      await putBack();
      await page.waitForFunction((text) => document.querySelector(".reach strong")?.textContent === text, newest);
    }));

  test("is shown on the page about the data, in its table and facts", () =>
    stayed("/data", async (page) => {
      const release = page.locator("dl.facts code").first();
      const old = await page.locator(`main tr[data-collection="${COLLECTION}"]`).getAttribute("data-release");
      assert(old !== null);
      const putBack = await withoutNewest(data());
      await page.locator(`main tr[data-collection="${COLLECTION}"]:not([data-release="${old}"])`).waitFor();
      await putBack();
      await page.locator(`main tr[data-collection="${COLLECTION}"][data-release="${old}"]`).waitFor();
      assert.equal(await release.count(), 1);
    }));

  test("is shown to one who comes back to the page", () =>
    stayed("/power", async (page) => {
      const newest = await reach(page);
      await page.evaluate(() => dispatchEvent(new Event("pagehide")));
      const putBack = await withoutNewest(data());
      await page.waitForFunction(async (old) => {
        const answer = await fetch("/api/v1/collections", { cache: "no-store" });
        return (await answer.json()).collections[0].release !== old;
      }, await page.locator("main").getAttribute("data-release"));
      assert.equal(await reach(page), newest, "a page that is not looked at does not listen");
      await page.evaluate(() => dispatchEvent(new Event("pageshow")));
      await page.waitForFunction((text) => document.querySelector(".reach strong")?.textContent !== text, newest);
      await putBack();
      await page.waitForFunction((text) => document.querySelector(".reach strong")?.textContent === text, newest);
    }));
});

test("the first release fills the page that waits for it", async () => {
  const empty = await startDashboard({ isEmpty: true });
  const page = await browser().newPage();
  try {
    await page.goto(`${empty.origin}/power`);
    await page.getByText("There is no data to show yet").waitFor();
    await weighhouse(empty.data, ["simulate-history", "--weeks", "10", "--models", "100", "--seed", "7"]);
    await weighhouse(empty.data, ["build"]);
    await page.locator("svg:has(> title)").first().waitFor({ state: "attached", timeout: WAIT_LIMIT_MS });
    await page.locator(".reach").waitFor();
  } finally {
    await page.close();
    await empty.stop();
  }
});

describe("standing jobs", () => {
  test("turn amber and red on every page without a reload, and green again", async () => {
    for (const path of PAGES) {
      await stayed(path, async (page) => {
        const mark = page.locator("header.site .standing");
        await writeJob(data(), 1);
        await page.waitForFunction(() => document.querySelector(".standing")?.getAttribute("data-health") === "on time");
        assert(await mark.isHidden(), "on time is not loud");
        await writeJob(data(), -2);
        await mark.getByRole("link", { name: "Data late" }).waitFor();
        await writeJob(data(), -5);
        await mark.getByRole("link", { name: /^\S* ?Data stalled since \d+ \w+ \d{4}$/ }).waitFor();
        if (path === "/data") await page.locator("td .health.is-stalled", { hasText: "Stalled" }).waitFor();
        await writeJob(data(), 1);
        await mark.waitFor({ state: "hidden" });
      });
    }
  });

  for (const [words, hours] of /** @type {[string, number][]} */ ([["on time", 1], ["late", -2], ["stalled", -5]])) {
    for (const width of WIDTHS) {
      for (const theme of THEMES) {
        test(`${words}: accessible at ${width} px, ${theme}`, async () => {
          await writeJob(data(), hours);
          await stayed("/data", async (page) => {
            await page.waitForFunction((health) => document.querySelector(".standing")?.getAttribute("data-health") === health, words);
            assert.deepEqual(await seriousViolations(page), []);
            const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
            assert(contentWidth <= width, `the page is ${contentWidth} px wide and scrolls sideways`);
          }, { viewport: { width, height: 900 }, colorScheme: theme });
        });
      }
    }
  }
});

/**
 * Looks at a page that is never loaded again.
 * @param {string} path
 * @param {(page: Page) => Promise<void>} read
 * @param {import("./stage.js").Look} [look]
 */
async function stayed(path, read, look = {}) {
  const walk = async (/** @type {Page} */ page) => {
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await read(page);
    assert(await page.evaluate(() => /** @type {any} */ (globalThis).isSamePage), "the page was not loaded again");
  };
  await session(path, walk, look);
}

/**
 * Builds a release without the newest snapshot.
 * @param {string} data
 * @returns {Promise<() => Promise<void>>} builds the one with it again
 */
async function withoutNewest(data) {
  const folder = join(data, "raw", COLLECTION);
  const newest = (await readdir(folder)).sort().at(-1);
  assert(newest !== undefined, "there are snapshots");
  const aside = join(data, "aside");
  await rename(join(folder, newest), aside);
  await weighhouse(data, ["build"]);
  return async () => {
    await rename(aside, join(folder, newest));
    await weighhouse(data, ["build"]);
  };
}

/**
 * Writes down an hourly job that is due in so many hours, as `watch` does.
 * @param {string} data
 * @param {number} hours
 */
async function writeJob(data, hours) {
  const at = (/** @type {number} */ millis) => new Date(millis).toISOString();
  const job = {
    name: "new",
    title: "New models",
    collection: COLLECTION,
    period_seconds: 3600,
    due_at: at(Date.now() + hours * MS_PER_HOUR),
    started_at: at(Date.now() - 7 * MS_PER_HOUR),
    succeeded_at: at(Date.now() - 7 * MS_PER_HOUR + MINUTE),
    failure_count: hours < 0 ? 2 : 0,
    outcome: hours < 0 ? "the Hub did not answer" : "12 models",
    is_running: false,
  };
  const path = join(data, "jobs.json");
  await writeFile(`${path}.beside`, JSON.stringify([job]));
  await rename(`${path}.beside`, path);
}

/**
 * @param {Page} page
 * @returns {Promise<string>} how far the data reach
 */
async function reach(page) {
  return page.locator(".reach strong").innerText();
}

/**
 * @param {Page} page
 * @returns {Promise<string>} the last date that the first figure's values are read at
 */
async function dateAtTheEnd(page) {
  const figure = page.locator("[data-figure]").first();
  await figure.locator(".picture").press("ArrowRight");
  const spoken = figure.locator(".readout").filter({ hasText: /^\s*\d{4}-\d{2}-\d{2}:/ });
  await spoken.waitFor({ state: "attached" });
  const text = (await spoken.textContent()) ?? "";
  await figure.locator(".picture").press("Escape");
  return text.trim().slice(0, "2026-08-17".length);
}
