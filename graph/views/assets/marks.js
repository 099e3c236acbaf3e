// How a paper looks: a filled box on the list, an outlined box for a bridge, a small mark for others.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const TEXT = { list: `600 13.5px ${FONT}`, bridge: `12px ${FONT}`, other: `11px ${FONT}` };
const DIM = 0.26;
const LEGIBLE = 0.32; // below this zoom a label is a smear

const SPECK = LEGIBLE; // and a mark a speck: only the names that have room are written
const NAMES = 90; // at the most

let zoom = 1;

/** @typedef {CanvasRenderingContext2D} Pen a canvas, or what writes SVG in its place */

/** @type {Record<string, number>} the most that a measure reaches on this page */
const greatest = {
  citedBy: Math.max(1, ...spots.map(({ id }) => citedByOf(id).length)),
  cites: Math.max(1, ...spots.map(({ id }) => citesOf(id).length)),
};

/** How far a paper goes by the measure that is chosen, from 0 to 1, or null when none is: areas grow with it. @param {string} key */
function measureOf(key) {
  if (!state.size) return null;
  const count = (state.size === "cites" ? citesOf(key) : citedByOf(key)).length;
  return Math.sqrt(count / greatest[state.size]);
}

/** A bar along the foot of a box, as long as the measure says. @param {Pen} ctx @param {string} key @param {number} left @param {number} bottom @param {number} width @param {string} colour */
function drawMeasure(ctx, key, left, bottom, width, colour) {
  const share = measureOf(key);
  if (!share) return;
  ctx.fillStyle = colour;
  ctx.fillRect(left + 4, bottom - 5, share * (width - 8), 3);
}

/** Whether a paper is drawn bright. @param {string} key */
const isBright = (key) => litPapers === null || litPapers.has(key);

/** @typedef {[number, number, number, number]} Rectangle left, top, right, bottom */
/** @typedef {{left: number, top: number, right: number, bottom: number}} View a part of the picture, in its own units */

/** The papers that show in a view, the lit ones last. @param {View} view */
function keysIn(view) {
  const inside = spots.filter(({ id, x, y, box: [width, height] }) => shown.has(id) && x + width / 2 + 12 > view.left && x - width / 2 - 12 < view.right && y + height / 2 + 8 > view.top && y - height / 2 - 8 < view.bottom).map((spot) => spot.id);
  return litPapers === null ? inside : [...inside.filter((key) => !isBright(key)), ...inside.filter(isBright)];
}

/** All papers in view. @param {Pen} ctx @param {View} view */
function drawPapers(ctx, view) {
  const keys = keysIn(view);
  if (zoom >= SPECK) for (const key of keys) drawPaper(ctx, key);
  else {
    drawSpecks(ctx, keys);
    drawNames(ctx, keys, laneNames(ctx, view).map(({ rectangle }) => rectangle));
  }
}

/** @param {Pen} ctx @param {string} key */
function drawPaper(ctx, key) {
  const { x, y, box: [width, height] } = spotOf(key);
  const { role } = papers[key];
  const draw = role === "list" ? drawListed : role === "bridge" ? drawBridge : drawDot;
  ctx.save();
  ctx.globalAlpha = isBright(key) ? 1 : DIM;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  draw(ctx, key, x - width / 2, y - height / 2, width, height);
  ctx.restore();
}

/** Papers seen from afar: squares, larger for the list and where many cite a paper. @param {Pen} ctx @param {string[]} keys */
function drawSpecks(ctx, keys) {
  ctx.save();
  for (const key of keys) {
    const { x, y, box: [width] } = spotOf(key);
    const share = measureOf(key);
    const usual = papers[key].role === "list" ? 9 : Math.min(7, 2.4 + Math.sqrt(citedByOf(key).length) / 2.5);
    const side = (share === null ? usual : 2.4 + 11 * share) / zoom;
    const special = key === state.selected || key === state.pointed;
    ctx.globalAlpha = isBright(key) ? 1 : DIM;
    if (special || papers[key].role === "list") {
      ctx.fillStyle = scheme.ink;
      const edge = (special ? 3 : 1) / zoom;
      ctx.fillRect(x - width / 2 - edge, y - side / 2 - edge, side + 2 * edge, side + 2 * edge);
    }
    ctx.fillStyle = colourOf(key);
    ctx.fillRect(x - width / 2, y - side / 2, side, side);
  }
  ctx.restore();
}

