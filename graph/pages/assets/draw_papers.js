// Draw the papers: a filled box for one of the list, an outlined box for a bridge, a small symbol for others.

const DIMMED = 0.26; // the opacity of papers that are not highlighted
const LEGIBLE_ZOOM = 0.32; // below this zoom labels are illegible: papers are squares, and only names that have room are written

let zoom = 1;

/** @typedef {CanvasRenderingContext2D} Pen a canvas, or the SvgPen in its place */

/**
 * The colour that fills a box: its theme's, or where papers are shaded by a measure, the stronger the larger its value; an unknown value has no colour.
 * @param {string} key @param {number} usual the share of the theme's colour without a measure
 */
function fillOf(key, usual) {
  const share = state.size ? shadeOf(measureShare(key)) : usual;
  return mixColours(laneColourOf(key), pageColours.paper, share);
}

/** The share of the theme's colour for a place in the range of a measure. @param {number | null} share */
const shadeOf = (share) => (share === null ? 0 : 0.08 + 0.92 * share);

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
    const halfWidth = spot.box[0] / 2; // by position: taking an array apart is slow in code that runs for the first time
    const halfHeight = spot.box[1] / 2;
    if (spot.x + halfWidth + 12 < left || spot.x - halfWidth - 12 > right || spot.y + halfHeight + 8 < top || spot.y - halfHeight - 8 > bottom) continue;
    if (onlyWhole && !isWhole(viewport, spot)) continue;
    if (isFiltered && !visiblePapers.has(spot.id)) continue;
    (isHighlighted(spot.id) ? highlighted : dimmed).push(spot);
  }
  return dimmed.length ? [...dimmed, ...highlighted] : highlighted;
}

/** All papers in view. @param {Pen} ctx @param {Viewport} viewport @returns {Rectangle[]} what the names of lanes must not cover: the papers that are lit, or all where none is; from afar the names beside squares, where papers are lit */
function drawPapers(ctx, viewport) {
  const inView = spotsIn(viewport);
  const isAnyLit = highlightedPapers !== null;
  if (zoom >= LEGIBLE_ZOOM) {
    layOutPlates(inView, viewport);
    const drawn = inView.map(({ id }) => /** @type {Plate} */ (plates.get(id)));
    for (const plate of [...drawn.filter(({ text }) => !text), ...drawn.filter(({ text }) => text)]) drawPaper(ctx, plate); // no mark lies on a name
    return inView.filter(({ id }) => isHighlighted(id)).map(rectangleOf);
  }
  clearPlates();
  if (inView.length > MOST_SQUARES) {
    const [squares, shaded] = [/** @type {Spot[]} */ ([]), /** @type {Spot[]} */ ([])];
    for (const spot of inView) (staysSquare(spot) ? squares : shaded).push(spot);
    drawDensity(ctx, shaded);
    drawSquares(ctx, squares);
  } else drawSquares(ctx, inView);
  const laneNames = isAnyLit ? [] : placeLaneHeads(ctx, viewport, []).map(({ rectangle }) => rectangle);
  const written = drawNamesFromAfar(ctx, viewport, laneNames);
  return isAnyLit ? written : [];
}

/** @param {Pen} ctx @param {Plate} plate */
function drawPaper(ctx, plate) {
  const { role } = papers[plate.id];
  const draw = role === "list" ? drawListPaper : role === "bridge" ? drawBridge : drawSymbol;
  ctx.save();
  ctx.globalAlpha = isHighlighted(plate.id) ? 1 : DIMMED;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const { nameBefore: before } = plate;
  draw(ctx, before ? { ...plate, left: plate.left + before, width: plate.width - before, text: "" } : plate);
  if (before) drawLabel(ctx, { ...plate, width: before }, pageColours.ink, true);
  ctx.restore();
}

/** Papers seen from afar: squares, larger for the list and where many cite a paper. @param {Pen} ctx @param {Spot[]} some */
function drawSquares(ctx, some) {
  ctx.save();
  for (const spot of some) {
    const { id: key, y } = spot;
    const left = leftOf(spot);
    const share = measureShare(key);
    const { colour, isListed, usualSide } = squareStyleOf(key);
    const side = (share === null ? usualSide : 2.4 + 11 * share) / zoom;
    const isChosen = key === state.selected || key === state.pointed;
    ctx.globalAlpha = isHighlighted(key) ? 1 : DIMMED;
    if (isChosen || isListed) {
      ctx.fillStyle = pageColours.ink;
      const edge = (isChosen ? 3 : 1) / zoom;
      ctx.fillRect(left - edge, y - side / 2 - edge, side + 2 * edge, side + 2 * edge);
    }
    ctx.fillStyle = colour;
    ctx.fillRect(left, y - side / 2, side, side);
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
  const style = { colour: outlineColour(laneColourOf(key)), isListed, usualSide: isListed ? 9 : Math.min(7, 2.4 + Math.sqrt(citedByOf(key).length) / 2.5) };
  squareStyles.set(key, style);
  return style;
}

/** Make a rounded box the current path. @param {Pen} ctx @param {number} left @param {number} top @param {number} width @param {number} height @param {number} radius */
function traceBox(ctx, left, top, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, radius);
}

