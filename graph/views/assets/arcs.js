// Citations as arcs from the cited, older paper (left) to the citing, newer one (right).

/** @typedef {{arc: Arc, path: Path2D, x: number, y: number, angle: number}} Curve where it ends, and in which direction */

const QUIET = Math.max(0.05, Math.min(0.34, 3 / Math.sqrt(arcs.length || 1)));
const MANY = 1500; // more arcs than this are left out while the picture moves

/** @type {Curve[]} */
const curves = arcs.map(curveOf);

/** @param {Arc} arc @returns {Curve} */
function curveOf(arc) {
  const [cited, citing] = [spotOf.get(arc.from), spotOf.get(arc.to)];
  const path = new Path2D();
  const start = cited.x + cited.box[0] / 2;
  const end = citing.x - citing.box[0] / 2;
  if (end - start > 12) {
    // From side to side; a bow keeps arcs along one row from running under the papers between.
    const reach = Math.max(12, (end - start) * 0.45);
    const level = Math.max(0, 1 - Math.abs(citing.y - cited.y) / 90);
    const bow = Math.min(40, 0.12 * (end - start)) * level;
    path.moveTo(start, cited.y);
    path.bezierCurveTo(start + reach, cited.y - bow, end - reach, citing.y - bow, end, citing.y);
    return { arc, path, x: end, y: citing.y, angle: Math.atan2(bow, reach) };
  }
  // Too near in time to go around: from below one box to above the other, or the reverse.
  const down = citing.y > cited.y ? 1 : -1;
  const from = [start - 8, cited.y + (down * cited.box[1]) / 2];
  const to = [end + 8, citing.y - (down * citing.box[1]) / 2];
  const shared = [Math.max(start - cited.box[0], end), Math.min(start, end + citing.box[0])];
  if (shared[1] - shared[0] > 8) from[0] = to[0] = (shared[0] + shared[1]) / 2; // straight down, or up
  const rise = to[1] - from[1];
  const bow = Math.min(18, Math.abs(rise) * 0.06);
  path.moveTo(from[0], from[1]);
  path.bezierCurveTo(from[0] + bow, from[1] + rise / 2, to[0] + bow, to[1] - rise / 2, to[0], to[1]);
  return { arc, path, x: to[0], y: to[1], angle: Math.atan2(rise / 2 || down, -bow) };
}

/** All arcs, quietly: they show where much flows, not who cites whom. */
function drawArcs(ctx, moving) {
  if (moving && curves.length > MANY) return;
  const some = focus() !== null;
  ctx.save();
  ctx.globalAlpha = some ? QUIET * 0.3 : QUIET;
  ctx.lineWidth = 1.4;
  for (const { arc, path } of curves) {
    ctx.strokeStyle = legible(colourOf(arc.from));
    ctx.stroke(path);
  }
  ctx.restore();
}

/** The arcs of one paper: solid to it from what it cites, dashed from it to who cites it. */
function drawLitArcs(ctx) {
  const key = focus();
  if (key === null) return;
  ctx.save();
  ctx.lineWidth = Math.max(1.8, 1 / zoom);
  for (const curve of curves) {
    if (curve.arc.from !== key && curve.arc.to !== key) continue;
    ctx.strokeStyle = ctx.fillStyle = legible(colourOf(curve.arc.from));
    ctx.setLineDash(curve.arc.from === key ? [6, 4] : []);
    ctx.stroke(curve.path);
    arrow(ctx, curve);
  }
  ctx.restore();
}

/** A theme's colour, drawn towards the ink so that a thin line of it shows on the page. */
const legible = (colour) => mixed(colour, scheme.ink, 0.72);

function arrow(ctx, { x, y, angle }) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.beginPath();
  polygon(ctx, [[0, 0], [-8, -4], [-8, 4]]);
  ctx.fill();
  ctx.restore();
}
