// What every browser flow needs: a server on simulated data and a Chromium, both started and torn down here.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import axe from "axe-core";
import { chromium } from "playwright-core";

/** A cold start on a busy machine takes seconds; anything beyond this is a hang. */
const START_LIMIT_MS = 60_000;
/** The server closes within this after an interrupt, or the flow fails. */
const STOP_LIMIT_MS = 10_000;
/** Making and building the simulated history is bounded too. */
const DATA_LIMIT_MS = 300_000;

const CHROMIUM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// Without the last five, Chromium looks for hosts outside this machine at every start.
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A running server on its own temporary data.
 * @typedef {object} Dashboard
 * @property {string} data its data directory
 * @property {string} origin address without a closing slash, such as `http://127.0.0.1:41234`
 * @property {() => Promise<void>} stop interrupts the server, fails if it does not end cleanly, and removes its data
 */

/** A year of an economy whose history is planted: a country rises, an owner consolidates, models are made from models. */
export const PLANTED_YEAR = ["--scenario", "planted", "--owners", "60", "--weeks", "52", "--seed", "11"];

/** All weeks of 2024 and 2025, which most claims of the paper are about. */
export const PAPERS_YEARS = ["--weeks", "106", "--until", "2026-01-05"];

/**
 * Makes a small simulated history (20 weeks, 300 models, seed 7), builds all layers from it and serves them on a free port.
 * @param {{ isEmpty?: boolean, weeks?: string[], history?: string[] }} [options] `isEmpty` serves a data directory with
 *   nothing in it; `weeks` are other weeks than the last 20, `history` is another history altogether
 * @returns {Promise<Dashboard>}
 */
export async function startDashboard({
  isEmpty = false,
  weeks = ["--weeks", "20"],
  history = [...weeks, "--models", "300", "--seed", "7"],
} = {}) {
  const data = await mkdtemp(join(tmpdir(), "weighhouse-web-"));
  try {
    if (!isEmpty) await simulated(data, history);
    const { server, origin } = await serve(data);
    const stop = async () => {
      try {
        await interrupt(server);
      } finally {
        await rm(data, { recursive: true, force: true });
      }
    };
    return { data, origin, stop };
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Fills a data directory. Where `WEIGHHOUSE_WEB_DATA` names a folder, as `cargo xtask test` does, tests of the same weeks
 * take copies of what the first of them has made there.
 * @param {string} data
 * @param {string[]} history
 */
async function simulated(data, history) {
  const shared = process.env["WEIGHHOUSE_WEB_DATA"];
  const made = shared && join(shared, history.join(""));
  if (made && existsSync(made)) {
    await cp(made, data, { recursive: true });
    return;
  }
  await weighhouse(data, ["simulate-history", ...history]);
  await weighhouse(data, ["build"]);
  if (!made) return;
  // Whole or not at all: another file may look for it meanwhile.
  const beside = await mkdtemp(`${made}-`);
  await cp(data, beside, { recursive: true });
  await rename(beside, made).catch(() => undefined);
}

/**
 * Starts the system's Chromium without a window.
 * @param {string[]} [flags] beside those that every test has
 * @returns {Promise<import("playwright-core").Browser>}
 */
export async function startBrowser(flags = []) {
  const executablePath = process.env["CHROMIUM"] ?? CHROMIUM_PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(`no Chromium: set CHROMIUM, or install one at ${CHROMIUM_PATHS.join(" or ")}`);
  }
  return chromium.launch({ executablePath, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
}

/**
 * Listens to a page from now on.
 * @param {import("playwright-core").Page} page
 * @returns {string[]} what it complains of, as it comes: script errors, error lines of the console, failed requests
 */
export function complaintsOf(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("requestfailed", (request) => {
    // The browser itself gives a request up when its page is left, or asks for something else instead; a server
    // that fails one, and a policy that forbids one, have other words for it.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`${request.url()} failed`);
  });
  return complaints;
}

/**
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>} one line for each serious or critical finding: rule, what is wrong, first element
 */
export async function seriousViolations(page) {
  // Evaluated rather than added as a script element, which the page's content policy forbids.
  await page.evaluate(axe.source);
  /** @type {import("axe-core").AxeResults} */
  const results = await page.evaluate(() =>
    /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ["violations"] }),
  );
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}, first ${nodes[0]?.target.join(" ")})`);
}

/**
 * Visits a page and fails unless it arrives whole, fits, is accessible and complains of nothing.
 * @param {import("playwright-core").Browser} browser
 * @param {string} address
 * @param {{ width: number, theme: "light" | "dark", hasCharts: boolean }} options
 */
export async function soundPage(browser, address, { width, theme, hasCharts }) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  try {
    const page = await context.newPage();
    const complaints = complaintsOf(page);

    const response = await page.goto(address, { waitUntil: "load" });
    assert.equal(response?.status(), 200);
    assert.equal(await page.locator("h1").count(), 1, "one h1");
    const pictures = page.locator("svg:has(> title)").filter({ visible: true });
    if (hasCharts) {
      assert.notEqual(await pictures.count(), 0, "a visible chart with a title");
    }
    const contentWidth = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(contentWidth <= width, `the page is ${contentWidth} px wide and scrolls sideways`);
    assert.deepEqual(await seriousViolations(page), []);
    assert.deepEqual(complaints, [], "nothing on the console");
  } finally {
    await context.close();
  }
}

/** @returns {string} path of the built binary */
function binary() {
  const given = process.env["WEIGHHOUSE_BIN"];
  if (given !== undefined) {
    return given;
  }
  const target = process.env["CARGO_TARGET_DIR"] ?? fileURLToPath(new URL("../../target", import.meta.url));
  return join(target, "debug", "weighhouse");
}

/**
 * Runs one command of the binary to its end; a non-zero exit fails with what the command said.
 * @param {string} data
 * @param {string[]} command
 */
export async function weighhouse(data, command) {
  await promisify(execFile)(binary(), ["--data", data, ...command], { timeout: DATA_LIMIT_MS });
}

/**
 * @param {string} data
 * @returns {Promise<{ server: import("node:child_process").ChildProcess, origin: string }>}
 */
async function serve(data) {
  const server = spawn(binary(), ["--data", data, "serve", "--port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const late = setTimeout(() => server.kill("SIGKILL"), START_LIMIT_MS);
  /** @type {string[]} */
  const said = [];
  try {
    const origin = await new Promise((resolve, reject) => {
      // Read to the end, not only to this line: a talkative server would block on a full pipe.
      const lines = createInterface({ input: server.stderr });
      lines.on("line", (line) => {
        said.push(line);
        const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
      lines.on("close", () => reject(new Error(`the server did not say where it listens:\n${said.join("\n")}`)));
      server.on("error", reject);
    });
    return { server, origin };
  } finally {
    clearTimeout(late);
  }
}

/** @param {import("node:child_process").ChildProcess} server */
async function interrupt(server) {
  if (server.exitCode !== null || server.signalCode !== null) {
    throw new Error(`the server ended by itself (${server.exitCode ?? server.signalCode})`);
  }
  const ended = once(server, "exit");
  const late = setTimeout(() => server.kill("SIGKILL"), STOP_LIMIT_MS);
  server.kill("SIGINT");
  const [code, signal] = await ended;
  clearTimeout(late);
  if (code !== 0) {
    throw new Error(`the server did not stop cleanly when interrupted (${code ?? signal})`);
  }
}
