// What the tests of a file stand on: a dashboard and a browser, started before the first of them and stopped after
// the last, and pages that must have nothing to complain of.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { complaintsOf, startBrowser, startDashboard } from "./support.js";

/** @typedef {import("playwright-core").Page} Page */

/** What does not happen within this does not happen. */
const WAIT_LIMIT_MS = 30_000;

/**
 * How a page is looked at: as a context of Playwright, on a desk if nothing else is said.
 * @typedef {import("playwright-core").BrowserContextOptions & { expected?: RegExp[] }} Look
 *   `expected` is what the browser may complain of
 */

/**
 * @param {Parameters<typeof startDashboard>[0] & { flags?: string[] }} [options] those of the dashboard, and flags of Chromium
 * @param {() => Promise<void>} [prepare] what is done before the first test, once both are there
 */
export function stage({ flags = [], ...data } = {}, prepare = undefined) {
  /** @type {import("./support.js").Dashboard | undefined} */
  let dashboard;
  /** @type {import("playwright-core").Browser | undefined} */
  let browser;

  before(async () => {
    dashboard = await startDashboard(data);
    browser = await startBrowser(flags);
    await prepare?.();
  });

  after(async () => {
    await browser?.close();
    await dashboard?.stop();
  });

  const standing = () => {
    assert(browser && dashboard, "started before the first test");
    return { browser, dashboard };
  };

  return {
    browser: () => standing().browser,
    /** @returns {string} the address of the dashboard, without a closing slash */
    origin: () => standing().dashboard.origin,
    /** @returns {string} its data directory */
    data: () => standing().dashboard.data,

    /**
     * @param {string} path
     * @returns {Promise<any>} what an address answers, as JSON
     */
    json: async (path) => {
      const response = await fetch(new URL(path, standing().dashboard.origin));
      assert.equal(response.status, 200, path);
      return response.json();
    },

    /**
     * Opens an address, by its path or whole, and takes a walk from there.
     * @param {string} path
     * @param {(page: Page) => Promise<void>} walk
     * @param {Look} [look]
     */
    session: async (path, walk, { expected = [], ...look } = {}) => {
      const { browser, dashboard } = standing();
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...look });
      context.setDefaultTimeout(WAIT_LIMIT_MS);
      try {
        const page = await context.newPage();
        const complaints = complaintsOf(page);
        await page.goto(new URL(path, dashboard.origin).href, { waitUntil: "load" });
        await walk(page);
        const unexpected = complaints.filter((one) => !expected.some((pattern) => pattern.test(one)));
        assert.deepEqual(unexpected, [], "nothing on the console");
      } finally {
        await context.close();
      }
    },
  };
}
