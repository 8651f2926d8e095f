// A reader compares owners, by date and by age, looks at one date, and opens what lies below.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { seriousViolations } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */

const DESK = { width: 1440, height: 900 };

const { json, session } = stage({}, prepare);
/** @type {string[]} the largest uploaders, as the API has them */
let owners = [];

/** Before the first test. */
async function prepare() {
  const { standings } = await json("/api/v1/leaderboard?group=uploader");
  owners = standings.slice(0, 3).map((/** @type {{ unit: string }} */ { unit }) => unit);
  assert.equal(owners.length, 3);
}

test("three owners are compared, whoever they are counted as, filtered, read, and left again", () =>
  session("/explore", async (page) => {
    for (const [index, owner] of owners.entries()) {
      await page.getByLabel("Add by name").fill(owner);
      await page.getByRole("button", { name: "Add" }).click();
      await page.getByRole("link", { name: `Remove ${owner}` }).waitFor();
      assert.deepEqual(units(page), owners.slice(0, index + 1));
      assert.equal(await page.getByLabel("Add by name").inputValue(), "", "the field waits for the next");
    }
    assert.deepEqual(await seriesOf(page), owners);

    await page.getByLabel("Over", { exact: true }).selectOption({ label: "Age in weeks" });
    await page.waitForURL((address) => address.searchParams.get("by") === "age");
    await page.getByText("weeks since the first in the record").filter({ visible: true }).first().waitFor();

    await page.getByLabel("Owners are").selectOption({ label: "Original developer" });
    await page.waitForURL((address) => address.searchParams.get("attribution") === "developer");
    await page.getByRole("heading", { name: /by original developer, by age|by developer, by age/i }).waitFor();
    assert.deepEqual(units(page), owners, "who is compared stays");

    await page.getByText("Dates and conditions").click();
    await page.getByLabel("Only models with").fill("modality=Text → Text");
    await page.keyboard.press("Enter");
    await page.waitForURL((address) => address.searchParams.get("where") !== null);
    const figure = page.getByRole("figure");
    await figure.getByText("Only models with modality=Text → Text.").first().waitFor();

    // By keys: the last week of age, with a value of each that has one.
    await figure.getByRole("group", { name: /left and right arrow keys/ }).focus();
    await page.keyboard.press("ArrowLeft");
    const spoken = figure.locator("[aria-live=polite]").filter({ hasText: /^after \d+ weeks: / });
    await spoken.waitFor();
    assert.match(await spoken.innerText(), /\d %/);

    await page.goBack();
    await figure.getByText("Only models with modality=Text → Text.").first().waitFor({ state: "detached" });
    await page.goBack();
    await page.getByRole("heading", { name: "Share of weekly downloads by uploader, by age", exact: true }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Share of weekly downloads by uploader", exact: true }).waitFor();

    await page.getByRole("link", { name: `Remove ${owners[1]}` }).click();
    await page.getByRole("link", { name: `Remove ${owners[1]}` }).waitFor({ state: "detached" });
    assert.deepEqual(units(page), [owners[0], owners[2]]);
  }));

test("another group asks of other units, and says what does not go together", () =>
  session(`/explore?unit=${encodeURIComponent(owners[0] ?? "")}`, async (page) => {
    await page.getByLabel("Units are").selectOption("modality");
    await page.waitForURL((address) => address.searchParams.get("group") === "modality");
    assert.deepEqual(units(page), [], "names of owners name no modality");
    await page.getByRole("heading", { name: "Share of weekly downloads by modality" }).waitFor();

    await page.getByLabel("Statistic").selectOption({ label: "HHI" });
    await page.getByRole("heading", { name: /^HHI of weekly downloads/ }).waitFor();
    await page.getByLabel("Over", { exact: true }).selectOption({ label: "Age in weeks" });
    await page.getByRole("alert").getByText("an age is of a unit").waitFor();
    await page.getByLabel("Over", { exact: true }).selectOption({ label: "Date" });
    await page.getByRole("heading", { name: /^HHI of weekly downloads/ }).waitFor();
  }, { expected: [/status of 400/] }));

test("names are offered as one types, out of all there are", () =>
  session("/explore?group=model", async (page) => {
    const { rows } = await json("/api/v1/query?stat=sum&group=model&top=100000");
    const models = rows.map((/** @type {{ unit: string | null }} */ { unit }) => unit ?? "").filter(Boolean);
    const offered = await page.locator("#units option").evaluateAll((all) => all.map((one) => one.getAttribute("value")));
    const other = models.find((/** @type {string} */ model) => !offered.includes(model));
    assert(other !== undefined, "there are more models than a page offers");
    await page.getByLabel("Add by name").pressSequentially(other.slice(0, -1));
    await page.locator(`#units option[value="${other}"]`).waitFor({ state: "attached" });
  }));

test("a stretch is zoomed into by dragging, and left by going back", () =>
  session("/explore", async (page) => {
    const picture = page.getByRole("figure").locator(".desk svg");
    await picture.scrollIntoViewIfNeeded();
    const box = await picture.boundingBox();
    assert(box !== null);
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL((address) => address.searchParams.get("from") !== null);
    const { from, to } = Object.fromEntries(new URL(page.url()).searchParams);
    assert(from !== undefined && to !== undefined && from < to, "a stretch of time");
    await page.goBack();
    await page.waitForURL((address) => address.searchParams.get("from") === null);
  }));

test("rows say their values by keys, and a pointer over them moves nothing", () =>
  session("/explore?group=modality&chart=dots", async (page) => {
    const figure = page.getByRole("figure");
    await figure.locator(".picture").hover();
    assert.equal(await figure.locator(".crosshair").count(), 0);
    await figure.getByRole("group", { name: /left and right arrow keys/ }).focus();
    await page.keyboard.press("ArrowLeft");
    await figure.locator("[aria-live=polite]").filter({ hasText: / %/ }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), DESK.width);
  }));

