// The years and the lanes behind the papers. Their names stay in view while the picture moves.

const STRIP = 24; // the height of the years' strip on the screen

/** Bands and grid, under everything else. @param {Pen} ctx @param {View} view */
function drawLanes(ctx, view) {
  const [width] = facts.size;
  const [from, to] = [Math.min(view.left, 0), Math.max(view.right, width)];
  for (const lane of lanes) {
    ctx.fillStyle = mixed(lane.colour, scheme.paper, state.off.has(lane.theme ?? "") ? 0.02 : 0.07);
    ctx.fillRect(from, lane.top, to - from, lane.bottom - lane.top);
  }
  const [top, bottom] = [lanes[0]?.top ?? 0, lanes.at(-1)?.bottom ?? 0];
  ticks.forEach(([, x, empty], n) => {
    if (empty) hatch(ctx, x, top, ticks[n + 1][1], bottom);
    ctx.strokeStyle = scheme.line;
    ctx.lineWidth = 1 / zoom;
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom);
    ctx.stroke();
  });
}

/** Years without papers, not to scale: they look like a fold. @param {Pen} ctx @param {number} left @param {number} top @param {number} right @param {number} bottom */
function hatch(ctx, left, top, right, bottom) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, bottom - top);
  ctx.clip();
  ctx.beginPath();
  for (let x = left - (bottom - top); x < right; x += 9) {
    ctx.moveTo(x, bottom);
    ctx.lineTo(x + bottom - top, top);
  }
  ctx.strokeStyle = scheme.line;
  ctx.lineWidth = 0.7;
  ctx.globalAlpha = 0.7;
  ctx.stroke();
  ctx.restore();
}

/**
 * The lanes' names at the left of the view, each in the head of its lane, and the room that they take.
 * @param {Pen} ctx @param {View} view @returns {{lane: Lane, text: string, x: number, y: number, rectangle: Rectangle}[]}
 */
function laneNames(ctx, view) {
  const size = Math.max(11, Math.min(13, 15 * zoom)) / zoom;
  ctx.font = `600 ${size}px ${FONT}`;
  const x = Math.max(view.left, 0) + 12 / zoom;
  return lanes.flatMap((lane) => {
    const y = lane.top + Math.max(13, 8 / zoom);
    if (y > lane.bottom) return [];
    const text = cut(ctx, lane.name, view.right - x - 8 / zoom);
    return [{ lane, text, x, y, rectangle: /** @type {Rectangle} */ ([x, y - size / 2, x + ctx.measureText(text).width, y + size / 2]) }];
  });
}

/** @param {Pen} ctx @param {View} view */
function drawLaneNames(ctx, view) {
  ctx.save();
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3 / zoom;
  ctx.strokeStyle = scheme.paper;
  for (const { lane, text, x, y } of laneNames(ctx, view)) {
    ctx.globalAlpha = 0.7;
    ctx.strokeText(text, x, y);
    ctx.globalAlpha = 1;
    ctx.fillStyle = mixed(lane.colour, scheme.ink, 0.45);
    ctx.fillText(text, x, y);
  }
  ctx.restore();
}

/** The text, or as much of it as fits. @param {Pen} ctx @param {string} text @param {number} width */
function cut(ctx, text, width) {
  const line = text.replace(/\s+/g, " ").slice(0, 120);
  if (ctx.measureText(line).width <= width) return line;
  let end = line.length;
  while (end > 0 && ctx.measureText(`${line.slice(0, end)}…`).width > width) end -= 1;
  return end > 0 ? `${line.slice(0, end)}…` : "";
}

/** The years along the top of the view, over everything else. @param {Pen} ctx @param {View} view */
function drawYears(ctx, view) {
  const height = STRIP / zoom;
  ctx.save();
  ctx.globalAlpha = 0.94;
  ctx.fillStyle = scheme.paper;
  ctx.fillRect(view.left, view.top, view.right - view.left, height);
  ctx.globalAlpha = 1;
  ctx.font = `${12 / zoom}px ${FONT}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = scheme.quiet;
  let free = view.left;
  for (const [n, [label, x, empty]] of ticks.entries()) {
    const at = x + 4 / zoom;
    if (at < free || x > view.right) continue;
    const room = (ticks[n + 1]?.[1] ?? Infinity) - at;
    // A stretch of empty years keeps its label to itself where the next year's would be pushed out.
    const text = empty && ctx.measureText(label).width > room ? "⋯" : label;
    ctx.fillText(text, at, view.top + height / 2);
    free = at + ctx.measureText(text).width + 8 / zoom;
  }
  ctx.restore();
}
