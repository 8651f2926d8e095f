// Every page, on a phone and on a desk, in both themes: it arrives whole, fits, draws something, and is accessible.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { soundPage, startBrowser, startDashboard } from "./support.js";

const PAGES = [
  "/",
  "/power",
  "/power?open=world",
  "/models",
  "/explore",
  "/explore?stat=rank&by=age",
  "/explore?group=modality&chart=dots",
  "/openness",
  "/intermediaries",
  "/attributes",
  "/results",
  "/results/countries",
  "/replication",
  "/robustness",
  "/robustness/china-rises",
  "/whatif",
  "/data",
  "/api",
];
const WIDTHS = [390, 768, 1440];
/** Tables only. */
const WITHOUT_CHARTS = ["/attributes", "/results", "/replication", "/robustness", "/whatif", "/api"];
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

for (const path of PAGES) {
  describe(path, () => {
    for (const width of WIDTHS) {
      for (const theme of THEMES) {
        test(`${width} px, ${theme}`, () => visit(path, width, theme));
      }
    }
  });
}

/**
 * @param {string} path
 * @param {number} width
 * @param {"light" | "dark"} theme
 */
async function visit(path, width, theme) {
  assert(browser && dashboard, "started before the first test");
  await soundPage(browser, dashboard.origin + path, { width, theme, hasCharts: !WITHOUT_CHARTS.includes(path) });
}
