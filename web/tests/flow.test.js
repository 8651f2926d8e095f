// A reader's session: another view, a series hidden, values read by keys, the numbers taken along, scripts off,
// and at every step the word that the data are simulated.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */
/** @typedef {import("../figure.js").FigureNumbers & { title: string, simulated: boolean }} Numbers */

const PAGES = ["/", "/power", "/models", "/openness", "/intermediaries", "/attributes", "/results", "/replication", "/robustness", "/whatif", "/data"];
/** Every answer about data; `indicators` and `openapi.json` only describe. */
const ANSWERS = [
  "query?stat=hhi,gini",
  "leaderboard",
  "replication",
  "robustness/china-rises",
  "collections",
  "attributes",
  "status",
];

const { origin, session } = stage();

describe("a view", () => {
  test("another group changes address and title, and keeps the focus", () =>
    session("/power", async (page) => {
      await groupSelect(page).focus();
      await groupSelect(page).selectOption({ label: "Sector" });
      await page.waitForURL((address) => address.searchParams.get("group") === "sector");
      await sharesBy(page, "sector").waitFor();
      await page.locator("select:focus").and(groupSelect(page)).waitFor();
      assert.equal(await sharesBy(page, "country group").count(), 0, "the old figure is gone");
    }));

  test("a hidden series stays hidden in address and after a reload, and comes back", () =>
    session("/power", async (page) => {
      await groupSelect(page).selectOption({ label: "Sector" });
      const figure = sharesBy(page, "sector");
      await figure.getByText("Hide or show series").click();
      await chip(figure, "industry", true).click();
      await chip(figure, "industry", false).and(page.locator(":focus")).waitFor();
      assert.deepEqual(hidden(page), ["industry"]);

      await page.reload();
      await chip(figure, "industry", false).waitFor();
      assert.deepEqual(hidden(page), ["industry"]);
      const inTable = figure.locator("tbody").getByText("industry", { exact: true });
      assert.equal(await inTable.count(), 0, "the table leaves the series out");

      // The drawing's own legend is a way back, too.
      await figure.getByText("industry (hidden)").filter({ visible: true }).click();
      await chip(figure, "industry", true).waitFor();
      assert.deepEqual(hidden(page), []);
      assert.notEqual(await inTable.count(), 0, "the table lists the series again");

      await page.goBack();
      await chip(figure, "industry", false).waitFor();
      assert.deepEqual(hidden(page), ["industry"]);
      await page.goBack();
      await sharesBy(page, "sector").waitFor();
      await figure.getByText("industry (hidden)").first().waitFor({ state: "detached" });
      assert.deepEqual(hidden(page), []);
      await page.goBack();
      await sharesBy(page, "country group").waitFor();
      assert.equal(await groupSelect(page).inputValue(), "country_group");
    }));

  test("a series of several figures is hidden in all of them, as the address says", () =>
    session("/models", async (page) => {
      // Models of unknown size and models of unknown licence have the same key.
      const figures = page.getByRole("figure").filter({ has: page.locator("button[data-key=unknown]") });
      const count = await figures.count();
      assert(count > 1, "several figures have the series");
      const shown = figures.getByText("Unknown (hidden)").filter({ visible: true });
      const first = figures.first();
      await first.getByText("Hide or show series").click();
      await chip(first, "Unknown", true).click();
      await chip(first, "Unknown", false).and(page.locator(":focus")).waitFor();
      await shown.nth(count - 1).waitFor();
      assert.deepEqual(hidden(page), ["unknown"]);

      // Any of the figures shows it again, in all of them.
      const last = figures.last();
      await last.getByText("Hide or show series").click();
      await chip(last, "Unknown", false).click();
      await chip(last, "Unknown", true).and(page.locator(":focus")).waitFor();
      await shown.first().waitFor({ state: "detached" });
      assert.deepEqual(hidden(page), []);
    }));

  test("a hidden series survives another way of drawing, and not another group", () =>
    session("/power?group=sector", async (page) => {
      const figure = sharesBy(page, "sector");
      await figure.getByText("Hide or show series").click();
      await chip(figure, "industry", true).click();
      await page.waitForURL((address) => address.searchParams.getAll("hide").includes("industry"));
      await page.getByLabel("Drawn as").selectOption({ label: "Lines" });
      await page.waitForURL((address) => address.searchParams.get("chart") === "line");
      assert.deepEqual(hidden(page), ["industry"]);
      await groupSelect(page).selectOption({ label: "Country group" });
      await page.waitForURL((address) => address.searchParams.get("group") === "country_group");
      assert.deepEqual(hidden(page), []);
    }));

  test("the leaderboard of original developers is the API's", () =>
    session("/power", async (page) => {
      const leaders = page.getByRole("region", { name: "Who leads" });
      await leaders.getByRole("columnheader", { name: "Uploader", exact: true }).waitFor();
      assert.deepEqual(await leaders.getByRole("rowheader").allInnerTexts(), await leadersBy("uploader"));

      await leaders.getByRole("link", { name: "Original developers" }).click();
      await page.waitForURL((address) => address.searchParams.get("attribution") === "developer");
      await leaders.getByRole("columnheader", { name: "Developer", exact: true }).waitFor();
      await leaders.getByText("The largest original developers by weekly downloads").waitFor();
      await page.getByRole("heading", { name: /over original developers/i }).first().waitFor();
      assert.equal(await page.getByLabel("Owners are", { exact: true }).inputValue(), "developer");
      assert.deepEqual(await leaders.getByRole("rowheader").allInnerTexts(), await leadersBy("developer"));
    }));
});

