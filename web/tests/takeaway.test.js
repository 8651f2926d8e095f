// What a reader takes away from a figure: files, citation and embed code, with and without scripts, and the figure in the
// page of somebody else.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { seriousViolations } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */

const WIDTHS = [390, 768, 1440];
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];

const { origin, session } = stage();

describe("the menu of a figure", () => {
  for (const colorScheme of THEMES) {
    for (const width of WIDTHS) {
      test(`opens, fits and is accessible (${width} px, ${colorScheme})`, () =>
        session("/power", async (page) => {
          const figure = page.getByRole("figure").first();
          await figure.getByText("Take it away").click();
          await figure.getByRole("link", { name: "PARQUET", exact: true }).waitFor();
          const { room, needed } = await page.evaluate(() => ({
            room: document.documentElement.clientWidth,
            needed: document.documentElement.scrollWidth,
          }));
          assert(needed <= room, `${needed} px in ${room} px`);
          assert.deepEqual(await seriousViolations(page), []);
        }, { colorScheme, viewport: { width, height: 900 } }));
    }
  }

  test("every link is a file of the type it promises", () =>
    session("/power?group=sector", async (page) => {
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
    session("/power", async (page) => {
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
    }, { permissions: ["clipboard-read", "clipboard-write"] }));

  test("works with scripts off", () =>
    session("/power", async (page) => {
      const figure = page.getByRole("figure").first();
      await figure.getByText("Take it away").click();
      await figure.getByRole("link", { name: "ZIP", exact: true }).waitFor();
      assert.match(await figure.locator("[id$=-citation]").innerText(), /^weighhouse \(/);
      assert.equal(await figure.getByRole("button", { name: "Copy" }).count(), 0, "no button that does nothing");
    }, { javaScriptEnabled: false }));
});

describe("an embedded figure", () => {
  test("stands in the page of somebody else, by the code of the menu", () =>
    session("/power", async (page) => {
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
      // A page elsewhere has no picture for its tab.
    }, { expected: [/favicon\.ico/] }));

  for (const theme of THEMES) {
    test(`is accessible on its own (${theme})`, () =>
      session(`/embed/shares?theme=${theme}`, async (page) => {
        await page.getByRole("figure").waitFor();
        assert.deepEqual(await seriousViolations(page), []);
      }, { viewport: { width: 390, height: 700 } }));
  }

  test("of a release that is gone says so", () =>
    session("/embed/shares?release=0000", async (page) => {
      await page.getByText("These numbers are no longer shown.").waitFor();
      await page.getByRole("link", { name: "See the figure as it is now" }).click();
      await page.getByRole("figure").waitFor();
    }));
});

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
