// Buttons that copy the text beside them. The stylesheet shows them where scripts run.

const SHOWN_FOR_MS = 2000;

/**
 * @param {MouseEvent} event
 */
async function copy(event) {
  const button = event.target instanceof Element ? event.target.closest("button[data-copy]") : null;
  if (!(button instanceof HTMLButtonElement)) return;
  const text = document.getElementById(button.dataset["copy"] ?? "");
  if (text === null) return;
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text.textContent ?? "");
    button.textContent = "Copied";
  } catch {
    // Without the right to the clipboard, the text is marked for the reader to copy.
    getSelection()?.selectAllChildren(text);
    button.textContent = "Marked: copy it";
  }
  setTimeout(() => (button.textContent = before), SHOWN_FOR_MS);
}

document.addEventListener("click", copy);
