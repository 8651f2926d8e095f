// The overview and the pages about openness and intermediaries: what is told first, where it leads, what comes later,
// and the same without scripts and on a phone.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";

/** @typedef {import("playwright-core").Page} Page */

/** Results of 300 models take seconds on a busy machine. */
const WAIT_LIMIT_MS = 60_000;

const { session } = stage();

describe("the overview", () => {
  test("tells five headlines with a picture and a direction, and each leads to its chart", () =>
    session("/", async (page) => {
      const cards = page.locator(".headline");
      assert.equal(await cards.count(), 5);
      for (const card of await cards.all()) {
        assert.equal(await card.locator("svg.chart-spark").count(), 1);
        assert.match(await card.locator(".moved").innerText(), /It (rose|fell)|cannot be told/);
        assert.match(await card.innerText(), /Data through/);
      }
      await cards.first().getByRole("link", { name: "Chart" }).click();
      await page.waitForURL(/\/power\?/);
      const said = await page.getByRole("heading", { level: 2 }).first().innerText();
      assert.match(said, /by uploader/);
    }));

  test("shows the test of each headline once it is worked out", () =>
    session("/", async (page) => {
      await page.locator(".headline .waits").first().waitFor({ state: "detached", timeout: WAIT_LIMIT_MS });
      await page.locator("[data-topic=leader] .tested").waitFor({ timeout: WAIT_LIMIT_MS });
      assert.doesNotMatch(await page.locator("[data-topic=leader]").innerText(), /Being computed/);
      // By now it is in the page as it arrives.
      const again = await page.request.get(page.url());
      assert.doesNotMatch(/data-topic="leader".*?<\/li>/s.exec(await again.text())?.[0] ?? "", /data-fragment/);
    }));

  test("is of original developers when that is chosen, and says so in the address", () =>
    session("/", async (page) => {
      await page.getByRole("link", { name: "Original developer" }).click();
      await page.waitForURL((address) => address.searchParams.get("attribution") === "developer");
      await page.getByText("Concentration over original developers").waitFor();
    }));
});

describe("without scripts", () => {
  test("the other pages open from the header, and a result that is computed is a link", () =>
    session(
      "/",
      async (page) => {
        await page.locator("header.site summary").click();
        await page.getByRole("link", { name: "Claims", exact: true }).click();
        await page.waitForURL(/\/replication/);
        await page.goto(new URL("/intermediaries", page.url()).href);
        const capture = page.locator("section").filter({ has: page.locator("#result-capture") });
        await capture.getByRole("link").first().click();
        await page.waitForURL(/\/results\/capture/);
        await page.getByText("Every number", { exact: true }).waitFor({ timeout: WAIT_LIMIT_MS });
      },
      { javaScriptEnabled: false, viewport: { width: 390, height: 844 } },
    ));

  test("the averages are of another number and weight by a form", () =>
    session(
      "/models?group=role",
      async (page) => {
        const form = page.getByRole("form", { name: "Which averages are shown" });
        await form.getByLabel("Each model counts").selectOption({ label: "Once" });
        await form.getByRole("button", { name: "Show" }).click();
        await page.waitForURL((address) => address.searchParams.get("weight") === "model");
        assert.equal(new URL(page.url()).searchParams.get("group"), "role", "the rest of the view stays");
        await page.getByRole("heading", { name: /each counted once/ }).waitFor();
      },
      { javaScriptEnabled: false },
    ));
});

describe("openness", () => {
  test("the flow says what each band is, and is taken along as numbers", () =>
    session("/openness", async (page) => {
      const figure = page.locator("[data-figure=transitions]");
      const bands = figure.locator(".desk path.flow");
      assert.notEqual(await bands.count(), 0);
      assert.match(await bands.first().locator("title").innerHTML(), / → .*%/);
      const href = await figure.getByRole("link", { name: "JSON" }).getAttribute("href");
      const json = await (await page.request.get(new URL(href ?? "", page.url()).href)).json();
      const points = json.series.flatMap((/** @type {any} */ one) => one.points);
      const sum = points.reduce((/** @type {number} */ all, /** @type {any} */ point) => all + point.value, 0);
      assert(Math.abs(sum - 1) < 1e-9, `${sum}`);
    }));
});

describe("a picture of a result", () => {
  const shown = (/** @type {Page} */ page) => page.locator("figure[data-figure=result]").first();

  test("is read by keys, has its table, and is taken away", () =>
    session("/results/countries", async (page) => {
      const figure = shown(page);
      await figure.locator(".picture").press("ArrowRight");
      await figure.locator(".readout").filter({ hasText: /^\s*\d{4}(-[Q\d]\d)?: \S+ \d/ }).waitFor({ state: "attached" });
      await figure.getByText("Table", { exact: true }).click();
      assert.notEqual(await figure.locator("details.numbers[open] tbody tr").count(), 0);
      const href = await figure.getByRole("link", { name: "CSV", exact: true }).first().getAttribute("href");
      const csv = await (await page.request.get(new URL(href ?? "", page.url()).href)).text();
      assert.match(csv, /^result,unit,what,when,/);
    }));

  test("hides a series by the address, and is the same within another page", () =>
    session("/results/capture", async (page) => {
      const button = shown(page).locator(".toggles button").first();
      await shown(page).getByText("Hide or show series").click();
      const key = await button.getAttribute("data-key");
      await button.click();
      await page.waitForURL((address) => address.searchParams.get("hide") === key);
      await page.reload();
      assert.equal(await button.getAttribute("aria-pressed"), "false");
      await page.goto(new URL("/intermediaries", page.url()).href);
      const within = page.locator("section").filter({ has: page.locator("#result-capture") }).locator("[data-figure=result]").first();
      await within.getByText("Take it away").waitFor({ timeout: WAIT_LIMIT_MS });
      assert.equal(await within.locator(".picture").getAttribute("tabindex"), "0", "scripts know of it");
    }));
});
