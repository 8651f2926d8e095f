// Shows a new release by itself: the server says what changed, and the page changes in place.
// A page that is not looked at does not listen; when it is again, it is first told the state of things.

import { enhance } from "./figure.js";
import { morph } from "./morph.js";

/** @typedef {{ collection: string, release: string }} Release */
/** @typedef {{ health: string | null, digest: string }} Jobs */

/** After this and up to twice as long a stream that was refused is asked for again. */
const RETRY_MS = 30_000;

/** @type {EventSource | undefined} */
let source;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;
/** @type {Map<string, string>} the newest release of each collection, as the server says */
const releases = new Map();
/** @type {Jobs | undefined} how the standing jobs stand, as the server says */
let jobs;
let isUnderWay = false;
let isWanted = false;

function open() {
  if (source !== undefined || document.hidden) return;
  clearTimeout(retry);
  source = new EventSource("/api/v1/events");
  source.addEventListener("release", ({ data }) => {
    /** @type {Release} */
    const { collection, release } = JSON.parse(data);
    releases.set(collection, release);
    void catchUp();
  });
  source.addEventListener("jobs", ({ data }) => {
    jobs = JSON.parse(data);
    void catchUp();
  });
  source.addEventListener("error", () => {
    // The browser comes back by itself after a stream that ended, but not after one that was refused.
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    retry = setTimeout(open, RETRY_MS * (1 + Math.random()));
  });
}

function close() {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

/** @returns {boolean} whether the server has something else to show than the page shows */
function isBehind() {
  const main = document.querySelector("main");
  const mark = document.querySelector("[data-health]");
  const follows = main?.dataset["follows"];
  if (jobs !== undefined) {
    if (mark instanceof HTMLElement && mark.dataset["health"] !== (jobs.health ?? "")) return true;
    const digest = main?.dataset["jobs"];
    if (digest !== undefined && digest !== jobs.digest) return true;
  }
  if (follows === undefined) return false;
  if (follows !== "*") {
    const release = releases.get(follows);
    return release !== undefined && release !== main?.dataset["release"];
  }
  const rows = [...document.querySelectorAll("main [data-collection]")];
  const shown = new Map(rows.map((row) => [row.getAttribute("data-collection"), row.getAttribute("data-release")]));
  return [...releases].some(([collection, release]) => shown.get(collection) !== release);
}

/** Shows what the server has now, once however much is heard meanwhile, and again if something was. */
async function catchUp() {
  if (isUnderWay) {
    isWanted = true;
    return;
  }
  isUnderWay = true;
  try {
    do {
      isWanted = false;
      if (isBehind()) await refresh();
    } while (isWanted);
  } finally {
    isUnderWay = false;
  }
}

/** Fetches the page's own address and changes what differs. What cannot be had now leaves the page as it is. */
async function refresh() {
  const address = location.pathname + location.search;
  const response = await fetch(address).catch(() => undefined);
  if (response === undefined || !response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = document.querySelector("main");
  const fresh = page.querySelector("main");
  // The reader has gone to another view meanwhile, which is of the newest release.
  if (main === null || fresh === null || address !== location.pathname + location.search) return;
  const before = { release: main.dataset["release"], reach: reach(document), standing: standing(document) };
  enhance(page);
  morph(main, fresh);
  for (const part of ["header.site nav", "header.site .standing", "footer.site .inside"]) {
    const shown = document.querySelector(part);
    const next = page.querySelector(part);
    if (shown !== null && next !== null) morph(shown, next);
  }
  document.title = page.title;
  announce(before);
  document.dispatchEvent(new CustomEvent("weighhouse:shown", { detail: "refresh" }));
}

/**
 * Says what became new, for those who do not see it.
 * @param {{ release: string | undefined, reach: string, standing: string }} before
 */
function announce(before) {
  const region = document.querySelector("[data-updates]");
  const main = document.querySelector("main");
  if (region === null) return;
  const words = [];
  const isNew = main?.dataset["release"] !== before.release || reach(document) !== before.reach;
  if (isNew && reach(document) !== "") words.push(`Updated: data through ${reach(document)}`);
  if (standing(document) !== before.standing) words.push(standing(document) || "Data on time again");
  region.textContent = words.join(". ");
}

/** @param {Document} page */
function reach(page) {
  return page.querySelector(".reach strong")?.textContent ?? "";
}

/** @param {Document} page */
function standing(page) {
  return page.querySelector(".standing [data-words]")?.textContent ?? "";
}

addEventListener("pagehide", close);
addEventListener("pageshow", open);
document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
// A view that was fetched before a switch and came after it is behind, too.
document.addEventListener("weighhouse:shown", (event) => {
  if (event instanceof CustomEvent && event.detail !== "refresh") void catchUp();
});
open();