/** From afar: the names of what is lit or selected, of the list, and of the most cited, as far as they have room. @param {Pen} ctx @param {string[]} keys @param {Rectangle[]} taken */
function drawNames(ctx, keys, taken) {
  const weight = (/** @type {string} */ key) => (key === state.selected || key === state.pointed ? 1e9 : 0) + (litPapers?.has(key) ? 1e6 : 0) + (papers[key].role === "list" ? 1e5 : 0) + citedByOf(key).length;
  const wanted = keys.map((key) => ({ key, weight: weight(key) })).sort((a, b) => b.weight - a.weight).slice(0, 4 * NAMES);
  const most = taken.length + NAMES;
  ctx.save();
  ctx.font = `${600} ${11.5 / zoom}px ${FONT}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const { key } of wanted) {
    if (taken.length >= most) break;
    const { x, y, box: [width], label: text } = spotOf(key);
    const at = x - width / 2 + 13 / zoom;
    const [right, high] = [at + ctx.measureText(text).width + 6 / zoom, 8 / zoom];
    if (taken.some(([l, t, r, b]) => at - 14 / zoom < r && right > l && y - high < b && y + high > t)) continue;
    taken.push([at - 14 / zoom, y - high, right, y + high]);
    ctx.globalAlpha = isBright(key) ? 1 : DIM;
    ctx.strokeStyle = scheme.paper;
    ctx.lineWidth = 3.5 / zoom;
    ctx.lineJoin = "round";
    ctx.strokeText(text, at, y);
    ctx.fillStyle = scheme.ink;
    ctx.fillText(text, at, y);
  }
  ctx.restore();
}

/** A rounded box. @param {Pen} ctx @param {number} left @param {number} top @param {number} width @param {number} height @param {number} radius */
function box(ctx, left, top, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, radius);
}

/** A filled box. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height */
function drawListed(ctx, id, left, top, width, height) {
  const colour = colourOf(id);
  if (!isBright(id)) {
    box(ctx, left, top, width, height, 6); // arcs must not shine through what is dimmed
    fill(ctx, scheme.paper, 1);
  }
  box(ctx, left, top, width, height, 6);
  fill(ctx, colour);
  const second = papers[id].themes[1];
  if (second) outline(ctx, left, top, width, height, { grow: 3, colour: colourOfTheme.get(second) ?? NO_THEME, thick: 2.5 });
  if (isIsolated(id)) outline(ctx, left, top, width, height, { grow: 3, colour: scheme.ink, thick: 1.5, dash: [4, 3] });
  emphasise(ctx, id, left, top, width, height, second ? 5.5 : 3);
  drawMeasure(ctx, id, left, top + height, width, textOn(colour));
  label(ctx, id, left + 10, top + height / 2, width - 16, TEXT.list, textOn(colour));
}

/** An outlined box. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height */
function drawBridge(ctx, id, left, top, width, height) {
  const colour = colourOf(id);
  box(ctx, left, top, width, height, 5);
  fill(ctx, mixed(colour, scheme.paper, 0.16), isBright(id) ? 1 : 0.6);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3;
  ctx.stroke();
  emphasise(ctx, id, left, top, width, height, 2.5);
  drawMeasure(ctx, id, left, top + height, width, colour);
  label(ctx, id, left + 8, top + height / 2, width - 12, TEXT.bridge, scheme.ink);
}

/** A small mark. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height */
function drawDot(ctx, id, left, top, width, height) {
  const middle = top + height / 2;
  const share = measureOf(id);
  ctx.beginPath();
  if (papers[id].role === "ancestor") ctx.arc(left + 4.5, middle, share === null ? Math.min(8, Math.max(4, 1 / zoom)) : 1.5 + 6 * share, 0, 2 * Math.PI);
  else if (papers[id].role === "descendant") ctx.rect(left + 0.5, middle - 3.5, 7, 7);
  else polygon(ctx, [[left, middle], [left + 4.5, middle - 4.5], [left + 9, middle], [left + 4.5, middle + 4.5]]);
  ctx.fillStyle = colourOf(id);
  ctx.fill();
  emphasise(ctx, id, left - 2, top, width + 2, height, 1);
  label(ctx, id, left + 13, middle, width - 14, TEXT.other, scheme.ink, true);
}

/** @param {Pen} ctx @param {[number, number][]} points */
function polygon(ctx, points) {
  points.forEach(([x, y], n) => (n ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}

/** Fill the current path, at an opacity of its own when one is given. @param {Pen} ctx @param {string} colour */
function fill(ctx, colour, alpha = ctx.globalAlpha) {
  const before = ctx.globalAlpha;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = before;
}

/** @typedef {{grow: number, colour: string, thick: number, dash?: number[]}} Line */
/** @param {Pen} ctx @param {number} left @param {number} top @param {number} width @param {number} height @param {Line} line */
function outline(ctx, left, top, width, height, { grow, colour, thick, dash = [] }) {
  ctx.save();
  box(ctx, left - grow, top - grow, width + 2 * grow, height + 2 * grow, 6 + grow);
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = thick;
  ctx.stroke();
  ctx.restore();
}

/** A line around what is pointed at, a thicker one around what is selected. @param {Pen} ctx @param {string} id @param {number} left @param {number} top @param {number} width @param {number} height @param {number} grow */
function emphasise(ctx, id, left, top, width, height, grow) {
  const thick = id === state.selected ? 2.5 : id === state.pointed ? 1.5 : 0;
  if (thick) outline(ctx, left, top, width, height, { grow, colour: scheme.ink, thick });
}

/**
 * A label that never leaves its width: a font wider than the layout's guess is condensed.
 * @param {Pen} ctx @param {string} id @param {number} x @param {number} y @param {number} width @param {string} font @param {string} colour
 */
function label(ctx, id, x, y, width, font, colour, halo = false) {
  if (zoom < LEGIBLE) return;
  const text = spotOf(id).label;
  ctx.font = font;
  if (halo) {
    ctx.strokeStyle = scheme.paper;
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeText(text, x, y + 0.5, width);
  }
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y + 0.5, width);
}
