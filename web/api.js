// The forms of the page about the API: the answer is shown below the form instead of in its place.

/** Longer answers are cut on the page, never in the answer. */
const MOST_SHOWN = 20_000;

/** The headers that say something of the answer. */
const HEADERS = ["content-type", "etag", "retry-after", "x-weighhouse-quality", "x-weighhouse-simulated"];

/**
 * The address that a form asks, without what was left empty.
 * @param {FormData} data
 * @returns {string}
 */
function addressOf(data) {
  const asked = new URLSearchParams();
  for (const [name, value] of data) {
    if (typeof value === "string" && value.trim() !== "") asked.append(name, value);
  }
  return `/api/try?${asked}`;
}

/**
 * The answer as people read it.
 * @param {Response} response
 * @returns {Promise<string>}
 */
async function textOf(response) {
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const shown = isJson ? JSON.stringify(JSON.parse(text), null, 2) : text;
  if (shown.length <= MOST_SHOWN) return shown;
  return `${shown.slice(0, MOST_SHOWN)}\n… (${shown.length - MOST_SHOWN} characters more)`;
}

/**
 * @param {HTMLElement} output
 * @param {Response} response
 */
async function show(output, response) {
  const address = document.createElement("p");
  const link = document.createElement("a");
  link.href = response.url;
  link.textContent = decodeURI(response.url);
  address.append(link);
  const head = document.createElement("p");
  const told = HEADERS.filter((name) => response.headers.has(name));
  head.textContent = [`${response.status}`, ...told.map((name) => `${name}: ${response.headers.get(name)}`)].join(" · ");
  const body = document.createElement("pre");
  body.tabIndex = 0;
  body.textContent = await textOf(response);
  output.replaceChildren(address, head, body);
}

for (const form of document.querySelectorAll("form[data-try]")) {
  const output = form.parentElement?.querySelector("[data-answer]");
  if (!(form instanceof HTMLFormElement) || !(output instanceof HTMLElement)) continue;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    output.hidden = false;
    output.textContent = "Asking…";
    try {
      await show(output, await fetch(addressOf(new FormData(form))));
    } catch {
      output.textContent = "The server cannot be reached.";
    }
  });
}