describe("the numbers of a figure", () => {
  test("arrow keys speak date and values", () =>
    session("/power?group=sector", async (page) => {
      const figure = page.getByRole("figure").first();
      const numbers = await numbersOf(figure);
      const dates = [...new Set(numbers.series.flatMap(({ points }) => points.map(({ at }) => at ?? "")))].sort();
      const [earlier = "", newest = ""] = dates.slice(-2);

      await figure.getByRole("group", { name: /left and right arrow keys/ }).focus();
      for (const [key, date] of /** @type {const} */ ([
        ["ArrowLeft", newest],
        ["ArrowLeft", earlier],
        ["ArrowRight", newest],
      ])) {
        await page.keyboard.press(key);
        await assertSpoken(figure, numbers, date);
      }
      // Nothing lies beyond the newest: one step to the right is none, so one to the left is one.
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowLeft");
      await assertSpoken(figure, numbers, earlier);
    }));

  test("the table has every number of the JSON", () =>
    session("/power?group=sector", async (page) => {
      for (const figure of await page.getByRole("figure").all()) {
        const { title, series } = await numbersOf(figure);
        const points = series.flatMap(({ label, points }) => points.map((point) => ({ label, ...point })));
        points.sort((a, b) => a.x - b.x);
        const table = figure.getByRole("region", { name: `Table: ${title}` });
        assert.equal(await table.count(), 0, "the table is closed at first");
        await figure.getByText("Table", { exact: true }).click();
        await table.waitFor();
        const rows = await table.locator("tbody tr").evaluateAll((rows) =>
          rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")),
        );
        assert.equal(rows.length, points.length, `rows of "${title}"`);
        for (const [index, { label, value }] of points.entries()) {
          const [, name, text = ""] = rows[index] ?? [];
          assert.equal(name, label);
          assertWritten(text, value);
        }
      }
    }));

  test("SVG, CSV and JSON are there and agree", () =>
    session("/power?group=sector", async (page) => {
      const figures = await page.getByRole("figure").all();
      assert.equal(figures.length, 4);
      for (const figure of figures) {
        const { title, series, simulated } = await numbersOf(figure);
        assert.equal(simulated, true);
        const svg = await file(figure, "SVG", "image/svg+xml");
        assert(svg.startsWith("<svg ") && svg.includes(`>${title}</title>`), "the drawing has the figure's title");
        assert.match(svg, /Simulated data/);

        const [header = [], ...rows] = cellsOf(await file(figure, "CSV", "text/csv; charset=utf-8"));
        /** @param {string} name */
        const column = (name) => rows.map((row) => row[header.indexOf(name)]);
        const points = series.flatMap(({ key, points }) => points.map((point) => ({ key, ...point })));
        assert.deepEqual(column("series"), points.map(({ key }) => key));
        assert.deepEqual(column("at"), points.map(({ at, x }) => at ?? String(x)));
        for (const name of /** @type {const} */ (["value", "low", "high"])) {
          const values = column(name).map((text) => (text === "" ? null : Number(text)));
          assert.deepEqual(values, points.map((point) => point[name]), name);
        }
        assert.deepEqual(new Set(column("simulated")), new Set(["true"]));
      }
    }));
});

