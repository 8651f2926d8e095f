// What assistive technology is told of a part of a page, as text to be held against what a person has read.

/** @typedef {import("playwright-core").Locator} Locator */

/** Of a long table so many rows are kept at either end; that each row is there and right is tested by the numbers themselves. */
const ROWS_KEPT = 1;

/**
 * @param {Locator} part
 * @returns {Promise<string>} its roles, names, descriptions and states, as YAML
 */
export async function heard(part) {
  return shortened(masked(await part.ariaSnapshot()));
}

/**
 * Puts words in the place of what differs from run to run: the port, and the id of a release, which is a checksum of the code, too.
 * @param {string} text
 */
export function masked(text) {
  return text
    .replaceAll(/127\.0\.0\.1:\d+/g, "HOST")
    .replaceAll(/(\d{4}-\d{2}-\d{2}-)[0-9a-f]{8}\b/g, "$1RELEASE");
}

/**
 * Counts the rows in the middle of a table instead of telling each.
 * @param {string} text
 */
export function shortened(text) {
  const lines = text.split("\n");
  const out = [];
  for (let at = 0; at < lines.length; ) {
    const rows = rowsFrom(lines, at);
    if (rows.length > 2 * ROWS_KEPT + 2) {
      const indent = indentOf(lines[at] ?? "");
      out.push(...rows.slice(0, ROWS_KEPT).flat());
      out.push(`${" ".repeat(indent)}# ${rows.length - 2 * ROWS_KEPT} rows more`);
      out.push(...rows.slice(-ROWS_KEPT).flat());
    } else {
      out.push(...(rows.length > 0 ? rows.flat() : [lines[at] ?? ""]));
    }
    at += Math.max(1, rows.flat().length);
  }
  return out.join("\n");
}

/**
 * @param {string[]} lines
 * @param {number} start
 * @returns {string[][]} the rows of a table that follow each other from here, each with the lines within it
 */
function rowsFrom(lines, start) {
  /** @type {string[][]} */
  const rows = [];
  const indent = indentOf(lines[start] ?? "");
  for (const line of lines.slice(start)) {
    const depth = indentOf(line);
    if (depth === indent && /^- '?row "/.test(line.trimStart())) rows.push([line]);
    else if (depth > indent && rows.length > 0) rows.at(-1)?.push(line);
    else break;
  }
  return rows;
}

/** @param {string} line */
function indentOf(line) {
  return line.length - line.trimStart().length;
}
