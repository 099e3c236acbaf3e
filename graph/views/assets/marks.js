// How a paper looks: a filled box on the list, an outlined box for a bridge, a small mark for others.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const TEXT = { list: `600 13.5px ${FONT}`, bridge: `12px ${FONT}`, other: `11px ${FONT}` };
const DIM = 0.26;
const LEGIBLE = 0.32; // below this zoom a label is a smear; the mark alone is drawn

/** @type {Set<string> | null} the papers that stay bright in the frame that is being drawn */
let bright = null;
let zoom = 1;

/** vis-network's hook for shapes of one's own. */
function drawMark({ ctx, id, x, y }) {
  const [width, height] = spotOf.get(id).box;
  const draw = { list: drawListed, bridge: drawBridge }[papers[id].role] ?? drawDot;
  return {
    drawNode() {
      ctx.save();
      ctx.globalAlpha = bright === null || bright.has(id) ? 1 : DIM;
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      draw(ctx, id, x - width / 2, y - height / 2, width, height);
      ctx.restore();
    },
    nodeDimensions: { width, height },
  };
}

/** A rounded box. */
function box(ctx, left, top, width, height, radius) {
  ctx.beginPath();
  ctx.roundRect(left, top, width, height, radius);
}

function drawListed(ctx, id, left, top, width, height) {
  const colour = colourOf(id);
  if (bright !== null && !bright.has(id)) {
    box(ctx, left, top, width, height, 6); // arcs must not shine through what is dimmed
    fill(ctx, scheme.paper, 1);
  }
  box(ctx, left, top, width, height, 6);
  fill(ctx, colour);
  const second = papers[id].themes[1];
  if (second) outline(ctx, left, top, width, height, { grow: 3, colour: colourOfTheme.get(second), thick: 2.5 });
  if (isIsolated(id)) outline(ctx, left, top, width, height, { grow: 3, colour: scheme.ink, thick: 1.5, dash: [4, 3] });
  emphasise(ctx, id, left, top, width, height, second ? 5.5 : 3);
  label(ctx, id, left + 10, top + height / 2, width - 16, TEXT.list, textOn(colour));
}

function drawBridge(ctx, id, left, top, width, height) {
  const colour = colourOf(id);
  box(ctx, left, top, width, height, 5);
  fill(ctx, mixed(colour, scheme.paper, 0.16), bright === null || bright.has(id) ? 1 : 0.6);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3;
  ctx.stroke();
  emphasise(ctx, id, left, top, width, height, 2.5);
  label(ctx, id, left + 8, top + height / 2, width - 12, TEXT.bridge, scheme.ink);
}

function drawDot(ctx, id, left, top, width, height) {
  const middle = top + height / 2;
  ctx.beginPath();
  if (papers[id].role === "ancestor") ctx.arc(left + 4.5, middle, Math.min(8, Math.max(4, 1 / zoom)), 0, 2 * Math.PI);
  else if (papers[id].role === "descendant") ctx.roundRect(left + 0.5, middle - 3.5, 7, 7, 0);
  else polygon(ctx, [[left, middle], [left + 4.5, middle - 4.5], [left + 9, middle], [left + 4.5, middle + 4.5]]);
  ctx.fillStyle = colourOf(id);
  ctx.fill();
  emphasise(ctx, id, left - 2, top, width + 2, height, 1);
  label(ctx, id, left + 13, middle, width - 14, TEXT.other, scheme.ink, true);
}

function polygon(ctx, points) {
  points.forEach(([x, y], n) => (n ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}

/** Fill the current path, at an opacity of its own when one is given. */
function fill(ctx, colour, alpha = ctx.globalAlpha) {
  const before = ctx.globalAlpha;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.globalAlpha = before;
}

function outline(ctx, left, top, width, height, { grow, colour, thick, dash = [] }) {
  ctx.save();
  box(ctx, left - grow, top - grow, width + 2 * grow, height + 2 * grow, 6 + grow);
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = thick;
  ctx.stroke();
  ctx.restore();
}

/** A line around what is pointed at, a thicker one around what is selected. */
function emphasise(ctx, id, left, top, width, height, grow) {
  const thick = id === state.selected ? 2.5 : id === state.pointed ? 1.5 : 0;
  if (thick) outline(ctx, left, top, width, height, { grow, colour: scheme.ink, thick });
}

/** A label that never leaves its width: a font wider than the layout's guess is condensed. */
function label(ctx, id, x, y, width, font, colour, halo = false) {
  if (zoom < LEGIBLE) return;
  const text = spotOf.get(id).label;
  ctx.font = font;
  if (halo) {
    ctx.strokeStyle = scheme.paper;
    ctx.lineWidth = 3;
    ctx.lineJoin = "round";
    ctx.strokeText(text, x, y + 0.5, width);
  }
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y + 0.5, width);
}
