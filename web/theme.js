// Light or dark: what the system prefers, until the reader says otherwise.
// Loaded before the page is drawn, so that a reader's choice does not flash.

const STORED = "weighhouse-theme";

/** @returns {"light" | "dark" | undefined} what the reader chose, where the browser remembers it */
function chosen() {
  try {
    const value = localStorage.getItem(STORED);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {"light" | "dark"} what is shown */
function shown() {
  const prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const given = document.documentElement.dataset["theme"];
  return given === "dark" || (given === undefined && prefersDark) ? "dark" : "light";
}

/** @param {"light" | "dark"} theme */
function choose(theme) {
  document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // Without storage the choice holds for this page.
  }
}

/** @param {HTMLElement} button */
function label(button) {
  const isDark = shown() === "dark";
  button.textContent = isDark ? "Light" : "Dark";
  button.setAttribute("aria-label", isDark ? "Show in light colours" : "Show in dark colours");
}

const given = chosen();
if (given !== undefined) document.documentElement.dataset["theme"] = given;
document.documentElement.classList.add("has-scripts");

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-theme-toggle]");
  if (!(button instanceof HTMLElement)) return;
  button.hidden = false;
  label(button);
  button.addEventListener("click", () => {
    choose(shown() === "dark" ? "light" : "dark");
    label(button);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => label(button));
});
