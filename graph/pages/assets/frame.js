// One frame of the picture. Where there are many arcs they are drawn aside, and copied into the frames.

/** The arcs as they were drawn last, and for which view. */
const layer = {
  canvas: document.createElement("canvas"),
  view: /** @type {View | null} */ (null),
  what: "",
  next: 0,
  /** The arcs of `what` are all there. */
  whole: false,
  timer: 0,
};
let shownVersion = 0;

/**
 * @param {Pen} ctx in the picture's own units
 * @param {View} view
 * @param {boolean} direct draw every arc here and now
 */
function drawScene(ctx, view, direct) {
  drawLanes(ctx, view);
  ctx.save();
  ctx.globalAlpha = quietness();
  if (direct || shownArcs.length <= MANY) drawArcs(ctx, view, shownArcs);
  else if (layer.view) {
    const { left, top, right, bottom } = layer.view;
    ctx.globalAlpha = litPapers === null ? 1 : 0.25;
    ctx.drawImage(layer.canvas, left, top, right - left, bottom - top);
  }
  ctx.restore();
  drawLitArcs(ctx);
  drawPapers(ctx, view);
  drawLaneNames(ctx, view);
  drawYears(ctx, view);
}

/** Have the arcs drawn aside for a view, unless they are. @param {View} view @param {number} width @param {number} height @param {() => void} done */
function refreshArcs(view, width, height, done) {
  if (shownArcs.length <= MANY) return;
  const what = [shownVersion, view.left, view.top, view.right, view.bottom, width, height, scheme.ink].join();
  if (layer.what === what) return;
  clearTimeout(layer.timer);
  Object.assign(layer, { what, next: 0, whole: false });
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(width / (view.right - view.left), height / (view.bottom - view.top));
  ctx.translate(-view.left, -view.top);
  ctx.globalAlpha = QUIET;
  const slice = () => {
    const until = performance.now() + SLICE;
    while (layer.next < shownArcs.length && performance.now() < until) {
      drawArcs(ctx, view, shownArcs.slice(layer.next, layer.next + 200));
      layer.next += 200;
    }
    if (layer.next < shownArcs.length) layer.timer = window.setTimeout(slice);
    else {
      Object.assign(layer, { canvas, view, whole: true });
      done();
    }
  };
  layer.timer = window.setTimeout(slice);
}

/** The paper at a place of the picture, or null; marks seen from afar are easier to hit than they look. @param {number} x @param {number} y */
function paperAt(x, y) {
  let best = null;
  let nearest = zoom < LEGIBLE ? 7 / zoom : 0.01;
  for (const spot of spots) {
    if (!shown.has(spot.id)) continue;
    const far = zoom < SPECK;
    const [l, r] = [left(spot), far ? left(spot) + 6 / zoom : left(spot) + spot.box[0]];
    const across = Math.max(l - x, x - r, 0);
    const along = Math.max(Math.abs(spot.y - y) - spot.box[1] / 2, 0);
    const away = Math.hypot(across, along);
    if (away < nearest) [best, nearest] = [spot.id, away];
  }
  return best;
}
