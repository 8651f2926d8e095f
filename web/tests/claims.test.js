// The paper's claims on the years that they are about, and what would be if owners merged, left or moved.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { PAPERS_YEARS, seriousViolations } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */

const WIDTHS = [390, 768, 1440];
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];
const CURVE = "/robustness/china-rises";

const { session } = stage({ weeks: PAPERS_YEARS });

describe("claims", () => {
  test("each has a status in words, and those that differ say so", () =>
    session("/replication", async (page) => {
      const rows = page.locator("table.claims tbody tr");
      assert.equal(await rows.count(), 41);
      const words = await rows.locator(".status").allInnerTexts();
      for (const status of words) assert.match(status, /^[=≠?–]\s+(reproduced|differs|cannot be told|not reproducible)$/);
      const counts = await page.locator(".counts li").allInnerTexts();
      const counted = counts.map((text) => Number.parseInt(text, 10));
      assert.equal(counted.reduce((sum, count) => sum + count, 0), 41);
      assert.equal(counted[1], words.filter((status) => status.endsWith("differs")).length);
      assert.notEqual(counted[1], 0, "the simulated Hub is another one than the paper's");
    }));

  test("the question of a claim can be opened, copied and asked", () =>
    session("/replication", async (page) => {
      const row = page.locator("tr#china-rises");
      await row.getByText("Ask it").click();
      await row.getByText("weighhouse query share --group country").waitFor();
      const address = await row.getByRole("link", { name: "JSON" }).getAttribute("href");
      const answer = await page.request.get(new URL(address ?? "", page.url()).href);
      assert.equal(answer.status(), 200);
      const { periods } = await answer.json();
      assert.equal(periods.length, 2, "2024 and 2025");
    }));

  for (const width of WIDTHS) {
    for (const theme of THEMES) {
      test(`a curve at ${width} px, ${theme}`, () => session(CURVE, (page) => looksWell(page, width), { viewport: { width, height: 900 }, colorScheme: theme }));
    }
  }

  test("answers of a curve are read by keys, with their definitions", () =>
    session(CURVE, async (page) => {
      const figure = page.locator("figure[data-figure='robustness']");
      await figure.locator(".picture").focus();
      await page.keyboard.press("ArrowLeft");
      const readout = figure.locator(".readout");
      await page.waitForFunction(() => document.querySelector(".readout")?.textContent !== "");
      assert.match((await readout.textContent()) ?? "", /: (agrees with the claim|does not agree) −?<?\d/);
    }));

  test("a side is hidden by the address, and comes back", () =>
    session(CURVE, async (page) => {
      await page.getByText("Hide or show series").click();
      await page.getByRole("button", { name: "does not agree" }).click();
      await page.waitForURL((address) => address.searchParams.get("hide") === "disagrees");
      await page.locator("svg").getByText("does not agree (hidden)").filter({ visible: true }).waitFor();
      await page.goBack();
      await page.locator("svg").getByText("does not agree (hidden)").first().waitFor({ state: "detached" });
    }));

  test("without scripts the curve has its table, and leads on", () =>
    session(CURVE, async (page) => {
      await page.getByRole("img", { name: "The share of China rises in 2025, by definition" }).waitFor();
      await page.getByText("Table", { exact: true }).click();
      const rows = page.locator("details.numbers[open] tbody tr");
      assert.notEqual(await rows.count(), 0);
      await page.getByRole("link", { name: "Other claims" }).click();
      await page.getByRole("link", { name: "The share of industry falls." }).click();
      await page.getByRole("heading", { level: 1, name: "The share of industry falls" }).waitFor();
    }, { javaScriptEnabled: false }));
});

describe("what if", () => {
  for (const javaScriptEnabled of [true, false]) {
    const scripts = javaScriptEnabled ? "with" : "without";
    test(`an owner leaves, ${scripts} scripts`, () =>
      session("/whatif", async (page) => {
        const first = await page.locator("#owners option").first().getAttribute("value");
        await page.locator("#remove").fill(first ?? "");
        await page.getByRole("button", { name: "Show what would be" }).click();
        await page.getByRole("heading", { name: "What would be" }).waitFor();
        assert.equal(new URL(page.url()).searchParams.get("remove"), first);
        const share = page.locator("tr", { hasText: "Share of the largest" });
        assert.match(await share.innerText(), /points/);
      }, { javaScriptEnabled }));
  }

  test("a mistake stands below its field, and both are accessible", () =>
    session("/whatif?remove=nobody-of-this-name", async (page) => {
      await page.getByRole("alert").getByText("nobody-of-this-name").waitFor();
      assert.equal(await page.locator("#remove").getAttribute("aria-invalid"), "true");
      await looksWell(page, 1440, { hasChart: false });
    }, { expected: [/status of 4\d\d/] }));

  test("every example can be followed, on a phone too", () =>
    session("/whatif", async (page) => {
      const links = await page.locator("section[aria-labelledby='examples'] a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      assert.equal(links.length, 4);
      for (const link of links) {
        await page.goto(new URL(link ?? "", page.url()).href);
        await page.getByRole("heading", { name: "What would be" }).waitFor();
        await looksWell(page, 390, { hasChart: false });
      }
    }, { viewport: { width: 390, height: 900 } }));
});

/**
 * Nothing wider than the page, a chart where there should be one, and no serious finding of axe.
 * @param {Page} page
 * @param {number} width
 * @param {{ hasChart?: boolean }} [options]
 */
async function looksWell(page, width, { hasChart = true } = {}) {
  const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  assert(contentWidth <= width, `the page is ${contentWidth} px wide and scrolls sideways`);
  if (hasChart) {
    const dots = page.locator("svg .chosen").filter({ visible: true });
    assert.notEqual(await dots.count(), 0, "choices are marked");
  }
  assert.deepEqual(await seriousViolations(page), []);
}
