// Every page, on a phone and on a desk, in both themes: it arrives whole, fits, draws something, and is accessible.

import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { soundPage } from "./support.js";

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
/** Tables only, or a question that twenty weeks do not answer, which says so in place of its picture. */
const WITHOUT_CHARTS = ["/attributes", "/results", "/replication", "/robustness", "/robustness/china-rises", "/whatif", "/api"];
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];

const { browser, origin } = stage();

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
  await soundPage(browser(), origin() + path, { width, theme, hasCharts: !WITHOUT_CHARTS.includes(path) });
}
