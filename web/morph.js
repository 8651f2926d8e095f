// Turns what is shown into what is to be shown by changing only what differs, so that the focus, open details,
// half-filled fields and scrolled boxes stay as the reader left them, and nothing flashes.

/** What the reader, not the server, decides about an element. */
const READERS = new Map([["DETAILS", "open"]]);

/**
 * @param {Element} shown is changed
 * @param {Element} fresh of the same kind; its parts may be taken
 */
export function morph(shown, fresh) {
  morphAttributes(shown, fresh);
  const before = [...shown.childNodes];
  const after = [...fresh.childNodes];
  for (const [place, next] of after.entries()) {
    const old = before[place];
    if (old === undefined) shown.append(next);
    else if (old instanceof Element && next instanceof Element && isAlike(old, next)) morph(old, next);
    else if (old.nodeType !== next.nodeType || old instanceof Element) old.replaceWith(next);
    else if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
  }
  for (const old of before.slice(after.length)) old.remove();
}

/**
 * @param {Element} shown
 * @param {Element} fresh
 */
function isAlike(shown, fresh) {
  return shown.nodeName === fresh.nodeName && shown.id === fresh.id;
}

/**
 * @param {Element} shown
 * @param {Element} fresh
 */
function morphAttributes(shown, fresh) {
  const kept = READERS.get(shown.nodeName);
  for (const { name } of [...shown.attributes]) {
    if (name !== kept && !fresh.hasAttribute(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== kept && shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}
