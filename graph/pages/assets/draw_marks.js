// Draw the reader's marks at the upper right corner of a paper: a star, a tick for a paper that is read, a dot for one of their own, a sheet for a note.

const MARK_SIZE = 5; // the radius of a mark, in pixels of the screen
const STAR_COLOUR = "#e0a100";

/** The marks of a paper that the picture shows. @param {string} key @returns {((ctx: Pen, x: number, y: number, size: number) => void)[]} */
function marksToDraw(key) {
  const { starred, read, own, notes } = state.marks;
  return [...(starred.includes(key) ? [drawStar] : []), ...(read.includes(key) ? [drawTick] : []), ...(own.includes(key) ? [drawDot] : []), ...(notes.has(key) ? [drawNoteMark] : [])];
}

/** Draw the marks of all papers in view. @param {Pen} ctx @param {Viewport} viewport */
function drawMarks(ctx, viewport) {
  const marked = new Set([...state.marks.starred, ...state.marks.read, ...state.marks.own, ...state.marks.notes.keys()]);
  if (!marked.size) return;
  const size = MARK_SIZE / Math.min(zoom, 1.2);
  for (const { id, x, y, box: [width, height] } of spotsIn(viewport)) {
    if (!marked.has(id)) continue;
    const right = zoom < LEGIBLE_ZOOM ? x - width / 2 + 6 / zoom : x + width / 2;
    marksToDraw(id).forEach((draw, n) => draw(ctx, right - 2.4 * size * n, y - height / 2, size));
  }
}

/** Fill the current path with a light rim, so that it shows on every colour. @param {Pen} ctx @param {string} colour @param {number} size */
function fillWithRim(ctx, colour, size) {
  ctx.strokeStyle = pageColours.paper;
  ctx.lineWidth = size * 0.7;
  ctx.lineJoin = "round";
  ctx.stroke();
  ctx.fillStyle = colour;
  ctx.fill();
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} size */
function drawStar(ctx, x, y, size) {
  const corner = (/** @type {number} */ n) => {
    const [radius, angle] = [n % 2 ? size * 0.5 : size * 1.2, (n * Math.PI) / 5 - Math.PI / 2];
    return /** @type {[number, number]} */ ([x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
  };
  ctx.beginPath();
  tracePolygon(ctx, Array.from({ length: 10 }, (_, n) => corner(n)));
  fillWithRim(ctx, STAR_COLOUR, size);
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} size */
function drawDot(ctx, x, y, size) {
  ctx.beginPath();
  ctx.arc(x, y, size * 0.8, 0, 2 * Math.PI);
  fillWithRim(ctx, pageColours.ink, size);
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} size */
function drawTick(ctx, x, y, size) {
  for (const [colour, width] of /** @type {[string, number][]} */ ([[pageColours.paper, size], [pageColours.ink, size * 0.45]])) {
    ctx.beginPath();
    ctx.moveTo(x - size * 0.9, y);
    ctx.lineTo(x - size * 0.2, y + size * 0.7);
    ctx.lineTo(x + size, y - size * 0.8);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}

/** @param {Pen} ctx @param {number} x @param {number} y @param {number} size */
function drawNoteMark(ctx, x, y, size) {
  ctx.beginPath();
  tracePolygon(ctx, [[x - size * 0.8, y - size], [x + size * 0.3, y - size], [x + size * 0.8, y - size * 0.5], [x + size * 0.8, y + size], [x - size * 0.8, y + size]]);
  fillWithRim(ctx, pageColours.accent, size);
}
