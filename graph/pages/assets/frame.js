// One frame of the picture. Many arcs are drawn on a canvas of their own, which is copied into the frames.

/** The arcs as they were drawn last, with the viewport for which they were drawn. */
const arcLayer = {
  canvas: document.createElement("canvas"),
  viewport: /** @type {Viewport | null} */ (null),
  /** What is being drawn: arcs, viewport, size and colours. */
  content: "",
  /** The position of the arc that is drawn next. */
  next: 0,
  /** Whether all arcs of `content` are drawn. */
  whole: false,
  timer: 0,
};
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
  drawHighlightedArcs(ctx);
  drawLaneHeads(ctx, viewport, drawPapers(ctx, viewport));
  drawMarks(ctx, viewport);
  drawYears(ctx, viewport);
}

/**
 * Draw many arcs on their own canvas, some at a time, unless they are there for this viewport.
 * @param {Viewport} viewport @param {number} width @param {number} height @param {() => void} done is called when they are there
 */
function refreshArcLayer(viewport, width, height, done) {
  if (visibleArcs.length <= MANY_ARCS) return;
  const { left, top, right, bottom } = viewport;
  const content = [visibilityVersion, left, top, right, bottom, width, height, pageColours.ink].join();
  if (arcLayer.content === content) return;
  clearTimeout(arcLayer.timer);
  Object.assign(arcLayer, { content, next: 0, whole: false });
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(width / (right - left), height / (bottom - top));
  ctx.translate(-left, -top);
  ctx.globalAlpha = ARC_OPACITY;
  const drawSlice = () => {
    const until = performance.now() + SLICE_MILLISECONDS;
    while (arcLayer.next < visibleArcs.length && performance.now() < until) {
      drawArcs(ctx, viewport, visibleArcs.slice(arcLayer.next, arcLayer.next + 200));
      arcLayer.next += 200;
    }
    if (arcLayer.next < visibleArcs.length) arcLayer.timer = window.setTimeout(drawSlice);
    else {
      Object.assign(arcLayer, { canvas, viewport, whole: true });
      done();
    }
  };
  arcLayer.timer = window.setTimeout(drawSlice);
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
