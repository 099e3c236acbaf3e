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
 * Where the names of the lanes stand: at the left of the viewport, each at the top of its lane, as far as nothing is in their way.
 * @param {Pen} ctx @param {Viewport} viewport @param {Rectangle[]} obstacles @returns {{lane: Lane, text: string, x: number, y: number, rectangle: Rectangle}[]}
 */
function placeLaneNames(ctx, viewport, obstacles) {
  const size = Math.max(11, Math.min(13, 15 * zoom)) / zoom;
  ctx.font = `600 ${size}px ${FONT}`;
  const x = Math.max(viewport.left, 0) + 12 / zoom;
  return lanes.flatMap((lane) => {
    const y = lane.top + Math.max(13, 8 / zoom);
    if (y > lane.bottom || lane.top > viewport.bottom || lane.bottom < viewport.top) return [];
    const inTheWay = obstacles.filter(([, top, right, bottom]) => right > x && top < y + size / 2 && bottom > y - size / 2).map(([left]) => left);
    const room = Math.min(viewport.right, ...inTheWay) - x - 8 / zoom;
    const text = inTheWay.length && room < SHORTEST_LANE_NAME / zoom ? "" : fitText(ctx, lane.name, room);
    return [{ lane, text, x, y, rectangle: /** @type {Rectangle} */ ([x, y - size / 2, x + ctx.measureText(text).width, y + size / 2]) }];
  });
}

/** @param {Pen} ctx @param {Viewport} viewport @param {Rectangle[]} obstacles */
function drawLaneNames(ctx, viewport, obstacles) {
  ctx.save();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3 / zoom;
  ctx.strokeStyle = pageColours.paper;
  for (const { lane, text, x, y } of placeLaneNames(ctx, viewport, obstacles)) {
    ctx.globalAlpha = 0.7;
    ctx.strokeText(text, x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = mixColours(lane.colour, pageColours.ink, 0.45);
    ctx.fillText(text, x, y);
  }
  ctx.restore();
}

const MOST_LETTERS = 1000; // of a text that is drawn in one line

/** As much of a text as fits into a width, with an ellipsis where it is cut. @param {Pen} ctx @param {string} text @param {number} width */
function fitText(ctx, text, width) {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= MOST_LETTERS && ctx.measureText(line).width <= width) return line;
  const letters = [...line.slice(0, MOST_LETTERS)].slice(0, -1); // whole code points; the last one may be cut
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
