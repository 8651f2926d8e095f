// Four readers with a question of theirs, each from the first page to what is taken away: a researcher at a desk, a policy
// person without scripts, a journalist on a phone, and a model developer by keyboard. They use nothing but what the
// pages offer.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { PLANTED_YEAR } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };

const staged = stage({ history: PLANTED_YEAR });

describe("a researcher", () => {
  test("asks how concentrated owners are since a date, and takes series, citation and method away", () =>
    reader({ viewport: DESK }, async (page) => {
      await page.locator("[data-topic=concentration]").getByRole("link", { name: "Concentration" }).click();
      // The headline is of 13 weeks, so that the choices of dates stand open.
      await page.getByLabel("From the week of").fill("2022-07-04");
      await page.locator("form.filters").getByRole("button", { name: "Show", exact: true }).first().click();
      await page.waitForURL((address) => address.searchParams.get("from") === "2022-07-04");

      const figure = page.getByRole("figure", { name: /Concentration over uploaders/ });
      await figure.getByText("Take it away").click();
      const line = await taken(figure, "In pandas");
      const address = /^import pandas; table = pandas\.read_parquet\("(http[^"]+)"\)$/.exec(line)?.[1];
      assert(address !== undefined, line);
      const numbers = await fetch(address);
      assert.equal(numbers.headers.get("content-type"), "application/vnd.apache.parquet");
      const series = await (await fetch(address.replace(".parquet?", ".csv?"))).text();
      const dates = series.trim().split("\n").slice(1).map((row) => row.slice(0, 10));
      assert.equal(dates[0], "2022-07-04", "no week before the one that was asked for");

      // The citation names the release, and its address shows a reader the same figure.
      const citation = await taken(figure, "Cite");
      assert.match(citation, /release simulated-history-planted-.* Simulated data\./);
      const title = (await figure.getByRole("heading").innerText()).trim();
      const cited = await page.context().newPage();
      await cited.goto(citation.slice(citation.lastIndexOf("http")));
      await cited.getByRole("heading", { level: 2, name: title }).waitFor();
      await cited.close();

      await figure.getByRole("link", { name: "hhi", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: /Herfindahl/ }).waitFor();
      await page.getByRole("heading", { name: "How it was checked" }).waitFor();
    }));
});