describe("Power", () => {
  test("the Lorenz curve follows the slider, and the address when it rests", () =>
    session("/power", async (page) => {
      const slider = page.getByRole("slider", { name: "Curve in the week of" });
      const before = await slider.getAttribute("aria-valuetext");
      await slider.focus();
      await page.keyboard.press("Home");
      await page.locator("#lorenz").getByText("at the newest date").filter({ visible: true }).first().waitFor();
      const after = await slider.getAttribute("aria-valuetext");
      assert.notEqual(after, before);
      const day = String(after).replaceAll("\u00a0", " ");
      await page.locator("#lorenz .subtitle").filter({ hasText: new RegExp(day.replaceAll(" ", "\\s")) }).waitFor();
      await page.waitForURL((address) => address.searchParams.get("at") !== null);
      assert.deepEqual(await seriousViolations(page), []);
      await page.goBack();
      await page.waitForURL((address) => address.searchParams.get("at") === null);
      await page.locator("#lorenz .picture [data-key=newest]").first().waitFor({ state: "detached" });
      assert.equal(await page.getByRole("slider").getAttribute("aria-valuetext"), before);
    }));

  test("figures below come as a reader comes near, and stay where the address says", () =>
    session("/power", async (page) => {
      assert.equal(await page.locator("figure#ranks").count(), 0, "not before");
      await page.getByRole("link", { name: "Show the figure: How places changed" }).click();
      await page.waitForURL((address) => address.searchParams.getAll("open").includes("ranks"));
      await page.getByRole("heading", { name: /^Places of the largest uploaders/ }).waitFor();
      await page.keyboard.press("End");
      await page.getByRole("heading", { name: /^Share of weekly downloads by country/ }).waitFor();
      await page.getByRole("heading", { name: /^What changed the concentration over uploaders/ }).waitFor();
      await page.getByRole("heading", { name: /^What changed the share of / }).waitFor();
      assert.deepEqual(await seriousViolations(page), []);
      await page.reload();
      await page.getByRole("heading", { name: /^Places of the largest uploaders/ }).waitFor();
    }));
});

describe("with scripts off", () => {
  test("units are added and taken away by the form", () =>
    session("/explore", async (page) => {
      for (const owner of owners) {
        await page.getByLabel("Add by name").fill(owner);
        await page.getByRole("button", { name: "Add" }).click();
        await page.getByRole("link", { name: `Remove ${owner}` }).waitFor();
      }
      assert.deepEqual(await seriesOf(page), owners);
      await page.getByRole("link", { name: `Remove ${owners[0]}` }).click();
      await page.getByRole("link", { name: `Remove ${owners[0]}` }).waitFor({ state: "detached" });
      assert.deepEqual(units(page), owners.slice(1));
    }, { javaScriptEnabled: false }));

  test("the date of the curve is a list, and figures below are links", () =>
    session("/power", async (page) => {
      const form = page.getByRole("form", { name: "Date of the curve" });
      const dates = await form.getByRole("combobox").locator("option").allInnerTexts();
      await form.getByRole("combobox").selectOption({ index: 0 });
      await form.getByRole("button", { name: "Show" }).click();
      await page.waitForURL((address) => address.searchParams.get("at") !== null);
      const day = (dates[0] ?? "").replaceAll("\u00a0", " ");
      await page.locator("#lorenz .subtitle").filter({ hasText: new RegExp(day.replaceAll(" ", "\\s")) }).waitFor();
      await page.getByRole("link", { name: "Show the figure: Where owners are" }).click();
      await page.getByRole("heading", { name: /^Where uploaders are/ }).waitFor();
      assert.notEqual(new URL(page.url()).searchParams.get("at"), null, "the date stays");
    }, { javaScriptEnabled: false }));
});

/** @param {Page} page */
function units(page) {
  return new URL(page.url()).searchParams.getAll("unit").filter((unit) => unit !== "");
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>} the keys of the series of the page's figure
 */
async function seriesOf(page) {
  const address = await page.getByRole("figure").getByRole("link", { name: "JSON", exact: true }).getAttribute("href");
  const { series } = await json(address ?? "");
  return series.map((/** @type {{ key: string }} */ { key }) => key);
}
