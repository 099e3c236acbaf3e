// Draw the papers: a filled box for one of the list, an outlined box for a bridge, a small symbol for others.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const LABEL_FONTS = { list: `600 13.5px ${FONT}`, bridge: `12px ${FONT}`, other: `11px ${FONT}` };
const DIMMED = 0.26; // the opacity of papers that are not highlighted
const LEGIBLE_ZOOM = 0.32; // below this zoom labels are illegible: papers are squares, and only names that have room are written
const MOST_NAMES = 90; // that are written then

let zoom = 1;

/** @typedef {CanvasRenderingContext2D} Pen a canvas, or the SvgPen in its place */

/** A bar at the bottom of a box; its length shows the chosen measure. @param {Pen} ctx @param {string} key @param {number} left @param {number} bottom @param {number} width @param {string} colour */
function drawMeasure(ctx, key, left, bottom, width, colour) {
  const share = measureShare(key);
  if (share === null) return;
  ctx.fillStyle = colour;
  ctx.fillRect(left + 4, bottom - 5, Math.max(2, share * (width - 8)), 3); // zero has a short bar, an unknown value none
}

/** Whether a paper is bright. @param {string} key */
const isHighlighted = (key) => highlightedPapers === null || highlightedPapers.has(key);

/** @typedef {[number, number, number, number]} Rectangle left, top, right, bottom */
/** @typedef {{left: number, top: number, right: number, bottom: number, onlyWhole?: boolean}} Viewport a part of the picture, in its own units; `onlyWhole`: papers that are not wholly in it are left out */

/** Whether a paper is wholly in a viewport. @param {Viewport} viewport @param {Spot} spot */
const isWhole = ({ left, top, right, bottom }, { x, y, box: [width, height] }) => x - width / 2 >= left && x + width / 2 <= right && y - height / 2 >= top && y + height / 2 <= bottom;

/** The visible papers of a viewport, the highlighted ones last, on top. @param {Viewport} viewport @returns {Spot[]} */
function spotsIn(viewport) {
  const { left, top, right, bottom, onlyWhole } = viewport;
  const [dimmed, highlighted] = [[], /** @type {Spot[]} */ ([])];
  for (const spot of spots) {
    const [width, height] = spot.box;
    if (spot.x + width / 2 + 12 < left || spot.x - width / 2 - 12 > right || spot.y + height / 2 + 8 < top || spot.y - height / 2 - 8 > bottom) continue;
    if (onlyWhole && !isWhole(viewport, spot)) continue;
    if (isFiltered && !visiblePapers.has(spot.id)) continue;
    (isHighlighted(spot.id) ? highlighted : dimmed).push(spot);
  }
  return dimmed.length ? [...dimmed, ...highlighted] : highlighted;
}

/** The drawn papers, the list first, then the most cited: their names matter most from afar. @type {Spot[] | null} */
let cachedRenownOrder = null;
const spotsByRenown = () => (cachedRenownOrder ??= spots.slice(0, facts.drawn).sort((a, b) => renownOf(b) - renownOf(a)));
/** @param {Spot} spot */
const renownOf = ({ id }) => (papers[id].role === "list" ? 1e6 : 0) + citedByOf(id).length;

/** All papers in view. @param {Pen} ctx @param {Viewport} viewport @returns {Rectangle[]} what the names of lanes must not cover: the papers that are lit */
function drawPapers(ctx, viewport) {
  const inView = spotsIn(viewport);
  const isAnyLit = highlightedPapers !== null;
  if (zoom >= LEGIBLE_ZOOM) {
    for (const spot of inView) drawPaper(ctx, spot.id);
    return isAnyLit ? inView.filter(({ id }) => isHighlighted(id)).map(rectangleOf) : [];
  }
  drawSquares(ctx, inView);
  const laneNames = isAnyLit ? [] : placeLaneNames(ctx, viewport, []).map(({ rectangle }) => rectangle);
  const written = drawNamesFromAfar(ctx, viewport, laneNames);
  return isAnyLit ? written : [];
}

/** @param {Spot} spot @returns {Rectangle} */
const rectangleOf = ({ x, y, box: [width, height] }) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];

/** @param {Pen} ctx @param {string} key */
function drawPaper(ctx, key) {
  const { x, y, box: [width, height] } = spotOf(key);
  const { role } = papers[key];
  const draw = role === "list" ? drawListPaper : role === "bridge" ? drawBridge : drawSymbol;
  ctx.save();
  ctx.globalAlpha = isHighlighted(key) ? 1 : DIMMED;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  draw(ctx, key, x - width / 2, y - height / 2, width, height);
  ctx.restore();
}

