// Frame what the state is about: bring it into the part of the picture that the panel leaves free.

let framesAtOnce = false;

/** On a phone the panel covers the lower half of the screen: scroll the picture to the top. */
function scrollPictureAbovePanel() {
  if (isNarrow() && !byId("panel").hidden) window.scrollTo(0, graphElement.getBoundingClientRect().top + window.scrollY);
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
  const company = state.viewport === null ? [...(highlightedPapers ?? [key])] : [key]; // a view that the reader chose moves no further than it must
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

/** Show all of some papers beside the panel and above the buttons that zoom, as large as they fit. @param {string[]} keys */
function fitInView(keys) {
  const { right, bottom } = uncoveredArea();
  const { x1, x2, y1, y2 } = screenBoundsOf(keys);
  const scale = network.getScale();
  const framed = keys.flatMap((key) => spotByKey.get(key) ?? []);
  const isInView = x1 >= 0 && x2 <= right && y1 >= YEAR_STRIP && y2 <= bottom && !areUnderButtons(framed, { ...network.getViewPosition(), scale });
  if (isInView && scale > 0.5) return;
  const start = network.DOMtoCanvas({ x: x1, y: y1 });
  const end = network.DOMtoCanvas({ x: x2, y: y2 });
  const viewAbove = (/** @type {number} */ edge) => fittingView(framed, { left: start.x, top: start.y, right: end.x, bottom: end.y }, right, edge);
  const largest = viewAbove(bottom);
  const view = areUnderButtons(framed, largest) ? viewAbove(heightAboveButtons()) : largest;
  if (isInView && view.scale < 1.15 * scale) return; // what is gained would not be worth the way
  moveViewTo(view.x, view.y, view.scale);
}

const zoomButtons = () => /** @type {HTMLElement} */ (document.querySelector(".zoom")).getBoundingClientRect();

/** How much of the picture's element is above the buttons that zoom. */
const heightAboveButtons = () => zoomButtons().top - graphElement.getBoundingClientRect().top;

/** Whether some papers lie under the buttons that zoom, in a view. @param {Spot[]} some @param {{x: number, y: number, scale: number}} view */
function areUnderButtons(some, { x, y, scale }) {
  const area = graphElement.getBoundingClientRect();
  const buttons = zoomButtons();
  const onScreen = (/** @type {number} */ here, /** @type {number} */ middle, /** @type {number} */ start, /** @type {number} */ size) => start + size / 2 + (here - middle) * scale;
  return some.some((spot) => {
    const [left, right] = [leftOf(spot), rightEdgeOfName(spot, scale)].map((edge) => onScreen(edge, x, area.left, area.width));
    const [top, bottom] = [-0.5, 0.5].map((half) => onScreen(spot.y + half * spot.box[1], y, area.top, area.height));
    return left < buttons.right && right > buttons.left && top < buttons.bottom && bottom > buttons.top;
  });
}

/**
 * The view of some papers, as large as they fit into the upper left part of the picture's element.
 * @param {Spot[]} framed @param {Viewport} bounds @param {number} right where that part ends, in pixels from the element's edge @param {number} bottom
 */
function fittingView(framed, bounds, right, bottom) {
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const scale = limitedScale(Math.min(1.2, (right - 16) / width, (bottom - YEAR_STRIP - 16) / height, ...framed.map((spot) => scaleForName(spot, bounds.left, right - 16))));
  const end = Math.max(bounds.right, ...framed.map((spot) => rightEdgeOfName(spot, scale)));
  const all = heightOfLanes();
  const half = (bottom - YEAR_STRIP) / 2 / scale;
  const areAllLanesInView = all.bottom - all.top < 2 * half;
  const withinLanes = Math.max(all.top + half, Math.min(all.bottom - half, bounds.top + height / 2)); // no room is left empty above or below the lanes
  const middle = { x: (bounds.left + end) / 2, y: areAllLanesInView ? (all.top + all.bottom) / 2 : withinLanes };
  const { clientWidth, clientHeight } = graphElement;
  return { x: middle.x + (clientWidth - right) / 2 / scale, y: middle.y + (clientHeight - bottom - YEAR_STRIP) / 2 / scale, scale };
}

/** Frame what the state is about. */
function frameState() {
  if (presentation) return frameStep();
  const { request, arc, selected, relatives } = state;
  if (arc) fitInView(arc.split(":"));
  else if (isAboutSeveral()) framesAtOnce && fitInView([...(highlightedPapers ?? [])]); // whoever selects goes on from here
  else if (relatives && (selected === null || selected === relatives.key)) fitInView([...visiblePapers]);
  else if (selected) bringIntoView(selected);
  else if (request || state.story || (welcomePath() && isNarrow())) fitInView([...(highlightedPapers ?? [])]);
}

/** Frame it at once, as on opening. */
function frameStateAtOnce() {
  framesAtOnce = true;
  frameState();
  framesAtOnce = false;
}

/** The middle and the size of the picture's element on the screen when it was framed last. */
let framedRoom = { x: 0, width: 0, height: 0 };

/** Give the picture the room that the filters and the panel leave, at once. */
function fitToRoom() {
  network.setSize("100%", "100%");
  frameAgain();
}

/** Frame the state for another size of the picture; a view that is no framed one keeps its scale and its place on the screen. */
function frameAgain() {
  const { left, width, height } = graphElement.getBoundingClientRect();
  const room = { x: left + width / 2, width, height };
  const { x, width: oldWidth, height: oldHeight } = framedRoom;
  if (room.x === x && width === oldWidth && height === oldHeight) return;
  framedRoom = room;
  if (isOpeningView) showWholePicture();
  else if (lastView) {
    const { scale } = lastView;
    jumpTo(lastView.x + (room.x - x) / scale, lastView.y + (height - oldHeight) / 2 / scale, scale);
    keepPictureInView();
    if (state.viewport) state.viewport = [lastView.x, lastView.y, scale];
  }
  if (state.viewport === null) frameStateAtOnce();
}
