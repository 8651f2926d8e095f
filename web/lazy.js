// Fetches the parts of a page that were being computed when it was sent, and shows each when it is there.

import { enhance } from "./figure.js";

/** A part is asked for again after this, and a little later each time, as long as somebody looks. */
const RETRY_MS = 3000;
const MOST_TRIES = 40;

/** @type {WeakSet<Element>} parts that are being fetched */
const underWay = new WeakSet();

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {HTMLElement} part */
async function fill(part) {
  const address = part.dataset["fragment"] ?? "";
  for (let tries = 1; tries <= MOST_TRIES && part.isConnected; tries += 1) {
    if (document.hidden) {
      await new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
    }
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) {
      const holder = document.createElement("template");
      holder.innerHTML = await response.text();
      // The reader has gone to another view meanwhile, or the page shows another release.
      if (!part.isConnected || part.dataset["fragment"] !== address) return;
      enhance(holder.content);
      part.replaceChildren(holder.content);
      part.removeAttribute("data-fragment");
      part.classList.remove("waits");
      return;
    }
    // What cannot be asked now stays a link to where it can.
    if (response !== undefined && response.status !== 503) return;
    await wait(RETRY_MS * Math.min(tries, 5));
  }
}

/** One after the other: the server works out one at a time. */
async function fillAll() {
  for (const part of document.querySelectorAll("[data-fragment]")) {
    if (!(part instanceof HTMLElement) || underWay.has(part)) continue;
    underWay.add(part);
    await fill(part);
    underWay.delete(part);
  }
}

document.addEventListener("weighhouse:shown", () => void fillAll());
void fillAll();
