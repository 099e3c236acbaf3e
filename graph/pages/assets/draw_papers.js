// How a paper looks: a filled box on the list, an outlined box for a bridge, a small mark for others.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const TEXT = { list: `600 13.5px ${FONT}`, bridge: `12px ${FONT}`, other: `11px ${FONT}` };
const DIM = 0.26;
const LEGIBLE = 0.32; // below this zoom a label is a smear

const SPECK = LEGIBLE; // and a mark a speck: only the names that have room are written
const NAMES = 90; // at the most

let zoom = 1;

/** @typedef {CanvasRenderingContext2D} Pen a canvas, or what writes SVG in its place */

/** A bar along the foot of a box, as long as the measure says. @param {Pen} ctx @param {string} key @param {number} left @param {number} bottom @param {number} width @param {string} colour */
function drawMeasure(ctx, key, left, bottom, width, colour) {
  const share = measureOf(key);
  if (share === null) return;
  ctx.fillStyle = colour;
  ctx.fillRect(left + 4, bottom - 5, Math.max(2, share * (width - 8)), 3); // nothing is not unknown
}

/** Whether a paper is drawn bright. @param {string} key */
const isBright = (key) => litPapers === null || litPapers.has(key);

/** @typedef {[number, number, number, number]} Rectangle left, top, right, bottom */
/** @typedef {{left: number, top: number, right: number, bottom: number}} View a part of the picture, in its own units */

/** The papers that show in a view, the lit ones last. @param {View} view @returns {Spot[]} */
function spotsIn({ left, top, right, bottom }) {
  const [dim, bright] = [[], /** @type {Spot[]} */ ([])];
  for (const spot of spots) {
    const [width, height] = spot.box;
    if (spot.x + width / 2 + 12 < left || spot.x - width / 2 - 12 > right || spot.y + height / 2 + 8 < top || spot.y - height / 2 - 8 > bottom) continue;
    if (isFiltered && !shown.has(spot.id)) continue;
    (isBright(spot.id) ? bright : dim).push(spot);
  }
  return dim.length ? [...dim, ...bright] : bright;
}

/** The drawn papers, those first whose names matter most from afar: the list, then the most cited. @type {Spot[] | null} */
let named_ = null;
const byRenown = () => (named_ ??= spots.slice(0, facts.drawn).sort((a, b) => renown(b) - renown(a)));
/** @param {Spot} spot */
const renown = ({ id }) => (papers[id].role === "list" ? 1e6 : 0) + citedByOf(id).length;

/** All papers in view. @param {Pen} ctx @param {View} view */
function drawPapers(ctx, view) {
  const inside = spotsIn(view);
  if (zoom >= SPECK) for (const spot of inside) drawPaper(ctx, spot.id);
  else {
    drawSpecks(ctx, inside);
    drawNames(ctx, view, laneNames(ctx, view).map(({ rectangle }) => rectangle));
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

/** Papers seen from afar: squares, larger for the list and where many cite a paper. @param {Pen} ctx @param {Spot[]} inside */
function drawSpecks(ctx, inside) {
  ctx.save();
  for (const { id: key, x, y, box: [width] } of inside) {
    const share = measureOf(key);
    const { colour, listed, usual } = lookOf(key);
    const side = (share === null ? usual : 2.4 + 11 * share) / zoom;
    const special = key === state.selected || key === state.pointed;
    ctx.globalAlpha = isBright(key) ? 1 : DIM;
    if (special || listed) {
      ctx.fillStyle = scheme.ink;
      const edge = (special ? 3 : 1) / zoom;
      ctx.fillRect(x - width / 2 - edge, y - side / 2 - edge, side + 2 * edge, side + 2 * edge);
    }
    ctx.fillStyle = colour;
    ctx.fillRect(x - width / 2, y - side / 2, side, side);
  }
  ctx.restore();
}

/** @type {Map<string, {colour: string, listed: boolean, usual: number}>} */
const looks = new Map();
/** What a speck of a paper looks like, worked out once. @param {string} key */
function lookOf(key) {
  const known = looks.get(key);
  if (known) return known;
  const listed = papers[key].role === "list";
  const made = { colour: colourOf(key), listed, usual: listed ? 9 : Math.min(7, 2.4 + Math.sqrt(citedByOf(key).length) / 2.5) };
  looks.set(key, made);
  return made;
}

/** From afar: the names of what is lit or selected, of the list, and of the most cited, as far as they have room. @param {Pen} ctx @param {View} view @param {Rectangle[]} taken */
function drawNames(ctx, view, taken) {
  const isIn = (/** @type {Spot} */ { id, x, y, box: [width] }) => shown.has(id) && x - width / 2 > view.left - 12 && x - width / 2 < view.right && y > view.top && y < view.bottom;
  const first = new Set([state.selected, state.pointed, ...[...(litPapers ?? [])].slice(0, 4 * NAMES)]);
  const wanted = [...first, ...guests].flatMap((key) => spots_.get(key ?? "") ?? []).filter(isIn);
  for (const spot of byRenown()) {
    if (wanted.length >= 4 * NAMES) break;
    if (!first.has(spot.id) && isIn(spot)) wanted.push(spot);
  }
  const most = taken.length + NAMES;
  ctx.save();
  ctx.font = `${600} ${11.5 / zoom}px ${FONT}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  for (const { id: key, x, y, box: [width], label: text } of wanted) {
    if (taken.length >= most) break;
    const [room, high] = [ctx.measureText(text).width, 8 / zoom];
    const mark = x - width / 2;
    const before = mark + 13 / zoom + room > view.right; // at the edge a name stands before its mark
    const at = before ? mark - room - 6 / zoom : mark + 13 / zoom;
    const [from, to] = before ? [at - 6 / zoom, mark + 12 / zoom] : [mark - 1 / zoom, at + room + 6 / zoom];
    if (taken.some(([l, t, r, b]) => from < r && to > l && y - high < b && y + high > t)) continue;
    taken.push([from, y - high, to, y + high]);
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
  label(ctx, id, left + 10, top + height / 2, width - 16, TEXT.list, isBright(id) ? textOn(colour) : scheme.ink);
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
