// Citations as arcs from the cited, older paper (left) to the citing, newer one (right).

/**
 * @typedef {{arc: Arc, at: number[], angle: number}} Curve
 *   `at`: where it begins, its two control points and where it ends, x and y in turn; `angle`: how it ends.
 */

const QUIET = Math.max(0.035, Math.min(0.34, 3 / Math.sqrt(drawnArcs.length || 1)));
const MANY = 1500; // more arcs than this are drawn aside, a slice at a time, while the picture answers
const SLICE = 10; // milliseconds

/** @type {Map<Arc, Curve>} */
const curves = new Map();

/** @param {Arc} arc @returns {Curve} */
function curveOf(arc) {
  const known = curves.get(arc);
  if (known) return known;
  const made = curved(arc, spotOf(arc.from), spotOf(arc.to));
  curves.set(arc, made);
  return made;
}

/** @param {Arc} arc @param {Spot} cited @param {Spot} citing @returns {Curve} */
function curved(arc, cited, citing) {
  const start = cited.x + cited.box[0] / 2;
  const end = citing.x - citing.box[0] / 2;
  if (end - start > 12) {
    // From side to side; a bow keeps arcs along one row from running under the papers between.
    const reach = Math.max(12, (end - start) * 0.45);
    const level = Math.max(0, 1 - Math.abs(citing.y - cited.y) / 90);
    const bow = Math.min(40, 0.12 * (end - start)) * level;
    return { arc, at: [start, cited.y, start + reach, cited.y - bow, end - reach, citing.y - bow, end, citing.y], angle: Math.atan2(bow, reach) };
  }
  // Too near in time to go around: from below one box to above the other, or the reverse.
  const down = citing.y > cited.y ? 1 : -1;
  const from = [start - 8, cited.y + (down * cited.box[1]) / 2];
  const to = [end + 8, citing.y - (down * citing.box[1]) / 2];
  const shared = [Math.max(start - cited.box[0], end), Math.min(start, end + citing.box[0])];
  if (shared[1] - shared[0] > 8) from[0] = to[0] = (shared[0] + shared[1]) / 2; // straight down, or up
  const rise = to[1] - from[1];
  const bow = Math.min(18, Math.abs(rise) * 0.06);
  return { arc, at: [...from, from[0] + bow, from[1] + rise / 2, to[0] + bow, to[1] - rise / 2, ...to], angle: Math.atan2(rise / 2 || down, -bow) };
}

/** Add a curve to the path that is being made. @param {Pen} ctx @param {number[]} at */
function trace(ctx, at) {
  ctx.moveTo(at[0], at[1]);
  ctx.bezierCurveTo(at[2], at[3], at[4], at[5], at[6], at[7]);
}

/** Whether a curve, which stays within its points, touches a view. @param {number[]} at @param {View} view */
const touches = ([x0, y0, x1, y1, x2, y2, x3, y3], view) =>
  Math.max(x0, x1, x2, x3) >= view.left && Math.min(x0, x1, x2, x3) <= view.right && Math.max(y0, y1, y2, y3) >= view.top && Math.min(y0, y1, y2, y3) <= view.bottom;

/** Some arcs, quietly: they show where much flows, not who cites whom. @param {Pen} ctx @param {View} view @param {Arc[]} some */
function drawArcs(ctx, view, some) {
  ctx.lineWidth = Math.max(1.4, 0.5 / zoom);
  for (const arc of some) {
    const { at } = curveOf(arc);
    if (!touches(at, view)) continue;
    ctx.strokeStyle = legible(colourOf(arc.from));
    ctx.beginPath();
    trace(ctx, at);
    ctx.stroke();
  }
}

/** How strongly all arcs are drawn. */
const quietness = () => (litPapers === null ? QUIET : QUIET * (state.ask ? 0.2 : 0.3));

/**
 * The arcs of one paper: solid to it from what it cites, dashed from it to who cites it. Of paths: solid and thick.
 * @param {Pen} ctx
 */
function drawLitArcs(ctx) {
  const paths = state.ask !== null;
  const key = paths ? null : (state.pointed ?? state.selected);
  ctx.save();
  ctx.lineWidth = paths ? Math.max(2.6, 1.8 / zoom) : Math.max(1.8, 1 / zoom);
  for (const arc of litArcs) {
    const { at, angle } = curveOf(arc);
    ctx.strokeStyle = ctx.fillStyle = legible(colourOf(arc.from));
    ctx.setLineDash(key !== null && arc.from === key ? [6, 4] : []);
    ctx.beginPath();
    trace(ctx, at);
    ctx.stroke();
    arrow(ctx, at[6], at[7], angle);
  }
  ctx.restore();
}

/** A theme's colour, drawn towards the ink so that a thin line of it shows on the page. @param {string} colour */
const legible = (colour) => mixed(colour, scheme.ink, 0.72);

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} angle */
function arrow(ctx, x, y, angle) {
  const size = Math.max(8, 6 / zoom);
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  ctx.setLineDash([]);
  ctx.beginPath();
  polygon(ctx, [[x, y], [x - cos + sin / 2, y - sin - cos / 2], [x - cos - sin / 2, y - sin + cos / 2]]);
  ctx.fill();
}

/** The arc near a place of the picture, a lit one first. @param {number} x @param {number} y @returns {Arc | null} */
function arcAt(x, y) {
  const reach = 6 / zoom;
  const near = { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
  for (const some of litPapers === null ? [shownArcs] : [litArcs]) {
    for (const arc of some) if (touches(curveOf(arc).at, near) && distanceTo(curveOf(arc).at, x, y) < reach) return arc;
  }
  return null;
}

/** @param {number[]} at @param {number} x @param {number} y how far a place is from a curve */
function distanceTo([x0, y0, x1, y1, x2, y2, x3, y3], x, y) {
  let nearest = Infinity;
  const steps = 60;
  for (let n = 0; n <= steps; n += 1) {
    const [t, s] = [n / steps, 1 - n / steps];
    const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    nearest = Math.min(nearest, Math.hypot(a * x0 + b * x1 + c * x2 + d * x3 - x, a * y0 + b * y1 + c * y2 + d * y3 - y));
  }
  return nearest;
}
