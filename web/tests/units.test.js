// Pages of single units: each sound on a phone, a tablet and a desk in both themes; found from a leaderboard, and by name.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stage } from "./stage.js";
import { soundPage } from "./support.js";

const WIDTHS = [390, 768, 1440];
/** @type {("light" | "dark")[]} */
const THEMES = ["light", "dark"];
/** Groups with the path and the parameter of their pages. */
const KINDS = [
  { group: "uploader", path: "/owner", parameter: "owner" },
  { group: "country", path: "/country", parameter: "country" },
  { group: "country_group", path: "/country-group", parameter: "country_group" },
  { group: "sector", path: "/sector", parameter: "sector" },
  { group: "license", path: "/license", parameter: "license" },
  { group: "library", path: "/library", parameter: "library" },
  { group: "task", path: "/task", parameter: "task" },
  { group: "family", path: "/family", parameter: "family" },
  { group: "size_band", path: "/unit", parameter: "unit" },
  { group: "model", path: "/model", parameter: "model" },
];

const { browser, json, origin, session } = stage();

/** @param {{ group: string, path: string, parameter: string }} kind */
async function largest({ group, path, parameter }) {
  const { standings } = await json(`/api/v1/leaderboard?group=${group}&top=1`);
  const unit = standings[0].unit;
  const query = new URLSearchParams({ [parameter]: unit });
  if (path === "/unit") query.set("group", group);
  return { unit, address: `${path}?${query}` };
}

describe("a page is sound", () => {
  for (const kind of KINDS) {
    for (const width of WIDTHS) {
      for (const theme of THEMES) {
        test(`${kind.path}, ${width} px, ${theme}`, async () => {
          const { address } = await largest(kind);
          await soundPage(browser(), origin() + address, { width, theme, hasCharts: true });
        });
      }
    }
  }
  for (const width of [390, 1440]) {
    test(`averages of a number, ${width} px`, async () => {
      const address = `${origin()}/attribute?attribute=parameters`;
      await soundPage(browser(), address, { width, theme: "light", hasCharts: true });
    });
  }
  for (const path of ["/attribute?attribute=license_family", "/attribute?attribute=model_name", "/task"]) {
    test(path, async () => {
      const hasCharts = path.includes("license_family");
      await soundPage(browser(), origin() + path, { width: 390, theme: "dark", hasCharts });
    });
  }
});

describe("ways to a page", () => {
  test("from the leaderboard to an owner, to one of its models, and back", () =>
    session("/power", async (page) => {
      const leaders = page.getByRole("region", { name: "Who leads" });
      const first = leaders.getByRole("rowheader").first().getByRole("link");
      const owner = (await first.textContent())?.trim() ?? "";
      await first.click();
      await page.getByRole("heading", { level: 1, name: owner, exact: true }).waitFor();
      const used = page.getByRole("region", { name: "Table of the most used models" });
      const model = used.getByRole("rowheader").first().getByRole("link");
      const name = (await model.textContent())?.trim() ?? "";
      assert(name.startsWith(`${owner}/`), "its own model");
      await model.click();
      await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
      await page.getByRole("heading", { name: "Where it stands" }).waitFor();
      await page.goBack();
      await page.getByRole("heading", { level: 1, name: owner, exact: true }).waitFor();
    }));

  test("the averages of a number by download, then by model, and away with them", () =>
    session("/attribute?attribute=parameters", async (page) => {
      await page.getByRole("heading", { name: /^Parameters of models, by weekly/ }).waitFor();
      await page.getByRole("link", { name: "By model, each once" }).click();
      await page.getByRole("heading", { name: "Parameters of models, each counted once" }).waitFor();
      const figure = page.locator("figure[data-figure=averages]");
      const href = await figure.getByRole("link", { name: "CSV", exact: true }).first().getAttribute("href");
      assert(href, "the figure has its numbers");
      const table = await (await fetch(new URL(href, origin()))).text();
      assert.match(table, /,mean,Mean,\d/);
      assert(href.includes("weight=model"), href);
    }));

  test("a name that is not there is refused with what is like it", () =>
    session("/power", async (page) => {
      const { unit } = await largest({ group: "uploader", path: "/owner", parameter: "owner" });
      const response = await page.goto(`${origin()}/owner?owner=${unit.slice(0, -1)}x${unit.slice(-1)}`);
      assert.equal(response?.status(), 404);
      await page.getByRole("alert").getByText("Not in this collection").waitFor();
      await page.getByRole("link", { name: unit, exact: true }).click();
      await page.getByRole("heading", { level: 1, name: unit, exact: true }).waitFor();
    }, { expected: [/status of 404/] }));
});

describe("a family", () => {
  test("its tree is a picture and a list, and each branch can be looked at by itself", () =>
    session("/family", async (page) => {
      const table = page.getByRole("region", { name: "Table of the largest" });
      const rows = await table.getByRole("row").count();
      assert(rows > 2, "families are listed");
      await page.goto(await aDeepFamily());
      await page.getByRole("img", { name: /What is made from/ }).filter({ visible: true }).first().waitFor();
      const into = page.getByRole("link", { name: /models? below/ }).first();
      await into.click();
      await page.getByText("Shown is the branch of").waitFor();
      await page.getByRole("link", { name: "The whole family" }).click();
      await page.getByText("Shown is the branch of").waitFor({ state: "detached" });
    }));
});

/** @returns {Promise<string>} the page of a family in which something is made from what is made from the root */
async function aDeepFamily() {
  const { standings } = await json("/api/v1/leaderboard?group=family&top=40");
  for (const { unit } of standings) {
    const { members } = await json(`/api/v1/family?model=${encodeURIComponent(unit)}`);
    const bases = new Set(members.map((/** @type {{ base: string }} */ member) => member.base));
    const isDeep = members.some((/** @type {{ model: string }} */ { model }) => model !== unit && bases.has(model));
    if (isDeep) return `${origin()}/family?family=${encodeURIComponent(unit)}`;
  }
  throw new Error("the simulated Hub has no family of three levels");
}
