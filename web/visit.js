// A change of view changes the address; the server draws the page again, and only its content is swapped.

/** @type {AbortController | undefined} */
let underWay;

/**
 * Shows another view of the site without losing the reader's place. Falls back to a plain visit.
 * @param {string} address
 * @param {{ isNew?: boolean }} [options] `isNew` adds the address to the history
 */
export async function visit(address, { isNew = true } = {}) {
  underWay?.abort();
  const own = new AbortController();
  underWay = own;
  document.documentElement.classList.add("is-loading");
  try {
    const response = await fetch(address, { signal: own.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("main");
    const old = document.querySelector("main");
    if (fresh === null || old === null) throw new Error("not a page of this site");
    const focused = document.activeElement?.id;
    if (isNew) history.pushState(null, "", address);
    old.replaceWith(fresh);
    for (const part of ["header.site nav", "header.site .standing", "footer.site .inside"]) swap(part, page);
    document.title = page.title;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("weighhouse:shown"));
  } catch (error) {
    if (own.signal.aborted) return;
    location.assign(address);
  } finally {
    if (underWay === own) document.documentElement.classList.remove("is-loading");
  }
}

/**
 * Swaps a part of header or footer, whose links carry the collection; the button keeps its listeners.
 * @param {string} selector
 * @param {Document} page
 */
function swap(selector, page) {
  const fresh = page.querySelector(selector);
  const old = document.querySelector(selector);
  if (fresh !== null && old !== null) old.replaceWith(fresh);
}

/**
 * The page's address with some parameters changed; `null` takes one away.
 * @param {Record<string, string | string[] | null>} changes
 */
export function changed(changes) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    address.searchParams.delete(name);
    const values = value === null ? [] : Array.isArray(value) ? value : [value];
    for (const one of values) address.searchParams.append(name, one);
  }
  return address.pathname + address.search;
}

addEventListener("popstate", () => void visit(location.pathname + location.search, { isNew: false }));
