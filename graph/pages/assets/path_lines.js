// The lines of an answer: the path that is lit, which draws itself from old to new, and all others, as wide as the share of the paths that run there.

const DRAWING_MILLISECONDS = 600;
const MOST_LINES = 400; // of more the widest: thinner ones would not be told apart

/** The shares of the last answer, the least first. @type {{of: PathAnswer | null, shares: Map<Arc, number>}} */
let knownShares = { of: null, shares: new Map() };
/** The path that draws itself, as a text, and when it began. */
const drawing = { path: "", began: -Infinity };
/** A path that the reader points at in the list. @type {string[] | null} */
let previewedPath = null;

/** The share of the paths of the answer that use each arc, the widest arcs last. @returns {Map<Arc, number>} */
function pathShares() {
  const { answer } = pathResults;
  if (!state.request || !answer) return new Map();
  if (knownShares.of === answer) return knownShares.shares;
  const { total, arcs: counts } = answer.flow();
  const shares = [...counts].flatMap(([name, count]) => {
    const [cited, citing] = name.split(":");
    const arc = arcBetween(cited, citing);
    return arc ? [/** @type {[Arc, number]} */ ([arc, shareOf(count, total)])] : [];
  });
  knownShares = { of: answer, shares: new Map(shares.sort(([, a], [, b]) => a - b).slice(-MOST_LINES)) };
  return knownShares.shares;
}

/** How wide a line is, in pixels, by the share of the paths that run there. @param {number} share */
const widthOfShare = (share) => 0.6 + 7 * share;

/** How wide a lit arc is: of all paths by their share, of one path like any other. @param {Arc} arc */
function widthOfLitArc(arc) {
  if (state.chosenPath !== null || previewedPath || !state.request) return Math.max(2.6, 1.8 / zoom);
  return (pathShares().get(arc) ?? 0) * 7 * Math.max(1, 0.7 / zoom) + Math.max(1.2, 0.9 / zoom);
}

/** Draw where the paths of the answer run, behind what is lit. @param {Pen} ctx @param {Viewport} viewport */
function drawPathLines(ctx, viewport) {
  ctx.save();
  for (const [arc, share] of pathShares()) {
    if (!visiblePapers.has(arc.from) || !visiblePapers.has(arc.to) || !spotByKey.has(arc.from) || !spotByKey.has(arc.to)) continue;
    if (!isArcIn(viewport, arc)) continue;
    ctx.strokeStyle = lineColour(laneColourOf(arc.from));
    ctx.globalAlpha = Math.min(0.6, 0.25 + 2 * share);
    ctx.lineWidth = widthOfShare(share) * Math.max(1, 0.7 / zoom);
    ctx.beginPath();
    traceCurve(ctx, curveOf(arc).points);
    ctx.stroke();
  }
  ctx.restore();
}

/** Whether what is lit are paths: those of an answer, or that of a first visit. */
const isPathLit = () => state.request !== null || (state.pointed === null && welcomePath() !== null);

/** Begin to draw the path that is lit, unless it is drawn. */
function startDrawingPath() {
  const path = (state.request ? chosenPathKeys() : welcomePath())?.join(" ") ?? "";
  if (path === drawing.path) return;
  Object.assign(drawing, { path, began: reducedMotion.matches ? -Infinity : performance.now() });
}

/** Draw the whole path at once: for what leaves the page. */
const finishDrawingPath = () => (drawing.began = -Infinity);

/** How far the drawing of the lit path is, from 0 to 1. */
const drawnPart = () => (previewedPath ? 1 : Math.min(1, (performance.now() - drawing.began) / DRAWING_MILLISECONDS));

/** How much of a lit arc is drawn, from 0 to 1: the hops come one after the other. @param {Arc} arc */
function drawnPartOf(arc) {
  const part = drawnPart();
  if (part === 1) return 1;
  requestRedraw();
  const hop = highlightedArcs.indexOf(arc);
  return hop < 0 ? 1 : Math.max(0, Math.min(1, part * highlightedArcs.length - hop));
}

/** The first part of a curve (de Casteljau). @param {number[]} points @param {number} part from 0 to 1 @returns {number[]} */
function beginningOfCurve([x0, y0, x1, y1, x2, y2, x3, y3], part) {
  const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * part;
  const along = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ c, /** @type {number} */ d) => {
    const [ab, bc, cd] = [mix(a, b), mix(b, c), mix(c, d)];
    return [a, ab, mix(ab, bc), mix(mix(ab, bc), mix(bc, cd))];
  };
  const [xs, ys] = [along(x0, x1, x2, x3), along(y0, y1, y2, y3)];
  return xs.flatMap((x, n) => [x, ys[n]]);
}

/** Light a path while the reader points at it, or none. @param {string[] | null} path */
function previewPath(path) {
  const shown = path === chosenPathKeys() ? null : path;
  if (shown === previewedPath) return;
  previewedPath = shown;
  updateHighlight();
  requestRedraw();
}
