// Where the reader looks: vis-network moves and zooms the picture, the other parts draw it.

const container = byId("graph");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const NARROW = 760; // pixels, as in the style sheet

const network = new vis.Network(container, { nodes: [], edges: [] }, carried("options"));
network.canvas.frame.tabIndex = -1; // the container takes the focus, once

let untouched = true; // the reader has neither moved nor zoomed the picture
let moving = false;

/** What of the picture is in view. @returns {View} */
function inView() {
  const { x: start, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
  const { x: right, y: bottom } = network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight });
  return { left: start, top, right, bottom };
}

let awaited = 0;

/** Draw the picture anew in the next frame, once, however often it is asked for. */
function paint() {
  awaited ||= requestAnimationFrame(() => network.redraw());
}

network.on("beforeDrawing", (ctx) => {
  cancelAnimationFrame(awaited);
  awaited = 0;
  zoom = network.getScale();
  const view = inView();
  drawScene(ctx, view, false);
  if (!moving) refreshArcs(view, ctx.canvas.width, ctx.canvas.height, paint);
});

/** Show the whole picture, or on a narrow screen as much as can be read of where most papers are. */
function home() {
  const [width, height] = facts.size;
  const { clientWidth, clientHeight } = container;
  const [top, bottom] = [lanes[0]?.top ?? 0, lanes.at(-1)?.bottom ?? height];
  const tall = (clientHeight - STRIP - 20) / (bottom - top);
  const whole = Math.min(clientWidth / width, tall, 1.6);
  const scale = clientWidth < NARROW ? Math.max(whole, 0.8) : whole;
  const x = scale > whole ? crowdedFrom(clientWidth / scale) + clientWidth / 2 / scale : width / 2;
  const y = scale > tall ? top + (clientHeight / 2 - STRIP - 6) / scale : (top + bottom) / 2 - STRIP / 2 / scale;
  network.moveTo({ position: { x, y }, scale });
  untouched = true;
}

/** Where a stretch of this width begins that holds the most papers. @param {number} width */
function crowdedFrom(width) {
  const starts = spots.map(left).sort((a, b) => a - b);
  const ends = spots.map((spot) => left(spot) + spot.box[0]).sort((a, b) => a - b);
  let [best, most, begun, ended] = [0, 0, 0, 0];
  for (const start of starts) {
    while (ends[ended] < start) ended += 1;
    while (begun < starts.length && starts[begun] < start + width) begun += 1;
    if (begun - ended > most) [best, most] = [start, begun - ended];
  }
  return best - 12;
}

/** On a phone the panel covers the lower half: the picture goes to the top. */
function makeRoom() {
  if (window.innerWidth <= NARROW && !byId("panel").hidden) window.scrollTo(0, container.getBoundingClientRect().top + window.scrollY);
}

/** The part of the container that the panel does not cover. */
function clearArea() {
  const area = container.getBoundingClientRect();
  const panel = byId("panel");
  if (panel.hidden) return { right: area.width, bottom: area.height, beside: false };
  const cover = panel.getBoundingClientRect();
  const beside = cover.left > area.left + 200;
  return { right: beside ? cover.left - area.left : area.width, bottom: beside ? area.height : Math.max(120, Math.min(area.height, cover.top - area.top)), beside };
}

/** The sides of some papers on the screen. @param {string[]} keys */
function sidesOf(keys) {
  const corners = keys.flatMap((key) => {
    const spot = spots_.get(key);
    if (!spot) return []; // one too many for the picture
    const { x, y, box: [width, height] } = spot;
    return [network.canvasToDOM({ x: x - width / 2, y: y - height / 2 }), network.canvasToDOM({ x: x + width / 2, y: y + height / 2 })];
  });
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return { x1: Math.min(...xs) - 12, x2: Math.max(...xs) + 12, y1: Math.min(...ys) - 12, y2: Math.max(...ys) + 12 };
}

