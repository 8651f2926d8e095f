// What a reader takes away from a figure: files, citation and embed code, with and without scripts, and the figure in the
// page of somebody else.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { complaintsOf, seriousViolations, startBrowser, startDashboard } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */

const WIDTHS = [390, 768, 1440];
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];

/** @type {import("./support.js").Dashboard | undefined} */
let dashboard;
/** @type {import("playwright-core").Browser | undefined} */
let browser;

before(async () => {
  dashboard = await startDashboard();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await dashboard?.stop();
});

describe("the menu of a figure", () => {
  for (const colorScheme of THEMES) {
    for (const width of WIDTHS) {
      test(`opens, fits and is accessible (${width} px, ${colorScheme})`, () =>
        session("/power", { colorScheme, viewport: { width, height: 900 } }, async (page) => {
          const figure = page.getByRole("figure").first();
          await figure.getByText("Take it away").click();
          await figure.getByRole("link", { name: "PARQUET", exact: true }).waitFor();
          const { room, needed } = await page.evaluate(() => ({
            room: document.documentElement.clientWidth,
            needed: document.documentElement.scrollWidth,
          }));
          assert(needed <= room, `${needed} px in ${room} px`);
          assert.deepEqual(await seriousViolations(page), []);
        }));
    }
  }

  test("every link is a file of the type it promises", () =>
    session("/power?group=sector", {}, async (page) => {
      const figure = page.getByRole("figure").first();
      await figure.getByText("Take it away").click();
      const kinds = {
        CSV: "text/csv; charset=utf-8",
        JSON: "application/json",
        PARQUET: "application/vnd.apache.parquet",
        ARROW: "application/vnd.apache.arrow.file",
        SVG: "image/svg+xml",
        PNG: "image/png",
        "as a card, dark": "image/png",
        ZIP: "application/zip",
      };
      for (const [name, kind] of Object.entries(kinds)) {
        const link = figure.locator("details.takeaway").getByRole("link", { name, exact: true });
        const address = await link.getAttribute("href");
        assert(address !== null, name);
        const response = await fetch(new URL(address, origin()));
        assert.equal(response.status, 200, address);
        assert.equal(response.headers.get("content-type"), kind, address);
        assert.equal(response.headers.get("x-weighhouse-simulated"), "true", address);
      }
    }));

  test("the citation is copied, and follows what is shown", () =>
    session("/power", { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      const figure = page.getByRole("figure").first();
      await figure.getByText("Take it away").click();
      await figure.locator("button[data-copy$=-citation]").click();
      await figure.getByRole("button", { name: "Copied" }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^weighhouse \(\d{4}\)\. Shares of .* Simulated data\. Source of the data: /);
      assert(copied.includes(`${origin()}/embed/shares?collection=`), copied);
      assert.match(copied, /&release=/, "what is cited stays what it was");

      await figure.getByText("Hide or show series").click();
      await figure.locator(".toggles button").first().click();
      await page.waitForFunction(() => document.querySelector(".takeaway [id$=-citation]")?.textContent?.includes("hide="));
      assert(await figure.locator("details.takeaway").evaluate((menu) => menu.hasAttribute("open")), "it stays open");
    }));

  test("works with scripts off", () =>
    session("/power", { javaScriptEnabled: false }, async (page) => {
      const figure = page.getByRole("figure").first();
      await figure.getByText("Take it away").click();
      await figure.getByRole("link", { name: "ZIP", exact: true }).waitFor();
      assert.match(await figure.locator("[id$=-citation]").innerText(), /^weighhouse \(/);
      assert.equal(await figure.getByRole("button", { name: "Copy" }).count(), 0, "no button that does nothing");
    }));
});

describe("an embedded figure", () => {
  test("stands in the page of somebody else, by the code of the menu", () =>
    session("/power", {}, async (page) => {
      const figure = page.getByRole("figure").first();
      await figure.getByText("Take it away").click();
      const code = await figure.locator("[id$=-embed]").innerText();
      assert.match(code, /^<iframe src="http/);
      await elsewhere(page, `<!DOCTYPE html><html lang="en"><title>x</title><main><h1>x</h1>${code}</main></html>`, async () => {
        const inside = page.frameLocator("iframe");
        await inside.getByRole("figure").waitFor();
        assert.equal(await inside.locator("svg.chart").count(), 2);
        assert.equal(await inside.getByRole("navigation").count(), 0, "nothing but the figure");
      });
    }));

  for (const theme of THEMES) {
    test(`is accessible on its own (${theme})`, () =>
      session(`/embed/shares?theme=${theme}`, { viewport: { width: 390, height: 700 } }, async (page) => {
        await page.getByRole("figure").waitFor();
        assert.deepEqual(await seriousViolations(page), []);
      }));
  }

  test("of a release that is gone says so", () =>
    session("/embed/shares?release=0000", {}, async (page) => {
      await page.getByText("These numbers are no longer shown.").waitFor();
      await page.getByRole("link", { name: "See the figure as it is now" }).click();
      await page.getByRole("figure").waitFor();
    }));
});

/** @returns {string} */
function origin() {
  assert(dashboard !== undefined);
  return dashboard.origin;
}

/**
 * Shows a page from another origin.
 * @param {Page} page
 * @param {string} html
 * @param {() => Promise<void>} check
 */
async function elsewhere(page, html, check) {
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(html));
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  try {
    const address = server.address();
    assert(address !== null && typeof address === "object");
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await check();
  } finally {
    server.close();
  }
}

/**
 * Opens an address in a browser of its own and closes it again; the page must not complain.
 * @param {string} path
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page) => Promise<void>} check
 */
async function session(path, options, check) {
  assert(browser !== undefined);
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(origin() + path);
    await check(page);
    // A page elsewhere has no picture for its tab.
    assert.deepEqual(complaints.filter((complaint) => !complaint.includes("favicon.ico")), []);
  } finally {
    await context.close();
  }
}
