// One frame of the picture. Many arcs are drawn on a canvas of their own, which is copied into the frames.

/** The arcs as they were drawn last, with the viewport for which they were drawn. */
const arcLayer = {
  canvas: document.createElement("canvas"),
  viewport: /** @type {Viewport | null} */ (null),
  /** For which viewport, and in which look, arcs are drawn or being drawn. */
  wanted: /** @type {Viewport | null} */ (null),
  look: "",
  /** Whether all arcs that are wanted are drawn. */
  whole: false,
  timer: 0,
};
const SEEN_FIRST = 50; // milliseconds for the frame that shows what a reader chose, before arcs are drawn anew
let visibilityVersion = 0;

/**
 * @param {Pen} ctx in the picture's own units
 * @param {Viewport} viewport
 * @param {boolean} direct draw every arc here and now
 */
function drawFrame(ctx, viewport, direct) {
  drawLanes(ctx, viewport);
  ctx.save();
  ctx.globalAlpha = arcOpacity();
  if (direct || visibleArcs.length <= MANY_ARCS) drawArcs(ctx, viewport, visibleArcs);
  else if (arcLayer.viewport) {
    const { left, top, right, bottom } = arcLayer.viewport;
    ctx.globalAlpha = highlightedPapers === null ? 1 : 0.25;
    ctx.drawImage(arcLayer.canvas, left, top, right - left, bottom - top);
  }
  ctx.restore();
  drawPathLines(ctx, viewport);
  drawHighlightedArcs(ctx, viewport);
  drawLaneHeads(ctx, viewport, drawPapers(ctx, viewport));
  drawMarks(ctx, viewport);
  drawYears(ctx, viewport);
}

/**
 * Draw many arcs on their own canvas, some at a time, unless they are there for this viewport, or for a larger one at its scale.
 * @param {Viewport} viewport @param {number} width @param {number} height @param {() => void} done is called when they are there
 */
function refreshArcLayer(viewport, width, height, done) {
  if (visibleArcs.length <= MANY_ARCS) return;
  const look = [visibilityVersion, (width / (viewport.right - viewport.left)).toPrecision(9), pageColours.ink].join();
  if (arcLayer.look === look && arcLayer.wanted && contains(arcLayer.wanted, viewport)) return;
  clearTimeout(arcLayer.timer);
  Object.assign(arcLayer, { wanted: viewport, look, whole: false });
  /** @type {CanvasRenderingContext2D | null} */
  let ctx = null; // a canvas takes milliseconds to make, and a view that moves wants another before a slice is drawn
  let next = 0;
  const drawSlice = () => {
    ctx ??= penOfArcs(viewport, width, height);
    const until = performance.now() + SLICE_MILLISECONDS;
    for (; next < visibleArcs.length && performance.now() < until; next += 200) drawArcs(ctx, viewport, visibleArcs.slice(next, next + 200));
    if (next < visibleArcs.length) arcLayer.timer = window.setTimeout(drawSlice);
    else {
      Object.assign(arcLayer, { canvas: ctx.canvas, viewport, whole: true });
      done();
    }
  };
  arcLayer.timer = window.setTimeout(drawSlice, arcLayer.viewport ? SEEN_FIRST : 0);
}

/** A pen for the arcs of a viewport, in the picture's own units, on a new canvas. @param {Viewport} viewport @param {number} width @param {number} height */
function penOfArcs({ left, top, right, bottom }, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(width / (right - left), height / (bottom - top));
  ctx.translate(-left, -top);
  ctx.globalAlpha = ARC_OPACITY;
  return ctx;
}

/** Whether a viewport has all of another, but for less than a pixel. @param {Viewport} one @param {Viewport} other */
function contains(one, other) {
  const pixel = 0.9 / zoom;
  return one.left <= other.left + pixel && one.top <= other.top + pixel && one.right >= other.right - pixel && one.bottom >= other.bottom - pixel;
}

/** The paper at a point of the picture, or null; from afar a point near its square counts too. @param {number} x @param {number} y */
function paperAt(x, y) {
  const isFar = zoom < LEGIBLE_ZOOM;
  let paper = null;
  let nearest = isFar ? 7 / zoom : 0.01;
  for (const spot of spots) {
    if (!visiblePapers.has(spot.id)) continue;
    const [start, top, end, bottom] = rectangleOf(spot);
    const across = Math.max(start - x, x - (isFar ? start + 6 / zoom : end), 0);
    const along = Math.max(top - y, y - bottom, 0);
    const distance = Math.hypot(across, along);
    if (distance < nearest) [paper, nearest] = [spot.id, distance];
  }
  return paper;
}
