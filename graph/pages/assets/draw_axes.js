// Draw the years and the lanes behind the papers. Their names stay in view while the picture moves.

const YEAR_STRIP = 24; // the height of the strip with the years on the screen

/** The bands of the lanes and the lines of the years, under everything else. @param {Pen} ctx @param {Viewport} viewport */
function drawLanes(ctx, viewport) {
  const [width] = facts.size;
  const [from, to] = [Math.min(viewport.left, 0), Math.max(viewport.right, width)];
  for (const lane of lanes) {
    ctx.fillStyle = mixColours(lane.colour, pageColours.paper, state.hiddenThemes.has(lane.theme ?? "") ? 0.02 : 0.07);
    ctx.fillRect(from, lane.top, to - from, lane.bottom - lane.top);
  }
  const [top, bottom] = [lanes[0]?.top ?? 0, lanes.at(-1)?.bottom ?? 0];
  ticks.forEach(([, x, empty], n) => {
    if (empty) drawHatching(ctx, x, top, ticks[n + 1][1], bottom);
    ctx.strokeStyle = pageColours.line;
    ctx.lineWidth = 1 / zoom;
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom);
    ctx.stroke();
  });
}

/** Hatch a stretch of years without papers, which is not to scale. @param {Pen} ctx @param {number} left @param {number} top @param {number} right @param {number} bottom */
function drawHatching(ctx, left, top, right, bottom) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, bottom - top);
  ctx.clip();
  ctx.beginPath();
  for (let x = left - (bottom - top); x < right; x += 9) {
    ctx.moveTo(x, bottom);
    ctx.lineTo(x + bottom - top, top);
  }
  ctx.strokeStyle = pageColours.line;
  ctx.lineWidth = 0.7;
  ctx.globalAlpha = 0.7;
  ctx.stroke();
  ctx.restore();
}

const SHORTEST_LANE_NAME = 40; // pixels; what has less room is left out

/**
 * @typedef {{lane: Lane, text: string, count: string, x: number, y: number, size: number, badge: number, rectangle: Rectangle}} LaneHead
 *   `x` is where the text begins, after a badge of this side with the theme's letter
 */

/** The heads of the lanes in the last frame: a click there shows or hides a theme. @type {LaneHead[]} */
let laneHeads = [];

/**
 * Where the heads of the lanes stand: at the left of the viewport, each at the top of its lane, as far as nothing is in their way.
 * @param {Pen} ctx @param {Viewport} viewport @param {Rectangle[]} obstacles @returns {LaneHead[]}
 */
function placeLaneHeads(ctx, viewport, obstacles) {
  const size = Math.max(11, Math.min(13, 15 * zoom)) / zoom;
  const start = Math.max(viewport.left, 0) + 10 / zoom;
  return lanes.flatMap((lane) => {
    const y = lane.top + Math.max(12, 8 / zoom);
    if (y > lane.bottom || lane.top > viewport.bottom || lane.bottom < viewport.top) return [];
    const badge = lane.letter ? 1.35 * size : 0;
    const x = start + badge + (badge ? 5 / zoom : 0);
    const half = Math.max(size, badge) / 2;
    const inTheWay = obstacles.filter(([, top, right, bottom]) => right > start && top < y + half && bottom > y - half).map(([left]) => left);
    const end = Math.min(viewport.right, ...inTheWay) - 8 / zoom;
    if (inTheWay.length && end < x) return [];
    ctx.font = `600 ${size}px ${FONT}`;
    const text = inTheWay.length && end - x < SHORTEST_LANE_NAME / zoom ? "" : fitText(ctx, lane.name, end - x);
    const textEnd = x + ctx.measureText(text).width;
    ctx.font = `${size}px ${FONT}`;
    const count = state.hiddenThemes.has(lane.theme ?? "") ? "hidden" : lane.count;
    const countEnd = textEnd + 8 / zoom + ctx.measureText(count).width;
    const isCounted = text === lane.name && count !== "" && countEnd < end;
    return [{ lane, text, count: isCounted ? count : "", x, y, size, badge, rectangle: /** @type {Rectangle} */ ([start, y - half, isCounted ? countEnd : textEnd, y + half]) }];
  });
}

/** @param {Pen} ctx @param {Viewport} viewport @param {Rectangle[]} obstacles */
function drawLaneHeads(ctx, viewport, obstacles) {
  laneHeads = placeLaneHeads(ctx, viewport, obstacles);
  ctx.save();
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const head of laneHeads) drawLaneHead(ctx, head);
  ctx.restore();
}

