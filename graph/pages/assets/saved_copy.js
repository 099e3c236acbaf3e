// The page as it was before any script changed it, so that a copy with what the reader sees and marked can be saved: one file like this one.

const pristine = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));

/** @typedef {{address: string}} SavedView what a copy opens with, as the part of an address after "#" */

/** This page as one HTML document that opens with a view. Its scripts and its policy are those of this page, to the byte. @param {string} address */
function savedCopy(address) {
  const copy = /** @type {HTMLElement} */ (pristine.cloneNode(true));
  const view = /** @type {HTMLElement} */ (copy.querySelector("#saved"));
  view.textContent = JSON.stringify({ address }).replaceAll("<", "\\u003c"); // it must not end its own element
  return `<!DOCTYPE html>\n<html lang="en">\n${copy.getHTML()}</html>\n`;
}
