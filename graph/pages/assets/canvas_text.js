// Texts on a canvas. The size of a font is in pixels of the screen, at every zoom: in a font of another size a browser would shape all texts anew.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** @param {number} size @param {number} weight */
const fontOf = (size, weight = 400) => `${weight} ${size}px ${FONT}`;

const measuringContext = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** The widths of texts by font and text. @type {Map<string, number>} */
const knownWidths = new Map();
/** How wide a text is, measured in the size in which it is drawn, so that a browser shapes it once. @param {string} text @param {number} size @param {number} [weight] */
function widthOf(text, size, weight) {
  const font = fontOf(size, weight);
  const name = font + text;
  let width = knownWidths.get(name);
  if (width === undefined) {
    measuringContext.font = font;
    knownWidths.set(name, (width = measuringContext.measureText(text).width));
  }
  return width;
}

/** Draw around a point of the picture with pixels of the screen as the units. @param {Pen} ctx @param {number} x @param {number} y @param {() => void} draw */
function inPixels(ctx, x, y, draw) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(1 / zoom, 1 / zoom);
  draw();
  ctx.restore();
}

const MOST_LETTERS = 1000; // of a text that is drawn in one line

/** As much of a text as fits into a width, with an ellipsis where it is cut. @param {Pen} ctx @param {string} text @param {number} width */
function fitText(ctx, text, width) {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= MOST_LETTERS && ctx.measureText(line).width <= width) return line;
  const letters = [...graphemesOf(beginningOf(line, MOST_LETTERS))].slice(0, -1);
  const shortened = (/** @type {number} */ end) => `${letters.slice(0, end).join("").trimEnd()}…`;
  let [fits, tooLong] = [0, letters.length + 1];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (ctx.measureText(shortened(middle)).width <= width) fits = middle;
    else tooLong = middle;
  }
  return fits > 0 ? shortened(fits) : "";
}