/**
 * Move the picture just as far as it takes to have a paper in view beside the panel, and those it goes with if they fit.
 * @param {string} key @param {string[]} [company]
 */
function reveal(key, company = [...(litPapers ?? [key])]) {
  const scale = network.getScale();
  const { right, bottom, beside } = clearArea();
  const shift = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ from, /** @type {number} */ to) => (low < from ? low - from : Math.max(0, high - to));
  const together = company.length > 400 ? null : sidesOf(company);
  const fits = together !== null && together.x2 - together.x1 <= right && together.y2 - together.y1 <= bottom - STRIP;
  const { x1, x2, y1, y2 } = fits ? together : sidesOf([key]);
  let [dx, dy] = [shift(x1, x2, 0, right), shift(y1, y2, STRIP, bottom)];
  // Where they do not fit, the paper goes to the middle, so that as many as possible show on both sides.
  if (beside && !fits) {
    const start = network.canvasToDOM({ x: 0, y: 0 }).x;
    const end = network.canvasToDOM({ x: facts.size[0], y: 0 }).x;
    dx = Math.max(Math.min((x1 + x2) / 2 - right / 2, end - right), Math.min(start, 0)); // but no further than the picture goes
    if (x1 - dx < 0 || x2 - dx > right) dx = shift(x1, x2, 0, right);
  }
  if (dx || dy) glide(dx / scale, dy / scale, scale);
}

/** Show all of some papers, as large as they fit beside the panel, no larger than life. @param {string[]} keys */
function frame(keys) {
  const { right, bottom } = clearArea();
  const scale = network.getScale();
  const { x1, x2, y1, y2 } = sidesOf(keys);
  const inside = x1 >= 0 && x2 <= right && y1 >= STRIP && y2 <= bottom;
  if (inside && scale > 0.5) return;
  const wanted = Math.max(0.12, Math.min(1.2, (right - 16) / ((x2 - x1) / scale), (bottom - STRIP - 16) / ((y2 - y1) / scale)));
  const middle = network.DOMtoCanvas({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
  const { clientWidth, clientHeight } = container;
  lookAt(middle.x + (clientWidth - right) / 2 / wanted, middle.y + (clientHeight - bottom - STRIP) / 2 / wanted, wanted);
}

/** @param {number} dx @param {number} dy @param {number} scale */
function glide(dx, dy, scale) {
  const { x, y } = network.getViewPosition();
  lookAt(x + dx, y + dy, scale);
}

/** @param {number} x @param {number} y @param {number} scale */
function lookAt(x, y, scale) {
  const still = calm.matches || spots.length > MANY;
  network.moveTo({ position: { x, y }, scale, animation: still ? false : { duration: 250, easingFunction: "easeOutQuad" } });
  setTimeout(rememberView, still ? 0 : 300);
}

/** Put the view into the address, without a step for Back. */
function rememberView() {
  if (untouched && !state.selected && !state.ask && !state.arc) state.at = null;
  else {
    const { x, y } = network.getViewPosition();
    state.at = [x, y, network.getScale()];
  }
  remember(true);
}

let restTimer = 0;
/** @param {boolean} dragging */
function touched(dragging) {
  untouched = false;
  moving = true;
  clearTimeout(restTimer);
  if (!dragging) restTimer = window.setTimeout(rest_, 160);
  byId("tip").hidden = true;
}
function rest_() {
  moving = false;
  paint();
  rememberView();
}

/** @param {number} factor */
function zoomBy(factor) {
  untouched = false;
  network.moveTo({ scale: network.getScale() * factor });
  rememberView();
}

function setUpView() {
  network.on("dragStart", () => touched(true));
  network.on("dragEnd", rest_);
  network.on("zoom", () => touched(false));
  network.on("resize", () => untouched && home());
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("zoom-all").addEventListener("click", () => {
    home();
    rememberView();
  });
  for (const media of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(media).addEventListener("change", () => {
      scheme = readScheme();
      network.redraw();
    });
  }
}