test("with scripts off, the form works and the charts are there", () =>
  session("/power", async (page) => {
    const form = page.getByRole("form", { name: "What is shown" });
    await form.getByLabel("Shares by").selectOption({ label: "Sector" });
    await form.getByLabel("Owners are").selectOption({ label: "Original developer" });
    await form.getByRole("button", { name: "Show" }).click();
    await page.waitForURL((address) => address.searchParams.get("group") === "sector");
    assert.equal(new URL(page.url()).searchParams.get("attribution"), "developer");

    const figures = await page.getByRole("figure").all();
    assert.equal(figures.length, 4);
    for (const figure of figures) {
      // Of the two sizes in the page, the stylesheet shows one.
      const drawing = figure.getByRole("img");
      assert.equal(await drawing.count(), 1, "one drawing of each figure is shown");
      const box = await drawing.boundingBox();
      assert(box !== null && box.width > 200 && box.height > 100, "the drawing has room");
      assert.notEqual(await drawing.locator(".series path").count(), 0, "the drawing has marks");
    }
    await page.getByRole("img", { name: "Shares of weekly downloads by developer's sector" }).waitFor();
    assert.equal(await groupSelect(page).inputValue(), "sector");
    const buttons = await page.getByRole("button").allInnerTexts();
    assert.deepEqual(new Set(buttons), new Set(["Find", "Show"]), "no button that needs scripts");
  }, { javaScriptEnabled: false }));

describe("simulated data say so", () => {
  for (const path of PAGES) {
    test(path, () =>
      session(path, async (page) => {
        await page.getByRole("note").getByText("Simulated data").waitFor();
        for (const figure of await page.getByRole("figure").all()) {
          await figure.getByText("simulated data", { exact: true }).waitFor();
        }
        const response = await page.reload();
        assert.equal(response?.headers()["x-weighhouse-simulated"], "true");
      }));
  }

  for (const name of ANSWERS) {
    test(`/api/v1/${name}`, async () => {
      const response = await get(`/api/v1/${name}`, "application/json");
      assert.equal(response.headers.get("x-weighhouse-simulated"), "true");
      const body = await response.json();
      // What is about one collection says it once; what lists collections says it of each.
      const about = body.collections ?? [body];
      assert.notEqual(about.length, 0);
      for (const { simulated } of about) assert.equal(simulated, true);
    });
  }
});

/** @param {Page} page */
function groupSelect(page) {
  return page.getByLabel("Shares by");
}

/**
 * @param {Page} page
 * @param {string} group as the title says it
 */
function sharesBy(page, group) {
  const heading = page.getByRole("heading", { name: `Shares of weekly downloads by ${group}`, exact: true });
  return page.getByRole("figure").filter({ has: heading });
}

/**
 * @param {Locator} figure
 * @param {string} name of the series
 * @param {boolean} isShown
 */
