// Draw the citations: arcs from the cited, older paper at the left to the citing, newer one at the right.

/**
 * @typedef {{points: number[], angle: number}} Curve
 *   `points`: x and y of its start, its two control points and its end; `angle`: its direction at the end.
 */

const ARC_OPACITY = Math.max(0.035, Math.min(0.34, 3 / Math.sqrt(drawnArcs.length || 1)));
const MANY_ARCS = 1500; // more arcs are drawn on a canvas of their own, some at a time, so that the picture stays responsive
const SLICE_MILLISECONDS = 10;

/** @type {(Curve | undefined)[]} by the row of the arc, as far as they are known */
const curves = new Array(arcs.length);

/** @param {Arc} arc */
const curveOf = (arc) => (curves[arc.n] ??= computeCurve(spotOf(arc.from), spotOf(arc.to)));

/** @param {Spot} cited @param {Spot} citing @returns {Curve} */
function computeCurve(cited, citing) {
  const start = cited.x + cited.box[0] / 2;
  const end = citing.x - citing.box[0] / 2;
  if (end - start > 12) {
    // From side to side; a bow keeps arcs along a row from running under the papers between.
    const reach = Math.max(12, (end - start) * 0.45);
    const level = Math.max(0, 1 - Math.abs(citing.y - cited.y) / 90);
    const bow = Math.min(40, 0.12 * (end - start)) * level;
    return { points: [start, cited.y, start + reach, cited.y - bow, end - reach, citing.y - bow, end, citing.y], angle: Math.atan2(bow, reach) };
  }
  // Too close in time for that: from the bottom of the one box to the top of the other, or the reverse.
  const down = citing.y > cited.y ? 1 : -1;
  const from = [start - 8, cited.y + (down * cited.box[1]) / 2];
  const to = [end + 8, citing.y - (down * citing.box[1]) / 2];
  const shared = [Math.max(start - cited.box[0], end), Math.min(start, end + citing.box[0])];
  if (shared[1] - shared[0] > 8) from[0] = to[0] = (shared[0] + shared[1]) / 2; // straight down, or up
  const rise = to[1] - from[1];
  const bow = Math.min(18, Math.abs(rise) * 0.06);
  return { points: [...from, from[0] + bow, from[1] + rise / 2, to[0] + bow, to[1] - rise / 2, ...to], angle: Math.atan2(rise / 2 || down, -bow) };
}

/** Add a curve to the current path. @param {Pen} ctx @param {number[]} points */
function traceCurve(ctx, points) {
  ctx.moveTo(points[0], points[1]);
  ctx.bezierCurveTo(points[2], points[3], points[4], points[5], points[6], points[7]);
}

/** Whether the box around the points of a curve, which it never leaves, touches a rectangle. @param {number[]} p the points @param {Viewport} rectangle */
const curveTouches = (p, { left, top, right, bottom }) => // by position: taking an array apart is slow in code that runs for the first time
  Math.max(p[0], p[2], p[4], p[6]) >= left && Math.min(p[0], p[2], p[4], p[6]) <= right && Math.max(p[1], p[3], p[5], p[7]) >= top && Math.min(p[1], p[3], p[5], p[7]) <= bottom;

/** Whether an arc is drawn in a viewport. @param {Viewport} viewport @param {Arc} arc */
const isArcIn = (viewport, arc) => curveTouches(curveOf(arc).points, viewport) && (!viewport.onlyWhole || [arc.from, arc.to].every((key) => isWhole(viewport, spotOf(key))));

/** Some arcs, at the current opacity: faint ones show where many citations run, not which paper cites which. @param {Pen} ctx @param {Viewport} viewport @param {Arc[]} some */
function drawArcs(ctx, viewport, some) {
  ctx.lineWidth = Math.max(1.4, 0.5 / zoom);
  /** @type {Map<string | null, string>} by theme: thousands of arcs have few colours */
  const colours = new Map();
  let theme; // the pen keeps its colour while it does not change
  for (const arc of some) {
    if (!isArcIn(viewport, arc)) continue;
    const { lane } = papers[arc.from];
    if (lane !== theme) {
      if (!colours.has(lane)) colours.set(lane, lineColour(laneColourOf(arc.from)));
      ctx.strokeStyle = colours.get(lane) ?? "";
      theme = lane;
    }
    ctx.beginPath();
    traceCurve(ctx, curveOf(arc).points);
    ctx.stroke();
  }
}

/** The opacity of arcs that are not highlighted. */
const arcOpacity = () => (highlightedPapers === null ? ARC_OPACITY : ARC_OPACITY * (state.request ? 0.2 : 0.3));

/**
 * The highlighted arcs in a viewport. Those of paths are solid and thick; of one paper, those from what it cites are solid, those to what cites it dashed.
 * @param {Pen} ctx @param {Viewport} viewport
 */
function drawHighlightedArcs(ctx, { left, top, right, bottom }) {
  const onPaths = isPathLit();
  const key = onPaths ? null : (state.pointed ?? state.selected);
  const dash = [6, 4].map((length) => length / Math.min(zoom, 1)); // shorter than a pixel they would take most of the frame, and not be seen
  const head = sizeOfArrowhead();
  const withHeads = { left: left - head, top: top - head, right: right + head, bottom: bottom + head };
  ctx.save();
  for (const arc of hoveredArc ? [...highlightedArcs, hoveredArc] : highlightedArcs) {
    const { points, angle } = curveOf(arc);
    const part = onPaths ? drawnPartOf(arc) : 1;
    if (part === 0 || !curveTouches(points, withHeads)) continue;
    ctx.lineWidth = onPaths ? widthOfLitArc(arc) : Math.max(1.8, 1 / zoom);
    ctx.strokeStyle = ctx.fillStyle = lineColour(laneColourOf(arc.from));
    ctx.setLineDash(key !== null && arc.from === key ? dash : []);
    ctx.beginPath();
    traceCurve(ctx, part < 1 ? beginningOfCurve(points, part) : points);
    ctx.stroke();
    if (part === 1) drawArrowhead(ctx, points[6], points[7], angle);
  }
  ctx.restore();
}

/** A theme's colour mixed with the ink, so that a thin line stands out from the page. @param {string} colour */
const lineColour = (colour) => outlineColour(mixColours(colour, pageColours.ink, 0.72));

const sizeOfArrowhead = () => Math.max(8, 6 / zoom);

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} angle */
function drawArrowhead(ctx, x, y, angle) {
  const size = sizeOfArrowhead();
  const [cos, sin] = [Math.cos(angle) * size, Math.sin(angle) * size];
  ctx.setLineDash([]);
  ctx.beginPath();
  tracePolygon(ctx, [[x, y], [x - cos + sin / 2, y - sin - cos / 2], [x - cos - sin / 2, y - sin + cos / 2]]);
  ctx.fill();
}

/** The first of some arcs near a point of the picture. @param {Arc[]} some @param {number} x @param {number} y @param {number} pixels how near @returns {Arc | null} */
function arcAt(some, x, y, pixels = 6) {
  const reach = pixels / zoom;
  const near = { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
  return some.find((arc) => curveTouches(curveOf(arc).points, near) && isNearCurve(curveOf(arc).points, x, y, reach)) ?? null;
}

/** Whether a point is nearer to a curve than a distance. @param {number[]} points of the curve @param {number} x @param {number} y @param {number} distance */
function isNearCurve(points, x, y, distance) {
  measuringContext.lineWidth = 2 * distance;
  measuringContext.beginPath();
  traceCurve(measuringContext, points);
  return measuringContext.isPointInStroke(x, y);
}
