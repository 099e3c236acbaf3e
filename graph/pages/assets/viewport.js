// The part of the picture that is in view: vis-network moves and zooms it, other scripts draw it.

const graphElement = byId("graph");
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const NARROW_SCREEN = 760; // pixels, as in page.css
/** A phone held upright, whose panel covers the lower half of the screen: the same condition as in page.css. */
const narrowScreen = matchMedia(`(max-width: ${NARROW_SCREEN}px) and (min-height: 480.1px), (max-width: ${NARROW_SCREEN}px) and (orientation: portrait)`);
const isNarrow = () => narrowScreen.matches;

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

/** Draw the picture again in the next frame, once for all requests until then, also those of vis-network itself. */
function requestRedraw() {
  awaitedFrame ||= requestAnimationFrame(() => {
    awaitedFrame = 0;
    if (!network.renderer.redrawRequested) network.redraw();
  });
}

/** Whether vis-network is about to draw a frame that the first frame of a view's way replaces at once. */
let isReplaced = false;

network.on("beforeDrawing", (ctx) => {
  cancelAnimationFrame(awaitedFrame);
  awaitedFrame = 0;
  if (isReplaced) {
    isReplaced = false;
    return;
  }
  zoom = network.getScale();
  const viewport = visibleArea();
  drawFrame(ctx, viewport, false);
  if (!isMoving) refreshArcLayer(viewport, ctx.canvas.width, ctx.canvas.height, requestRedraw);
});

/** Show the whole picture, or on a narrow screen the part with the most papers, at a legible size. */
function showWholePicture() {
  const whole = wholeView(graphElement.clientHeight);
  const above = areUnderButtons(spots.filter(isNamedFirst), whole) ? wholeView(heightAboveButtons()) : whole;
  const { x, y, scale } = above.scale < LEGIBLE_ZOOM ? whole : above; // names matter more
  jumpTo(x, y, scale);
  isOpeningView = true;
}

/** The view of the whole picture in the upper part of the element. @param {number} height of that part */
function wholeView(height) {
  const [width] = facts.size;
  const { clientWidth, clientHeight } = graphElement;
  const { top, bottom } = heightOfLanes();
  const fullHeight = roomForLanes(height) / (bottom - top);
  const whole = wholeScale(height);
  const isPhone = isNarrow() && !matchMedia("print").matches; // nobody moves the picture on paper
  const scale = isPhone ? Math.max(whole, 0.8) : whole;
  const x = scale > whole ? densestStretchStart(clientWidth / scale) + clientWidth / 2 / scale : Math.max(width / 2, rightEdgeOfNames(scale) - clientWidth / 2 / scale);
  const y = scale > fullHeight ? top + (clientHeight / 2 - YEAR_STRIP - 6) / scale : (top + bottom) / 2 + (clientHeight - height - YEAR_STRIP) / 2 / scale;
  return { x, y, scale };
}

/**
 * Whether a viewport shows papers, and at a size at which a reader finds them: an address can tell any numbers.
 * @param {[number, number, number]} viewport
 */
function showsPapers([x, y, scale]) {
  const { clientWidth, clientHeight } = graphElement;
  if (scale !== limitedScale(scale)) return false;
  const [halfWidth, halfHeight] = [clientWidth / 2 / scale, clientHeight / 2 / scale];
  return spots.some((spot) => Math.abs(spot.x - x) < halfWidth && Math.abs(spot.y - y) < halfHeight);
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

/** Move the picture by a distance in its own units. @param {number} dx @param {number} dy @param {number} scale */
function panBy(dx, dy, scale) {
  const { x, y } = network.getViewPosition();
  moveViewTo(x + dx, y + dy, scale);
}

/** Bring a point of the picture to the middle at once. @param {number} x @param {number} y @param {number} scale */
function jumpTo(x, y, scale) {
  endAnimation();
  network.moveTo({ position: { x, y }, scale });
  lastView = { x, y, scale };
}

let isAnimated = false; // the view is on its way
let isRememberedLater = false;

/** End a view's way. vis-network ends it before the next one, but only when its first frame was drawn; or else both go on at once. */
function endAnimation() {
  isReplaced = false;
  if (isAnimated) network.redraw();
  isAnimated = false;
}

/** End a view's way where it is. */
function stopView() {
  const { x, y } = network.getViewPosition();
  jumpTo(x, y, network.getScale());
}

/** Bring a point of the picture to the middle, as the page chose it: the address does not keep such a view, so that it fits every screen. @param {number} x @param {number} y @param {number} scale */
function moveViewTo(x, y, scale) {
  if (framesAtOnce || reducedMotion.matches || spots.length > MANY_ARCS) jumpTo(x, y, scale);
  else {
    endAnimation();
    isAnimated = true;
    isReplaced = network.renderer.redrawRequested;
    network.moveTo({ position: { x, y }, scale, animation: { duration: 250, easingFunction: "easeOutQuad" } });
    lastView = { x, y, scale };
  }
  state.viewport = null;
  writeAddress(true);
}

/** Write the viewport that the reader chose into the address, without a step for the browser's Back; a view that is on its way is awaited. */
function rememberViewport() {
  if (isAnimated) {
    isRememberedLater = true;
    return;
  }
  const { x, y } = network.getViewPosition();
  state.viewport = isOpeningView ? null : [x, y, network.getScale()];
  writeAddress(true);
}

function onAnimationFinished() {
  isAnimated = false;
  if (isRememberedLater) rememberViewport();
  isRememberedLater = false;
}

let moveEndTimer = 0;

/** @param {boolean} dragging the end of a drag is reported, the end of a zoom is not */
function onMove(dragging) {
  isOpeningView = false;
  if (isAnimated) stopView(); // the reader has taken the view over
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
  const { x, y } = network.getViewPosition();
  jumpTo(x, y, limitedScale(network.getScale() * factor));
  keepPictureInView();
  rememberViewport();
}

function setUpViewport() {
  network.on("dragStart", () => onMove(true));
  network.on("dragEnd", onMoveEnd);
  network.on("zoom", () => onMove(false));
  network.on("animationFinished", onAnimationFinished);
  network.on("resize", () => queueMicrotask(frameAgain)); // vis-network says so first and then scales the view
  onClick("zoom-in", () => zoomBy(1.3));
  onClick("zoom-out", () => zoomBy(1 / 1.3));
  onClick("zoom-all", () => {
    showWholePicture();
    rememberViewport();
  });
  for (const media of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(media).addEventListener("change", () => {
      pageColours = readPageColours();
      squareStyles.clear();
      redrawStrip();
      network.redraw();
      if (isOpeningView) {
        showWholePicture(); // paper has another shape
        network.redraw(); // at once: a page that is printed gets no later frame
      }
    });
  }
}