describe("a policy person", () => {
  test("asks for shares of countries, how sure they are, and a sentence and a picture, without scripts", () =>
    reader({ viewport: DESK, javaScriptEnabled: false }, async (page) => {
      await page.getByRole("link", { name: "Who holds how much" }).click();
      const figure = page.getByRole("figure").first();
      await figure.getByText("Take it away").click();
      const words = await taken(figure, "In words");
      const { series, title } = await json(page, figure);
      assert(words.startsWith(`${title}: in the week of `), words);
      const newest = series.filter(({ is_residual }) => !is_residual).map(({ label, points }) => ({ label, ...points.at(-1) }));
      const [largest] = newest.sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
      assert(words.includes(`${largest?.label} ${largest?.text?.replace("\u{a0}", " ")}`), words);
      assert.match(words, /Models that exist nowhere but in weighhouse's simulated Hub\. .*Simulated data\.$/);

      const slide = await figure.getByRole("link", { name: "for a slide", exact: true }).getAttribute("href");
      const svg = await (await page.request.get(new URL((slide ?? "").replace(".png?", ".svg?"), page.url()).href)).text();
      assert(svg.includes("Models that exist nowhere but in weighhouse"), "the picture says what it is a picture of");

      await page.getByLabel("Shares by").selectOption({ label: "European Union" });
      await page.locator("form.filters").getByRole("button", { name: "Show", exact: true }).first().click();
      await page.getByRole("heading", { name: /by seat in the European Union/ }).waitFor();
    }));
});

describe("a journalist", () => {
  test("asks who overtook whom, on a phone, and takes a link that shows these numbers and no others", () =>
    reader({ viewport: PHONE }, async (page) => {
      await page.getByRole("link", { name: "How places changed" }).click();
      const figure = page.getByRole("figure", { name: /Places of the largest/ });
      await figure.scrollIntoViewIfNeeded();
      await figure.getByText("Take it away").click();
      const link = await taken(figure, "Link");
      const title = (await figure.getByRole("heading").innerText()).trim();

      await page.goto(link);
      await page.getByRole("heading", { level: 2, name: title }).waitFor();
      await page.locator(".from").getByText("Models that exist nowhere but in").waitFor();
      // As it is met after the next release.
      await page.goto(link.replace(/release=[^&]+/, "release=an-earlier-one"));
      await page.getByText("These numbers are no longer shown").waitFor();
      await page.getByRole("link", { name: "See the figure as it is now" }).click();
      await page.getByRole("heading", { level: 2, name: title }).waitFor();
    }));
});

describe("a model developer", () => {
  test("asks whether a model is counted, and by keyboard alone finds peers, derivatives and a badge", () =>
    reader({ viewport: DESK }, async (page) => {
      const model = await aModelWithDerivatives();
      await press(page, page.getByRole("link", { name: "Is my model counted?" }).last());
      await page.getByLabel("Model", { exact: true }).focus();
      await page.keyboard.type(model);
      await page.keyboard.press("Enter");
      await page.getByRole("status").getByText(/Counted in 1 of 1 collection/).waitFor();
      await press(page, page.getByRole("link", { name: model, exact: true }).first());
      await page.getByRole("heading", { level: 1, name: model }).waitFor();

      const alike = page.getByRole("region", { name: "Table of its place among models like it" });
      assert.match(await alike.getByRole("row").nth(1).innerText(), /size: .*\d+ of \d+/);
      const made = page.getByRole("region", { name: "Table of models made from it" });
      assert.notEqual(await made.getByRole("rowheader").count(), 0, "models made from it are named");

      const figure = page.getByRole("figure").first();
      await figure.getByText("Take it away").focus();
      await page.keyboard.press("Enter");
      const badge = await taken(figure, "Badge");
      const [, picture, target] = /^\[!\[.+\]\((http[^)]+)\)\]\((http[^)]+)\)$/.exec(badge) ?? [];
      assert(picture !== undefined && target !== undefined, badge);
      const drawn = await fetch(picture);
      assert.equal(drawn.headers.get("content-type"), "image/svg+xml");
      assert((await drawn.text()).includes(model), "the badge is of the model");
      assert.equal((await fetch(target)).status, 200);
    }));
});

/**
 * @param {Locator} figure
 * @param {string} name
 * @returns {Promise<string>} what the menu of a figure has to copy under a name
 */
async function taken(figure, name) {
  const term = figure.locator("dt").getByText(name, { exact: true });
  return (await term.locator("xpath=following-sibling::dd[1]").locator(".copied").innerText()).trim();
}

/**
 * @param {Page} page
 * @param {Locator} figure
 * @returns {Promise<{ title: string, series: { label: string, is_residual: boolean, points: { value?: number, text?: string }[] }[] }>}
 */
async function json(page, figure) {
  const address = await figure.getAttribute("data-json");
  return (await page.request.get(new URL(address ?? "", page.url()).href)).json();
}

/**
 * @param {Page} page
 * @param {Locator} link is followed as by someone without a mouse
 */
async function press(page, link) {
  await link.focus();
  await page.keyboard.press("Enter");
}

/** @returns {Promise<string>} the base of the largest family that has members made directly from it */
async function aModelWithDerivatives() {
  const { standings } = await staged.json("/api/v1/leaderboard?group=family&top=20");
  for (const { unit } of standings) {
    const found = await fetch(`${staged.origin()}/api/v1/family?model=${encodeURIComponent(unit)}`);
    if (found.status !== 200) continue;
    const { members } = await found.json();
    if (members.some((/** @type {{ base?: string }} */ { base }) => base === unit)) return unit;
  }
  throw new Error("no family of this history has a derivative");
}

/**
 * One reader, who begins at the first page.
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page) => Promise<void>} walk
 */
function reader(options, walk) {
  return staged.session("/", walk, options);
}
