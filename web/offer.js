// Names to add are offered as one types, out of all there are; without this the largest are offered.

/** A pause in typing of so long asks. */
const PAUSE_MS = 150;
const LEAST_LETTERS = 2;
const MOST_OFFERED = "20";

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
/** @type {AbortController | undefined} */
let underWay;

/** @param {HTMLInputElement} field */
async function offer(field) {
  const list = field.list;
  const kind = field.dataset["kind"];
  const asked = field.value.trim();
  if (list === null || kind === undefined || asked.length < LEAST_LETTERS) return;
  underWay?.abort();
  const own = new AbortController();
  underWay = own;
  const address = new URL("/api/v1/search", location.href);
  const collection = field.form?.querySelector("input[name=collection]");
  address.search = new URLSearchParams({ q: asked, kind, limit: MOST_OFFERED }).toString();
  if (collection instanceof HTMLInputElement) address.searchParams.set("collection", collection.value);
  const response = await fetch(address, { signal: own.signal }).catch(() => undefined);
  if (response === undefined || !response.ok || !field.isConnected) return;
  /** @type {{ hits: { name: string }[] }} */
  const { hits } = await response.json();
  if (own.signal.aborted) return;
  const options = hits.map(({ name }) => {
    const option = document.createElement("option");
    option.value = name;
    return option;
  });
  list.replaceChildren(...options);
}

document.addEventListener("input", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset["kind"] === undefined) return;
  clearTimeout(pause);
  pause = setTimeout(() => void offer(target), PAUSE_MS);
});
