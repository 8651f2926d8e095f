// The box in the header: shows what is found below it as one types (the combobox of the ARIA Authoring Practices, with a
// list). Without this the form leads to the page of what is found.

/** @typedef {{ kind: string, name: string, title: string, former: string | null, how: string, page: string }} Hit */

/** A pause in typing of so long asks. */
const PAUSE_MS = 120;

/** @type {Record<string, string>} */
const HEADINGS = {
  model: "Models",
  owner: "Owners",
  country: "Countries",
  license: "Licences",
  library: "Libraries",
  task: "Tasks",
  attribute: "Attributes",
  result: "Results",
  page: "Pages",
};

/** @param {HTMLFormElement} form */
function enhance(form) {
  const box = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[data-found-count]");
  if (box instanceof HTMLInputElement && list instanceof HTMLElement && status !== null) combine(form, box, list, status);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} box
 * @param {HTMLElement} list
 * @param {Element} status
 */
function combine(form, box, list, status) {
  /** @type {AbortController | undefined} */
  let underWay;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  /** Which option the keys have come to; -1 is the box itself. */
  let active = -1;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  close();

  /** @returns {HTMLElement[]} */
  function options() {
    return [...list.querySelectorAll("[role=option]")].filter((option) => option instanceof HTMLElement);
  }

  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function open() {
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
  }

  /** @param {number} place */
  function choose(place) {
    active = place;
    for (const [at, option] of options().entries()) option.setAttribute("aria-selected", String(at === place));
    const option = options()[place];
    if (option === undefined) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }

  /** What is asked for now makes whatever was asked for before stale. */
  function forget() {
    clearTimeout(pause);
    underWay?.abort();
  }

  async function ask() {
    const text = box.value.trim();
    if (text === "") {
      close();
      return;
    }
    const own = new AbortController();
    underWay = own;
    const address = new URL("/api/v1/search", location.href);
    address.searchParams.set("q", text);
    const collection = follow();
    if (collection !== "") address.searchParams.set("collection", collection);
    try {
      const response = await fetch(address, { signal: own.signal });
      if (!response.ok || own.signal.aborted) return;
      show(text, (await response.json()).hits);
    } catch {
      // The form still leads to the page.
    }
  }

  /** @returns {string} the collection that the page shows now, which the form is to keep to */
  function follow() {
    const field = form.elements.namedItem("collection");
    const shown = document.querySelector(".picker select[name=collection]");
    if (!(field instanceof HTMLInputElement)) return "";
    if (shown instanceof HTMLSelectElement) field.value = shown.value;
    return field.value;
  }

  /**
   * @param {string} text
   * @param {Hit[]} hits
   */
  function show(text, hits) {
    list.replaceChildren();
    const kinds = [...new Set(hits.map((hit) => hit.kind))];
    for (const kind of kinds) list.append(group(kind, hits.filter((hit) => hit.kind === kind)));
    const all = element("div", "all", hits.length === 0 ? `Nothing found for “${text}”` : `All that is found for “${text}”`);
    makeOption(all, "all");
    list.append(all);
    open();
    choose(-1);
    status.textContent = hits.length === 1 ? "1 found" : `${hits.length} found`;
  }

  /**
   * @param {string} kind
   * @param {Hit[]} hits
   */
  function group(kind, hits) {
    const heading = element("div", "kind", HEADINGS[kind] ?? kind);
    heading.id = `search-kind-${kind}`;
    const out = element("div", "", "");
    out.setAttribute("role", "group");
    out.setAttribute("aria-labelledby", heading.id);
    out.append(heading);
    for (const [place, hit] of hits.entries()) {
      const option = element("div", "", hit.title);
      makeOption(option, `${kind}-${place}`);
      option.dataset["page"] = hit.page;
      if (hit.former !== null) option.append(element("small", "", `was ${hit.former}`));
      if (hit.how === "near") option.append(element("small", "", "near it"));
      out.append(option);
    }
    return out;
  }

  /**
   * @param {HTMLElement} option
   * @param {string} id
   */
  function makeOption(option, id) {
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.id = `search-${id}`;
  }

  /** @param {HTMLElement} option */
  function go(option) {
    const page = option.dataset["page"];
    if (page === undefined) form.requestSubmit();
    else location.assign(page);
  }

  box.addEventListener("input", () => {
    forget();
    pause = setTimeout(() => void ask(), PAUSE_MS);
  });

  box.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape") {
      forget();
      if (list.hidden) box.value = "";
      close();
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        if (all.length > 0 && box.value.trim() !== "") open();
        else void ask();
        return;
      }
      // The box is one of the places that the keys go round.
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((active + 1 + step + all.length + 1) % (all.length + 1)) - 1);
    } else if (event.key === "Enter") {
      const option = all[active];
      if (list.hidden || option === undefined) return;
      event.preventDefault();
      go(option);
    }
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target instanceof Element ? target.closest("[role=option]") : null;
    if (option instanceof HTMLElement) go(option);
  });
  form.addEventListener("submit", () => {
    forget();
    follow();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && form.contains(relatedTarget)) return;
    forget();
    close();
  });
}

/**
 * @param {string} name
 * @param {string} className
 * @param {string} text
 */
function element(name, className, text) {
  const out = document.createElement(name);
  if (className !== "") out.className = className;
  out.textContent = text;
  return out;
}

for (const form of document.querySelectorAll("form[data-search]")) {
  if (form instanceof HTMLFormElement) enhance(form);
}