/** Papers seen from afar: squares, larger for the list and where many cite a paper. @param {Pen} ctx @param {Spot[]} some */
function drawSquares(ctx, some) {
  ctx.save();
  for (const { id: key, x, y, box: [width] } of some) {
    const share = measureShare(key);
    const { colour, isListed, usualSide } = squareStyleOf(key);
    const side = (share === null ? usualSide : 2.4 + 11 * share) / zoom;
    const isChosen = key === state.selected || key === state.pointed;
    ctx.globalAlpha = isHighlighted(key) ? 1 : DIMMED;
    if (isChosen || isListed) {
      ctx.fillStyle = pageColours.ink;
      const edge = (isChosen ? 3 : 1) / zoom;
      ctx.fillRect(x - width / 2 - edge, y - side / 2 - edge, side + 2 * edge, side + 2 * edge);
    }
    ctx.fillStyle = colour;
    ctx.fillRect(x - width / 2, y - side / 2, side, side);
  }
  ctx.restore();
}

/** @type {Map<string, {colour: string, isListed: boolean, usualSide: number}>} */
const squareStyles = new Map();
/** What a paper's square looks like, computed once. @param {string} key */
function squareStyleOf(key) {
  const known = squareStyles.get(key);
  if (known) return known;
  const isListed = papers[key].role === "list";
  const style = { colour: laneColourOf(key), isListed, usualSide: isListed ? 9 : Math.min(7, 2.4 + Math.sqrt(citedByOf(key).length) / 2.5) };
  squareStyles.set(key, style);
  return style;
}

/**
 * The names of papers that are squares, as far as they have room: of what is highlighted or selected, of the list, of the most cited.
 * @param {Pen} ctx @param {Viewport} viewport @param {Rectangle[]} taken what has been written, which grows, and is returned
 */
