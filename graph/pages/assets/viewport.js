// The part of the picture that is in view: vis-network moves and zooms it, other scripts draw it.

const graphElement = byId("graph");
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const NARROW_SCREEN = 760; // pixels, as in page.css

const network = new vis.Network(graphElement, { nodes: [], edges: [] }, embeddedJson("options"));
network.canvas.frame.tabIndex = -1; // the element around it takes the focus instead

let isOpeningView = true; // the reader has neither moved nor zoomed the picture
let isMoving = false;

/** The part of the picture that is in view. @returns {Viewport} */
function visibleArea() {
  const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
  const { x: right, y: bottom } = network.DOMtoCanvas({ x: graphElement.clientWidth, y: graphElement.clientHeight });
  return { left, top, right, bottom };
}

let awaitedFrame = 0;

/** Draw the picture again in the next frame, once for all requests until then. */
function requestRedraw() {
  awaitedFrame ||= requestAnimationFrame(() => network.redraw());
}

network.on("beforeDrawing", (ctx) => {
  cancelAnimationFrame(awaitedFrame);
  awaitedFrame = 0;
  zoom = network.getScale();
  const viewport = visibleArea();
  drawFrame(ctx, viewport, false);
  if (!isMoving) refreshArcLayer(viewport, ctx.canvas.width, ctx.canvas.height, requestRedraw);
});

/** Show the whole picture, or on a narrow screen the part with the most papers, at a legible size. */
function showWholePicture() {
  const [width, height] = facts.size;
  const { clientWidth, clientHeight } = graphElement;
  const [top, bottom] = [lanes[0]?.top ?? 0, lanes.at(-1)?.bottom ?? height];
  const fullHeight = (clientHeight - YEAR_STRIP - 20) / (bottom - top);
  const whole = Math.min(clientWidth / width, fullHeight, 1.6);
  const isPhone = clientWidth < NARROW_SCREEN && !matchMedia("print").matches; // nobody moves the picture on paper
  const scale = isPhone ? Math.max(whole, 0.8) : whole;
  const x = scale > whole ? densestStretchStart(clientWidth / scale) + clientWidth / 2 / scale : width / 2;
  const y = scale > fullHeight ? top + (clientHeight / 2 - YEAR_STRIP - 6) / scale : (top + bottom) / 2 - YEAR_STRIP / 2 / scale;
  network.moveTo({ position: { x, y }, scale });
  isOpeningView = true;
}

/** Where the stretch of this width begins that has the most papers. @param {number} width */
function densestStretchStart(width) {
  const starts = spots.map(leftOf).sort((a, b) => a - b);
  const ends = spots.map((spot) => leftOf(spot) + spot.box[0]).sort((a, b) => a - b);
  let [best, most, begun, ended] = [0, 0, 0, 0]; // begun - ended: the papers between `start` and `start + width`
  for (const start of starts) {
    while (ends[ended] < start) ended += 1;
    while (begun < starts.length && starts[begun] < start + width) begun += 1;
    if (begun - ended > most) [best, most] = [start, begun - ended];
  }
  return best - 12;
}

/** On a phone the panel covers the lower half of the screen: scroll the picture to the top. */
function scrollPictureAbovePanel() {
  if (window.innerWidth <= NARROW_SCREEN && !byId("panel").hidden) window.scrollTo(0, graphElement.getBoundingClientRect().top + window.scrollY);
}

/** The part of the picture's element that the panel does not cover, and whether the panel is beside it. */
function uncoveredArea() {
  const area = graphElement.getBoundingClientRect();
  const panel = byId("panel");
  if (panel.hidden) return { right: area.width, bottom: area.height, beside: false };
  const cover = panel.getBoundingClientRect();
  const beside = cover.left > area.left + 200;
  return { right: beside ? cover.left - area.left : area.width, bottom: beside ? area.height : Math.max(120, Math.min(area.height, cover.top - area.top)), beside };
}

/** The bounds of some papers on the screen, with a margin. @param {string[]} keys */
function screenBoundsOf(keys) {
  const corners = keys.flatMap((key) => {
    const spot = spotByKey.get(key);
    if (!spot) return []; // the overflow lane had no room for it
    const { x, y, box: [width, height] } = spot;
    return [network.canvasToDOM({ x: x - width / 2, y: y - height / 2 }), network.canvasToDOM({ x: x + width / 2, y: y + height / 2 })];
  });
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  return { x1: Math.min(...xs) - 12, x2: Math.max(...xs) + 12, y1: Math.min(...ys) - 12, y2: Math.max(...ys) + 12 };
}

/**
 * Move the picture just far enough to have a paper in view beside the panel, and with it what is highlighted, if that fits.
 * @param {string} key
 */
