// Where a text is cut: between the characters that a reader counts, and not inside of one.

/** @type {Intl.Segmenter | null} */
let cachedSegmenter = null; // it takes a while to make, and most texts are short

/** The characters as a reader counts them: letters with their accents, joined emoji. @param {string} text @returns {Iterable<string>} */
function* graphemesOf(text) {
  cachedSegmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const { segment } of cachedSegmenter.segment(text)) yield segment;
}

/** The beginning of a text, of at most so many code points; no character is torn. @param {string} text @param {number} most */
function beginningOf(text, most) {
  if (text.length <= most) return text;
  let [left, end] = [most, 0];
  for (const grapheme of graphemesOf(text)) {
    left -= [...grapheme].length;
    if (left < 0) break;
    end += grapheme.length;
  }
  return text.slice(0, end);
}

/** At most so many code points, with an ellipsis where something was left out. @param {string} text @param {number} most */
const clipText = (text, most) => (beginningOf(text, most) === text ? text : `${beginningOf(text, most - 1).trimEnd()}…`);
