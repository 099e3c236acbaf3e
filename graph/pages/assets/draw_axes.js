// Draw the years and the lanes behind the papers. Their names stay in view while the picture moves.

const YEAR_STRIP = 24; // the height of the strip with the years on the screen
const YEAR_SIZE = 12; // of their font

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
 * @typedef {{lane: Lane, text: string, count: string, x: number, y: number, pixels: number, badge: number, rectangle: Rectangle}} LaneHead
 *   `x` is where the text begins, after a badge of this side with the theme's letter; `pixels`: the size of the font
 */

/** The heads of the lanes in the last frame: a click there shows or hides a theme. @type {LaneHead[]} */
let laneHeads = [];

/**
 * Where the heads of the lanes stand: at the left of the viewport, each at the top of its lane, as far as nothing is in their way.
 * @param {Pen} ctx @param {Viewport} viewport @param {Rectangle[]} obstacles @returns {LaneHead[]}
 */
function placeLaneHeads(ctx, viewport, obstacles) {
  const pixels = Math.max(11, Math.min(13, 15 * zoom));
  const size = pixels / zoom;
  const start = viewport.left + 10 / zoom;
  return lanes.flatMap((lane) => {
    const y = lane.top + Math.max(12, 8 / zoom);
    if (y > lane.bottom || lane.top > viewport.bottom || lane.bottom < viewport.top) return [];
    const badge = lane.letter ? 1.35 * size : 0;
    const x = start + badge + (badge ? 5 / zoom : 0);
    const half = Math.max(size, badge) / 2;
    const inTheWay = obstacles.filter(([, top, right, bottom]) => right > start && top < y + half && bottom > y - half).map(([left]) => left);
    const end = Math.min(viewport.right, ...inTheWay) - 8 / zoom;
    if (inTheWay.length && end < x) return [];
    ctx.font = fontOf(pixels, 600);
    const text = inTheWay.length && end - x < SHORTEST_LANE_NAME / zoom ? "" : fitText(ctx, lane.name, (end - x) * zoom);
    const textEnd = x + widthOf(text, pixels, 600) / zoom;
    const count = state.hiddenThemes.has(lane.theme ?? "") ? "hidden" : lane.count;
    const countEnd = textEnd + (8 + widthOf(count, pixels)) / zoom;
    const isCounted = text === lane.name && count !== "" && countEnd < end;
    return [{ lane, text, count: isCounted ? count : "", x, y, pixels, badge, rectangle: /** @type {Rectangle} */ ([start, y - half, isCounted ? countEnd : textEnd, y + half]) }];
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
function drawLaneHead(ctx, { lane, text, count, x, y, pixels, badge, rectangle: [left] }) {
  const isHidden = state.hiddenThemes.has(lane.theme ?? "");
  if (badge) drawBadge(ctx, lane, left, y - badge / 2, badge, pixels / zoom);
  if (!text) return;
  const write = (/** @type {string} */ words, /** @type {number} */ at, /** @type {number} */ weight, /** @type {string} */ colour) => {
    ctx.font = fontOf(pixels, weight);
    ctx.globalAlpha = 0.7;
    ctx.strokeText(words, at, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour;
    ctx.fillText(words, at, 0);
    return at + widthOf(words, pixels, weight);
  };
  inPixels(ctx, x, y, () => {
    ctx.textAlign = "left";
    ctx.strokeStyle = pageColours.paper;
    ctx.lineWidth = 3;
    const end = write(text, 0, 600, isHidden ? pageColours.quiet : mixColours(lane.colour, pageColours.ink, 0.45));
    if (isHidden) ctx.fillRect(0, -0.5, end, 1.2);
    if (count) write(count, end + 8, 400, pageColours.quiet);
  });
}

/** A square of a theme's colour with its letter. @param {Pen} ctx @param {{letter: string, colour: string}} theme @param {number} left @param {number} top @param {number} side @param {number} size of the letter */
function drawBadge(ctx, { letter, colour }, left, top, side, size) {
  traceBox(ctx, left, top, side, side, side / 5);
  fillPath(ctx, colour);
  strokePath(ctx, outlineColour(colour), 1 / zoom);
  inPixels(ctx, left + side / 2, top + side / 2 + size / 20, () => {
    ctx.font = fontOf(Math.round((letter.length > 1 ? 75 : 100) * size * zoom) / 100, 700);
    ctx.textAlign = "center";
    ctx.fillStyle = textColourOn(colour);
    ctx.fillText(letter, 0, 0);
  });
}

/** The head of a lane at a point of the picture. @param {number} x @param {number} y */
const laneHeadAt = (x, y) => laneHeads.find(({ lane, rectangle: [left, top, right, bottom] }) => lane.theme !== OVERFLOW_THEME && x >= left && x <= right && y >= top && y <= bottom) ?? null;

/** The years along the top of the viewport, over everything else. @param {Pen} ctx @param {Viewport} viewport */
function drawYears(ctx, { left, top, right }) {
  inPixels(ctx, left, top, () => {
    ctx.globalAlpha = 0.94;
    ctx.fillStyle = pageColours.paper;
    ctx.fillRect(0, 0, (right - left) * zoom, YEAR_STRIP);
    ctx.globalAlpha = 1;
    ctx.font = fontOf(YEAR_SIZE);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillStyle = pageColours.quiet;
    let free = 0;
    for (const [n, [label, x, empty]] of ticks.entries()) {
      const start = Math.max(x - left, 0) * zoom + 4; // the year that has begun before the viewport is named at its left
      if (start < free || x > right) continue;
      const room = ((ticks[n + 1]?.[1] ?? Infinity) - left) * zoom - start;
      const width = widthOf(label, YEAR_SIZE);
      if (x < left && room < width) continue;
      // The label of empty years is shortened where it would leave no room for the next year's.
      const isShortened = empty && width > room;
      ctx.fillText(isShortened ? "⋯" : label, start, YEAR_STRIP / 2);
      free = start + (isShortened ? widthOf("⋯", YEAR_SIZE) : width) + 8;
    }
  });
}