function bringIntoView(key) {
  const company = [...(highlightedPapers ?? [key])];
  const scale = network.getScale();
  const { right, bottom, beside } = uncoveredArea();
  const shiftInto = (/** @type {number} */ start, /** @type {number} */ end, /** @type {number} */ low, /** @type {number} */ high) => (start < low ? start - low : Math.max(0, end - high));
  const together = company.length > 400 ? null : screenBoundsOf(company);
  const fits = together !== null && together.x2 - together.x1 <= right && together.y2 - together.y1 <= bottom - YEAR_STRIP;
  const { x1, x2, y1, y2 } = fits ? together : screenBoundsOf([key]);
  let [dx, dy] = [shiftInto(x1, x2, 0, right), shiftInto(y1, y2, YEAR_STRIP, bottom)];
  // If they do not fit, the paper goes to the middle, so that the most of them are in view on both sides.
  if (beside && !fits) {
    const start = network.canvasToDOM({ x: 0, y: 0 }).x;
    const end = network.canvasToDOM({ x: facts.size[0], y: 0 }).x;
    dx = Math.max(Math.min((x1 + x2) / 2 - right / 2, end - right), Math.min(start, 0)); // but the picture does not leave its edges
    if (x1 - dx < 0 || x2 - dx > right) dx = shiftInto(x1, x2, 0, right);
  }
  if (dx || dy) panBy(dx / scale, dy / scale, scale);
}

/** Show all of some papers beside the panel, as large as they fit. @param {string[]} keys */
function fitInView(keys) {
  const { right, bottom } = uncoveredArea();
  const scale = network.getScale();
  const { x1, x2, y1, y2 } = screenBoundsOf(keys);
  const isInView = x1 >= 0 && x2 <= right && y1 >= YEAR_STRIP && y2 <= bottom;
  if (isInView && scale > 0.5) return;
  const newScale = Math.max(0.12, Math.min(1.2, (right - 16) / ((x2 - x1) / scale), (bottom - YEAR_STRIP - 16) / ((y2 - y1) / scale)));
  const middle = network.DOMtoCanvas({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
  const { clientWidth, clientHeight } = graphElement;
  moveViewTo(middle.x + (clientWidth - right) / 2 / newScale, middle.y + (clientHeight - bottom - YEAR_STRIP) / 2 / newScale, newScale);
}

/** Move the picture by a distance in its own units. @param {number} dx @param {number} dy @param {number} scale */
function panBy(dx, dy, scale) {
  const { x, y } = network.getViewPosition();
  moveViewTo(x + dx, y + dy, scale);
}

/** Bring a point of the picture to the middle. @param {number} x @param {number} y @param {number} scale */
function moveViewTo(x, y, scale) {
  const isInstant = reducedMotion.matches || spots.length > MANY_ARCS;
  network.moveTo({ position: { x, y }, scale, animation: isInstant ? false : { duration: 250, easingFunction: "easeOutQuad" } });
  setTimeout(rememberViewport, isInstant ? 0 : 300);
}

/** Write the viewport into the address, without a step for the browser's Back. */
function rememberViewport() {
  if (isOpeningView && !state.selected && !state.request && !state.arc) state.viewport = null;
  else {
    const { x, y } = network.getViewPosition();
    state.viewport = [x, y, network.getScale()];
  }
  writeAddress(true);
}

let moveEndTimer = 0;

/** @param {boolean} dragging the end of a drag is reported, the end of a zoom is not */
function onMove(dragging) {
  isOpeningView = false;
  isMoving = true;
  clearTimeout(moveEndTimer);
  if (!dragging) moveEndTimer = window.setTimeout(onMoveEnd, 160);
  byId("tip").hidden = true;
}

function onMoveEnd() {
  isMoving = false;
  requestRedraw();
  rememberViewport();
}

/** @param {number} factor */
function zoomBy(factor) {
  isOpeningView = false;
  network.moveTo({ scale: network.getScale() * factor });
  rememberViewport();
}

function setUpViewport() {
  network.on("dragStart", () => onMove(true));
  network.on("dragEnd", onMoveEnd);
  network.on("zoom", () => onMove(false));
  network.on("resize", () => isOpeningView && showWholePicture());
  byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
  byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  byId("zoom-all").addEventListener("click", () => {
    showWholePicture();
    rememberViewport();
  });
  for (const media of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(media).addEventListener("change", () => {
      pageColours = readPageColours();
      network.redraw();
      if (isOpeningView) {
        showWholePicture(); // paper has another shape
        network.redraw(); // at once: a page that is printed gets no later frame
      }
    });
  }
}