/** A filled box, for a paper of the list. @param {Pen} ctx @param {Plate} plate */
function drawListPaper(ctx, plate) {
  const { id, left, top, width, height } = plate;
  const colour = fillOf(id, 1);
  if (!isHighlighted(id)) {
    traceBox(ctx, left, top, width, height, 6); // arcs must not show through a dimmed box
    fillPath(ctx, pageColours.paper, 1);
  }
  traceBox(ctx, left, top, width, height, 6);
  fillPath(ctx, colour);
  if (contrast(colour, pageColours.paper) < LEAST_CONTRAST) strokePath(ctx, outlineColour(laneColourOf(id)), 2);
  const second = papers[id].themes[1];
  if (second) drawSecondTheme(ctx, plate, second);
  if (isIsolated(id)) drawOutline(ctx, left, top, width, height, { grow: 3, colour: pageColours.ink, thick: 1.5, dash: [4, 3] });
  drawEmphasis(ctx, plate, second ? 5.5 : 3);
  drawLabel(ctx, plate, isHighlighted(id) ? textColourOn(colour) : pageColours.ink);
}

/** A ring of the colour of a paper's second theme, with that theme's letter at its corner. @param {Pen} ctx @param {Plate} plate @param {string} theme */
function drawSecondTheme(ctx, { left, top, width, height }, theme) {
  const colour = colourOfTheme.get(theme) ?? UNTHEMED_COLOUR;
  drawOutline(ctx, left, top, width, height, { grow: 3, colour: outlineColour(colour), thick: 2.5 });
  const size = Math.max(9, SMALLEST_TEXT / zoom);
  const side = 1.25 * size;
  ctx.save();
  drawBadge(ctx, { letter: facts.themeLetters[theme], colour }, left + width + 3 - side / 2, top - 3 - side / 2, side, size);
  ctx.restore();
}

/** An outlined box, for a bridge. @param {Pen} ctx @param {Plate} plate */
function drawBridge(ctx, plate) {
  const { id, left, top, width, height } = plate;
  const colour = fillOf(id, 0.16);
  traceBox(ctx, left, top, width, height, 5);
  fillPath(ctx, colour, isHighlighted(id) ? 1 : 0.6);
  strokePath(ctx, outlineColour(laneColourOf(id)), 1.3);
  drawEmphasis(ctx, plate, 2.5);
  drawLabel(ctx, plate, state.size && isHighlighted(id) ? textColourOn(colour) : pageColours.ink);
}

/** A small symbol: a disc for an ancestor, a square for a descendant, else a diamond. @param {Pen} ctx @param {Plate} plate */
function drawSymbol(ctx, plate) {
  const { id, left, top, height } = plate;
  const middle = top + height / 2;
  const share = measureShare(id);
  ctx.beginPath();
  if (papers[id].role === "ancestor") ctx.arc(left + 4.5, middle, share === null ? Math.min(8, Math.max(4, 1 / zoom)) : 1.5 + 6 * share, 0, 2 * Math.PI);
  else if (papers[id].role === "descendant") ctx.rect(left + 0.5, middle - 3.5, 7, 7);
  else tracePolygon(ctx, [[left, middle], [left + 4.5, middle - 4.5], [left + 9, middle], [left + 4.5, middle + 4.5]]);
  ctx.fillStyle = outlineColour(laneColourOf(id));
  ctx.fill();
  drawEmphasis(ctx, { ...plate, left: left - 2, width: plate.width + 2 }, 1);
  drawLabel(ctx, plate, pageColours.ink, true);
}

/** Draw the current path as a line. @param {Pen} ctx @param {string} colour @param {number} thick */
function strokePath(ctx, colour, thick) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = thick;
  ctx.stroke();
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

/** A line around what is pointed at, a thicker one around what is selected. @param {Pen} ctx @param {Plate} plate @param {number} grow */
function drawEmphasis(ctx, { id, left, top, width, height }, grow) {
  const thick = id === state.selected || state.several.includes(id) ? 2.5 : id === state.pointed ? 1.5 : 0;
  if (thick) drawOutline(ctx, left, top, width, height, { grow, colour: pageColours.ink, thick });
}

/**
 * A label that keeps to its plate: a font that is wider than the layout assumed is condensed. It grows by the scale, not by the font:
 * in a font of another size all texts would be measured anew after every zoom.
 * @param {Pen} ctx @param {Plate} plate @param {string} colour
 */
function drawLabel(ctx, { id, left, top, width, height, text, growth }, colour, halo = false) {
  if (!text) return;
  const { size, weight, before, beside } = plateStyleOf(id);
  let [x, y, most] = [left + before, top + height / 2 + 0.5, width - beside + 2];
  if (growth !== 1) {
    ctx.translate(x, y);
    ctx.scale(growth, growth);
    [x, y, most] = [0, 0, most / growth];
  }
  ctx.font = fontOf(size, weight);
  if (halo) {
    ctx.strokeStyle = pageColours.paper;
    ctx.lineWidth = 3 / growth;
    ctx.lineJoin = "round";
    ctx.strokeText(text, x, y, most);
  }
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y, most);
}