function chip(figure, name, isShown) {
  return figure.getByRole("button", { name, exact: true, pressed: isShown });
}

/** @param {Page} page */
function hidden(page) {
  return new URL(page.url()).searchParams.getAll("hide");
}

/**
 * @param {string} path
 * @param {string} type that the answer must have
 */
async function get(path, type) {
  const response = await fetch(new URL(path, origin()));
  assert.equal(response.status, 200, path);
  assert.equal(response.headers.get("content-type"), type, path);
  return response;
}

/**
 * @param {Locator} figure
 * @param {string} name of the link
 * @param {string} type
 */
async function file(figure, name, type) {
  const address = await figure.getByRole("link", { name, exact: true }).getAttribute("href");
  assert(address !== null, `the link to ${name} leads somewhere`);
  const response = await get(address, type);
  assert.equal(response.headers.get("x-weighhouse-simulated"), "true");
  return response.text();
}

/**
 * @param {Locator} figure
 * @returns {Promise<Numbers>}
 */
async function numbersOf(figure) {
  return JSON.parse(await file(figure, "JSON", "application/json"));
}

/**
 * @param {"uploader" | "developer"} group
 * @returns {Promise<string[]>} the largest owners as the API has them
 */
async function leadersBy(group) {
  const { standings } = await (await get(`/api/v1/leaderboard?group=${group}`, "application/json")).json();
  assert.notEqual(standings.length, 0);
  return standings.map((/** @type {{ unit: string }} */ { unit }) => unit);
}

/**
 * The live region says the date, then the largest series, and every series that has a value.
 * @param {Locator} figure
 * @param {Numbers} numbers
 * @param {string} date
 */
async function assertSpoken(figure, numbers, date) {
  const spoken = figure.locator("[aria-live=polite]").filter({ hasText: `${date}: ` });
  await spoken.waitFor();
  const text = (await spoken.innerText()).trim();
  const values = numbers.series.flatMap(({ label, points }) => {
    const point = points.find(({ at }) => at === date);
    return point === undefined || point.value === null ? [] : [{ label, value: point.value, text: point.text }];
  });
  values.sort((a, b) => b.value - a.value);
  const [largest] = values;
  assert(largest !== undefined, `some value is known on ${date}`);
  assert(text.startsWith(`${date}: ${largest.label} ${largest.text}`), text);
  for (const { label, value, text: words } of values) {
    assert(text.includes(`${label} ${words}`), `"${label} ${words}" in "${text}"`);
    assertWritten(words, value);
  }
}

/**
 * The text is the value, rounded to the digits that it shows.
 * @param {string} text such as "12.34 %", "<0.01 %" or "10,000"
 * @param {number | null} value
 */
function assertWritten(text, value) {
  const [, below, digits = "", percent] = /^(<)?([\d,.]+)( %)?$/.exec(text) ?? [];
  if (value === null) return assert.equal(digits, "", `"${text}" for no value`);
  const plain = digits.replaceAll(",", "");
  const places = plain.includes(".") ? plain.length - plain.indexOf(".") - 1 : 0;
  const half = 0.5 * 10 ** -places + 1e-9;
  const exact = percent === undefined ? value : value * 100;
  const isRight = below === undefined ? Math.abs(Number.parseFloat(plain) - exact) <= half : exact > 0 && exact <= half;
  assert(isRight, `"${text}" for ${value}`);
}

/**
 * Reads CSV (RFC 4180) that has no line ends inside its cells.
 * @param {string} csv
 * @returns {string[][]} rows of equal length
 */
function cellsOf(csv) {
  const lines = csv.split("\r\n");
  assert.equal(lines.pop(), "", "the last line ends, too");
  const rows = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain,
    ),
  );
  for (const row of rows) assert.equal(row.length, rows[0]?.length, `cells of "${row.join("|")}"`);
  return rows;
}
