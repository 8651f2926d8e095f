// The map of countries on Power: keys from square to square, tips, where squares lead, the slider, phones, scripts off.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { seriousViolations } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */
/** @typedef {{ key: string, code?: string, is_residual: boolean, points: { value: number, text: string }[] }} Series */

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** A finger needs so many px (WCAG 2.2, 2.5.8). */
const LEAST_FOR_FINGERS = 24;
const OPEN = "/power?open=world";

const { origin, session } = stage();

describe("the map of countries", () => {
  test("comes as a reader comes near, with its slider", () =>
    session("/power", async (page) => {
      const slider = page.getByRole("slider", { name: "Map in the week of" });
      assert.equal(await slider.count(), 0, "not without its map");
      await page.keyboard.press("End");
      await page.getByRole("heading", { name: /^Where uploaders are/ }).waitFor();
      await slider.waitFor();
      assert.deepEqual(await seriousViolations(page), []);
    }));

  test("arrow keys go from country to country as they lie, and one says its numbers", () =>
    session(OPEN, async (page) => {
      const series = await seriesOf(page);
      const [largest] = series;
      assert(largest !== undefined);
      const squares = map(page).getByRole("link");
      assert.equal(await squares.count(), series.filter(({ is_residual }) => !is_residual).length);
      // The largest is the one stop for the tab key, and the first to be read.
      const stop = map(page).locator("a[tabindex='0']");
      await stop.waitFor();
      assert.equal(await stop.count(), 1);
      const label = (await stop.getAttribute("aria-label")) ?? "";
      const [name, text] = [`${largest.key}, ${largest.code} `, largest.points[0]?.text ?? ""];
      assert(label.startsWith(name) && label.includes(`: ${text}`), label);
      await stop.focus();
      await page.locator("#world-map .tooltip").getByText(largest.key).waitFor();

      const seen = new Set([await focused(page)]);
      for (const [key, isThere] of /** @type {const} */ ([
        ["ArrowRight", (/** @type {Box} */ from, /** @type {Box} */ to) => to.x > from.x],
        ["ArrowDown", (/** @type {Box} */ from, /** @type {Box} */ to) => to.y > from.y],
        ["ArrowLeft", (/** @type {Box} */ from, /** @type {Box} */ to) => to.x < from.x],
        ["ArrowUp", (/** @type {Box} */ from, /** @type {Box} */ to) => to.y < from.y],
      ])) {
        const from = await box(page.locator("a.tile:focus"));
        const before = await focused(page);
        await page.keyboard.press(key);
        const now = await focused(page);
        if (now !== before) assert(isThere(from, await box(page.locator("a.tile:focus"))), `${key} from ${before} to ${now}`);
        seen.add(now);
      }
      assert(seen.size > 1, `of four keys none leads on from ${[...seen].join(", ")}`);
      const last = await page.locator("a.tile:focus").getAttribute("href");
      await page.keyboard.press("Enter");
      await page.waitForURL((address) => address.pathname === "/country");
      assert.equal(new URL(page.url()).search, new URL(last ?? "", page.url()).search);
    }));

  test("a pointer is told what each square is, also of countries without data", () =>
    session(OPEN, async (page) => {
      const tip = page.locator("#world-map .tooltip");
      // Once the scripts of maps are there, and nothing moves any more.
      await page.waitForLoadState("networkidle");
      await map(page).locator("a[tabindex='0']").waitFor();
      await map(page).locator(".no-data .tile").first().hover();
      assert.match(await tip.innerText(), /\([A-Z]{2}\)\s+no data/);
      await map(page).getByRole("link").first().hover();
      assert.match(await tip.innerText(), /%/);
      await map(page).locator(".tile-beside").first().hover();
      assert.match(await tip.innerText(), /^(Unreviewed|Unknown|International)/);
      await page.getByRole("heading", { level: 1 }).hover();
      await tip.waitFor({ state: "detached" });
    }));

  test("what it shows adds up, with what nobody known has", () =>
    session(OPEN, async (page) => {
      const series = await seriesOf(page);
      const sum = series.reduce((all, { points }) => all + (points[0]?.value ?? 0), 0);
      assert(Math.abs(sum - 1) < 1e-9, `${sum}`);
      assert.notEqual(series.filter(({ is_residual }) => is_residual).length, 0);
      await map(page).getByText("together 100 %").waitFor();
      for (const { points } of series.filter(({ is_residual }) => is_residual)) {
        await map(page).locator(".beside").getByText(points[0]?.text ?? "").first().waitFor();
      }
    }));

  test("the slider draws it at another date, and the curve with it", () =>
    session(OPEN, async (page) => {
      const slider = page.getByRole("slider", { name: "Map in the week of" });
      const curve = page.getByRole("slider", { name: "Curve in the week of" });
      await slider.focus();
      await page.keyboard.press("Home");
      const day = String(await slider.getAttribute("aria-valuetext"));
      const said = new RegExp(day.replaceAll(/\s/g, "\\s"));
      await page.locator("#world-map .subtitle").filter({ hasText: said }).waitFor();
      await page.locator("#lorenz .subtitle").filter({ hasText: said }).waitFor();
      assert.equal(await curve.getAttribute("aria-valuetext"), day);
      await page.waitForURL((address) => address.searchParams.get("at") !== null);
      // Keys work in the new drawing.
      await map(page).locator("a[tabindex='0']").waitFor();
      await page.reload();
      await page.locator("#world-map .subtitle").filter({ hasText: said }).waitFor();
    }));

  for (const [name, viewport] of Object.entries({ desk: DESK, tablet: { width: 768, height: 1000 }, phone: PHONE })) {
    test(`squares are large enough for a finger on a ${name}`, () =>
      session(OPEN, async (page) => {
        for (const square of await map(page).getByRole("link").all()) {
          const { width, height } = await box(square);
          assert(Math.min(width, height) >= LEAST_FOR_FINGERS, `${width} × ${height}`);
        }
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width);
      }, { viewport, isMobile: false }));
  }

  test("without scripts it is there, with links and a table, and its date is a list", () =>
    session(OPEN, async (page) => {
      const first = map(page).getByRole("link").first();
      const name = (await first.getAttribute("aria-label")) ?? "";
      const form = page.getByRole("form", { name: "Date of the map" });
      await form.getByRole("combobox").selectOption({ index: 0 });
      await form.getByRole("button", { name: "Show" }).click();
      await page.waitForURL((address) => address.searchParams.get("at") !== null);
      assert.equal(new URL(page.url()).searchParams.get("open"), "world", "the map stays open");
      await map(page).getByRole("link", { name: name.split(", ")[0] ?? "" }).first().click();
      await page.waitForURL((address) => address.pathname === "/country");
    }, { javaScriptEnabled: false }));
});

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/**
 * @param {Page} page
 * @returns {Locator} the drawing that is shown
 */
function map(page) {
  return page.locator("#world-map svg.chart-tiles").filter({ visible: true });
}

/** @param {Page} page */
function focused(page) {
  return page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
}

/**
 * @param {Locator} square
 * @returns {Promise<Box>}
 */
async function box(square) {
  const found = await square.boundingBox();
  assert(found !== null, "it is shown");
  return found;
}

/**
 * @param {Page} page
 * @returns {Promise<Series[]>} what the map shows
 */
async function seriesOf(page) {
  const link = page.locator("#world-map").getByRole("link", { name: "JSON", exact: true });
  const address = await link.getAttribute("href");
  return (await (await fetch(new URL(address ?? "", origin()))).json()).series;
}