function drawNamesFromAfar(ctx, viewport, taken) {
  const { left, top, right, bottom } = viewport;
  const isInView = (/** @type {Spot} */ { id, x, y, box: [width] }) => visiblePapers.has(id) && x - width / 2 > left - 12 && x - width / 2 < right && y > top && y < bottom;
  const first = new Set([state.selected, state.pointed, ...[...(highlightedPapers ?? [])].slice(0, 4 * MOST_NAMES)]);
  const wanted = [...first, ...overflowPapers].flatMap((key) => spotByKey.get(key ?? "") ?? []).filter(isInView);
  for (const spot of spotsByRenown()) {
    if (wanted.length >= 4 * MOST_NAMES) break;
    if (!first.has(spot.id) && isInView(spot)) wanted.push(spot);
  }
  const most = taken.length + MOST_NAMES;
  ctx.save();
  ctx.font = `${600} ${11.5 / zoom}px ${FONT}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const { id: key, x, y, box: [width], label: text } of wanted) {
    if (taken.length >= most) break;
    const [textWide, halfHigh] = [ctx.measureText(text).width, 8 / zoom];
    const square = x - width / 2;
    const isBefore = square + 13 / zoom + textWide > right; // at the edge of the view a name stands before its square
    const start = isBefore ? square - textWide - 6 / zoom : square + 13 / zoom;
    const [from, to] = isBefore ? [start - 6 / zoom, square + 12 / zoom] : [square - 1 / zoom, start + textWide + 6 / zoom];
    if (taken.some(([l, t, r, b]) => from < r && to > l && y - halfHigh < b && y + halfHigh > t)) continue;
    taken.push([from, y - halfHigh, to, y + halfHigh]);
    ctx.globalAlpha = isHighlighted(key) ? 1 : DIMMED;
    ctx.strokeStyle = pageColours.paper;
    ctx.lineWidth = 3.5 / zoom;
    ctx.lineJoin = "round";
    ctx.strokeText(text, start, y);
    ctx.fillStyle = pageColours.ink;
    ctx.fillText(text, start, y);
  }
  ctx.restore();
  return taken;
}

/** Make a rounded box the current path. @param {Pen} ctx @param {number} left @param {number} top @param {number} width @param {number} height @param {number} radius */
function traceBox(ctx, left, top, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, radius);
}

/** A filled box, for a paper of the list. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height */
function drawListPaper(ctx, id, left, top, width, height) {
  const colour = laneColourOf(id);
  if (!isHighlighted(id)) {
    traceBox(ctx, left, top, width, height, 6); // arcs must not show through a dimmed box
    fillPath(ctx, pageColours.paper, 1);
  }
  traceBox(ctx, left, top, width, height, 6);
  fillPath(ctx, colour);
  const second = papers[id].themes[1];
  if (second) drawOutline(ctx, left, top, width, height, { grow: 3, colour: colourOfTheme.get(second) ?? UNTHEMED_COLOUR, thick: 2.5 });
  if (isIsolated(id)) drawOutline(ctx, left, top, width, height, { grow: 3, colour: pageColours.ink, thick: 1.5, dash: [4, 3] });
  drawEmphasis(ctx, id, left, top, width, height, second ? 5.5 : 3);
  drawMeasure(ctx, id, left, top + height, width, textColourOn(colour));
  drawLabel(ctx, id, left + 10, top + height / 2, width - 16, LABEL_FONTS.list, isHighlighted(id) ? textColourOn(colour) : pageColours.ink);
}

/** An outlined box, for a bridge. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height */
function drawBridge(ctx, id, left, top, width, height) {
  const colour = laneColourOf(id);
  traceBox(ctx, left, top, width, height, 5);
  fillPath(ctx, mixColours(colour, pageColours.paper, 0.16), isHighlighted(id) ? 1 : 0.6);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3;
  ctx.stroke();
  drawEmphasis(ctx, id, left, top, width, height, 2.5);
  drawMeasure(ctx, id, left, top + height, width, colour);
  drawLabel(ctx, id, left + 8, top + height / 2, width - 12, LABEL_FONTS.bridge, pageColours.ink);
}

/** A small symbol: a disc for an ancestor, a square for a descendant, else a diamond. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height */
function drawSymbol(ctx, id, left, top, width, height) {
  const middle = top + height / 2;
  const share = measureShare(id);
  ctx.beginPath();
  if (papers[id].role === "ancestor") ctx.arc(left + 4.5, middle, share === null ? Math.min(8, Math.max(4, 1 / zoom)) : 1.5 + 6 * share, 0, 2 * Math.PI);
  else if (papers[id].role === "descendant") ctx.rect(left + 0.5, middle - 3.5, 7, 7);
  else tracePolygon(ctx, [[left, middle], [left + 4.5, middle - 4.5], [left + 9, middle], [left + 4.5, middle + 4.5]]);
  ctx.fillStyle = laneColourOf(id);
  ctx.fill();
  drawEmphasis(ctx, id, left - 2, top, width + 2, height, 1);
  drawLabel(ctx, id, left + 13, middle, width - 14, LABEL_FONTS.other, pageColours.ink, true);
}

/** Make a polygon the current path. @param {Pen} ctx @param {[number, number][]} points */
function tracePolygon(ctx, points) {
  points.forEach(([x, y], n) => (n ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}

/** Fill the current path, at the current opacity or another. @param {Pen} ctx @param {string} colour */
function fillPath(ctx, colour, opacity = ctx.globalAlpha) {
  const current = ctx.globalAlpha;
  ctx.globalAlpha = opacity;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = current;
}

/** @typedef {{grow: number, colour: string, thick: number, dash?: number[]}} OutlineStyle */
/** A line around a box. @param {Pen} ctx @param {number} left @param {number} top @param {number} width @param {number} height @param {OutlineStyle} style */
function drawOutline(ctx, left, top, width, height, { grow, colour, thick, dash = [] }) {
  ctx.save();
  traceBox(ctx, left - grow, top - grow, width + 2 * grow, height + 2 * grow, 6 + grow);
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = thick;
  ctx.stroke();
  ctx.restore();
}

/** A line around what is pointed at, a thicker one around what is selected. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height @param {number} grow */
function drawEmphasis(ctx, id, left, top, width, height, grow) {
  const thick = id === state.selected || state.several.includes(id) ? 2.5 : id === state.pointed ? 1.5 : 0;
  if (thick) drawOutline(ctx, left, top, width, height, { grow, colour: pageColours.ink, thick });
}

/**
 * A label that keeps to its width: a font that is wider than the layout assumed is condensed.
 * @param {Pen} ctx @param {string} id @param {number} x @param {number} y @param {number} width @param {string} font @param {string} colour
 */
function drawLabel(ctx, id, x, y, width, font, colour, halo = false) {
  const text = spotOf(id).label;
  ctx.font = font;
  if (halo) {
    ctx.strokeStyle = pageColours.paper;
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeText(text, x, y + 0.5, width);
  }
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y + 0.5, width);
}