/** The badge with the theme's letter, its name, and how many papers it has. @param {Pen} ctx @param {LaneHead} head */
function drawLaneHead(ctx, { lane, text, count, x, y, size, badge, rectangle: [left] }) {
  const isHidden = state.hiddenThemes.has(lane.theme ?? "");
  if (badge) drawBadge(ctx, lane, left, y - badge / 2, badge, size);
  ctx.textAlign = "left";
  ctx.strokeStyle = pageColours.paper;
  ctx.lineWidth = 3 / zoom;
  const write = (/** @type {string} */ words, /** @type {number} */ at, /** @type {number} */ weight, /** @type {string} */ colour) => {
    ctx.font = `${weight} ${size}px ${FONT}`;
    ctx.globalAlpha = 0.7;
    ctx.strokeText(words, at, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour;
    ctx.fillText(words, at, y);
    return at + ctx.measureText(words).width;
  };
  if (!text) return;
  const end = write(text, x, 600, isHidden ? pageColours.quiet : mixColours(lane.colour, pageColours.ink, 0.45));
  if (isHidden) ctx.fillRect(x, y - 0.5 / zoom, end - x, 1.2 / zoom);
  if (count) write(count, end + 8 / zoom, 400, pageColours.quiet);
}

/** A square of a theme's colour with its letter. @param {Pen} ctx @param {{letter: string, colour: string}} theme @param {number} left @param {number} top @param {number} side @param {number} size of the letter */
function drawBadge(ctx, { letter, colour }, left, top, side, size) {
  traceBox(ctx, left, top, side, side, side / 5);
  fillPath(ctx, colour);
  ctx.strokeStyle = outlineColour(colour);
  ctx.lineWidth = 1 / zoom;
  ctx.stroke();
  ctx.font = `700 ${letter.length > 1 ? 0.75 * size : size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.fillStyle = textColourOn(colour);
  ctx.fillText(letter, left + side / 2, top + side / 2 + size / 20);
}

/** The head of a lane at a point of the picture. @param {number} x @param {number} y */
const laneHeadAt = (x, y) => laneHeads.find(({ lane, rectangle: [left, top, right, bottom] }) => lane.theme !== OVERFLOW_THEME && x >= left && x <= right && y >= top && y <= bottom) ?? null;

const MOST_LETTERS = 1000; // of a text that is drawn in one line

/** As much of a text as fits into a width, with an ellipsis where it is cut. @param {Pen} ctx @param {string} text @param {number} width */
function fitText(ctx, text, width) {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= MOST_LETTERS && ctx.measureText(line).width <= width) return line;
  const letters = [...graphemesOf(beginningOf(line, MOST_LETTERS))].slice(0, -1);
  const shortened = (/** @type {number} */ end) => `${letters.slice(0, end).join("").trimEnd()}…`;
  let [fits, tooLong] = [0, letters.length + 1];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (ctx.measureText(shortened(middle)).width <= width) fits = middle;
    else tooLong = middle;
  }
  return fits > 0 ? shortened(fits) : "";
}

/** The years along the top of the viewport, over everything else. @param {Pen} ctx @param {Viewport} viewport */
function drawYears(ctx, viewport) {
  const height = YEAR_STRIP / zoom;
  ctx.save();
  ctx.globalAlpha = 0.94;
  ctx.fillStyle = pageColours.paper;
  ctx.fillRect(viewport.left, viewport.top, viewport.right - viewport.left, height);
  ctx.globalAlpha = 1;
  ctx.font = `${12 / zoom}px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = pageColours.quiet;
  let free = viewport.left;
  for (const [n, [label, x, empty]] of ticks.entries()) {
    const start = Math.max(x, viewport.left) + 4 / zoom; // the year that has begun before the viewport is named at its left
    if (start < free || x > viewport.right) continue;
    const room = (ticks[n + 1]?.[1] ?? Infinity) - start;
    if (x < viewport.left && room < ctx.measureText(label).width) continue;
    // The label of empty years is shortened where it would leave no room for the next year's.
    const text = empty && ctx.measureText(label).width > room ? "⋯" : label;
    ctx.fillText(text, start, viewport.top + height / 2);
    free = start + ctx.measureText(text).width + 8 / zoom;
  }
  ctx.restore();
}
