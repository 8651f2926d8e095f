// Looking for names: the box in the header with keys, mouse and without scripts, and the pages that it leads to.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { complaintsOf, seriousViolations, startBrowser, startDashboard } from "./support.js";

/** @type {import("./support.js").Dashboard | undefined} */
let dashboard;
/** @type {import("playwright-core").Browser | undefined} */
let browser;
/** A model of the simulated history. */
let model = "";

before(async () => {
  dashboard = await startDashboard();
  browser = await startBrowser();
  const answer = await fetch(`${dashboard.origin}/api/v1/leaderboard?group=model&top=1`);
  model = (await answer.json()).standings[0].unit;
});

after(async () => {
  await browser?.close();
  await dashboard?.stop();
});

/**
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: import("playwright-core").Page, origin: string) => Promise<void>} flow
 */
async function withPage(options, flow) {
  assert(browser && dashboard, "started before the first test");
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await flow(page, dashboard.origin);
    // A question that is no longer wanted is broken off.
    const isStale = (/** @type {string} */ line) => line.includes("/api/v1/search") && line.endsWith("failed");
    assert.deepEqual(complaints.filter((line) => !isStale(line)), [], "nothing on the console");
  } finally {
    await context.close();
  }
}

/** @param {import("playwright-core").Page} page */
const boxOf = (page) => page.getByRole("combobox", { name: "Find a model" });

/** The owner of a model's id. @param {string} id */
const ownerOf = (id) => /** @type {string} */ (id.split("/")[0]);

test("the keys go to what is found, round by the box, and to its page", () =>
  withPage({}, async (page, origin) => {
    await page.goto(`${origin}/power`);
    const box = boxOf(page);
    assert.equal(await box.getAttribute("aria-expanded"), "false");
    await box.pressSequentially(ownerOf(model));
    const options = page.getByRole("option");
    await options.first().waitFor();
    assert.equal(await box.getAttribute("aria-expanded"), "true");
    assert.equal(await box.getAttribute("aria-activedescendant"), null, "the keys are still in the box");
    assert.match((await page.locator("[data-found-count]").textContent()) ?? "", /^\d+ found$/);

    await box.press("ArrowDown");
    const first = await box.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${first}`).getAttribute("aria-selected"), "true");
    await box.press("ArrowUp");
    assert.equal(await box.getAttribute("aria-activedescendant"), null, "back in the box");
    await box.press("ArrowUp");
    const last = await box.getAttribute("aria-activedescendant");
    assert.equal(last, "search-all", "round to the end");
    await box.press("ArrowDown");
    await box.press("ArrowDown");
    assert.equal(await box.getAttribute("aria-activedescendant"), first);

    await box.press("Escape");
    assert.equal(await page.getByRole("listbox").count(), 0, "closed");
    assert.notEqual(await box.inputValue(), "", "what was typed stays");
    await box.press("ArrowDown");
    await page.getByRole("option", { name: model, exact: true }).click();
    await page.waitForURL((address) => address.pathname === "/model");
    assert.equal(await page.locator("h1").textContent(), model);
  }));

test("a mistyped name finds what is near it, and Enter the page of all", () =>
  withPage({}, async (page, origin) => {
    await page.goto(`${origin}/data`);
    const owner = ownerOf(model);
    const mistyped = `${owner[0]}${owner[2]}${owner[1]}${owner.slice(3)}`;
    await boxOf(page).fill(mistyped);
    await page.getByRole("option", { name: /near it/ }).first().waitFor();
    await boxOf(page).press("Enter");
    await page.waitForURL((address) => address.pathname === "/search");
    assert.match((await page.locator(".reason").textContent()) ?? "", /Near it are/);
    await page.getByLabel("Name, or any part of it").fill("zzzzzzzz");
    await page.locator("main").getByRole("button", { name: "Find" }).click();
    await page.getByRole("heading", { name: "Nothing in this collection has such a name" }).waitFor();
  }));

test("what came late is not shown for what is asked now", () =>
  withPage({}, async (page, origin) => {
    await page.goto(`${origin}/power`);
    await page.route(/api\/v1\/search\?q=power/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      await route.continue().catch(() => undefined);
    });
    const box = boxOf(page);
    await box.fill("power");
    await page.waitForTimeout(400);
    await box.fill(ownerOf(model));
    await page.getByRole("option", { name: new RegExp(`^All.*${ownerOf(model)}`) }).waitFor();
    await page.waitForTimeout(1_800);
    const all = (await page.locator("#search-all").textContent()) ?? "";
    assert(all.includes(ownerOf(model)), all);
  }));

test("without scripts the box is a form", () =>
  withPage({ javaScriptEnabled: false }, async (page, origin) => {
    await page.goto(`${origin}/power`);
    await page.locator("#search").fill(model);
    await page.locator("form.search button").click();
    await page.locator("main").getByRole("link", { name: model, exact: true }).click();
    assert.equal(await page.locator("h1").textContent(), model);
    await page.getByRole("link", { name: "Is it counted?" }).click();
    assert.match((await page.locator(".verdict").textContent()) ?? "", /^Counted in 1 of 1/);
  }));

describe("what is found is there for everyone", () => {
  for (const width of [390, 768, 1440]) {
    for (const theme of /** @type {("light" | "dark")[]} */ (["light", "dark"])) {
      test(`${width} px, ${theme}`, () =>
        withPage({ viewport: { width, height: 900 }, colorScheme: theme }, async (page, origin) => {
          for (const path of ["/search", `/search?q=${ownerOf(model)}`, "/counted", `/counted?model=${model}`, "/counted?model=a/b"]) {
            await page.goto(origin + path);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert(wide <= width, `${path} is ${wide} px wide and scrolls sideways`);
            assert.deepEqual(await seriousViolations(page), [], path);
          }
          await boxOf(page).fill(ownerOf(model));
          await page.getByRole("option").first().waitFor();
          await boxOf(page).press("ArrowDown");
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert(wide <= width, `what is found makes the page ${wide} px wide`);
          assert.deepEqual(await seriousViolations(page), [], "with what is found open");
        }));
    }
  }
});
