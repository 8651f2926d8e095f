// Looking for names: the box in the header with keys, mouse and without scripts, and the pages that it leads to.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { seriousViolations } from "./support.js";

const { json, origin, session } = stage({}, prepare);
/** A model of the simulated history. */
let model = "";

/** Before the first test. */
async function prepare() {
  model = (await json("/api/v1/leaderboard?group=model&top=1")).standings[0].unit;
}

/** A question that is no longer wanted is broken off. */
const STALE = { expected: [/\/api\/v1\/search.*failed$/] };

/** @param {import("playwright-core").Page} page */
const boxOf = (page) => page.getByRole("combobox", { name: "Find a model" });

/** The owner of a model's id. @param {string} id */
const ownerOf = (id) => /** @type {string} */ (id.split("/")[0]);

test("the keys go to what is found, round by the box, and to its page", () =>
  session("/power", async (page) => {
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
  }, STALE));

test("a mistyped name finds what is near it, and Enter the page of all", () =>
  session("/data", async (page) => {
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
  }, STALE));

test("what came late is not shown for what is asked now", () =>
  session("/power", async (page) => {
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
  }, STALE));

test("without scripts the box is a form", () =>
  session("/power", async (page) => {
    await page.locator("#search").fill(model);
    await page.locator("form.search button").click();
    await page.locator("main").getByRole("link", { name: model, exact: true }).click();
    assert.equal(await page.locator("h1").textContent(), model);
    await page.getByRole("link", { name: "Is it counted?" }).click();
    assert.match((await page.locator(".verdict").textContent()) ?? "", /^Counted in 1 of 1/);
  }, { ...STALE, javaScriptEnabled: false }));

describe("what is found is there for everyone", () => {
  for (const width of [390, 768, 1440]) {
    for (const theme of /** @type {("light" | "dark")[]} */ (["light", "dark"])) {
      test(`${width} px, ${theme}`, () =>
        session("/search", async (page) => {
          for (const path of ["/search", `/search?q=${ownerOf(model)}`, "/counted", `/counted?model=${model}`, "/counted?model=a/b"]) {
            await page.goto(origin() + path);
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
        }, { ...STALE, viewport: { width, height: 900 }, colorScheme: theme }));
    }
  }
});
