// Select papers in the picture: a click with Shift or Control takes one, a line that is drawn with Shift, or with the lasso, takes those inside it.

const LEAST_DRAWN = 6; // pixels: what is shorter is a click

let isLassoOn = false;
/** The line on the screen, while it is drawn. @type {[number, number][] | null} */
let lassoLine = null;

/** The visible papers inside a line on the screen, oldest first. @param {[number, number][]} line */
function papersInside(line) {
  measuringContext.beginPath();
  tracePolygon(measuringContext, line);
  const isInside = (/** @type {Spot} */ spot) => {
    const { x, y } = network.canvasToDOM({ x: zoom < LEGIBLE_ZOOM ? leftOf(spot) + 3 / zoom : spot.x, y: spot.y });
    return measuringContext.isPointInPath(x, y, "evenodd");
  };
  return spots.filter((spot) => visiblePapers.has(spot.id) && isInside(spot)).map(({ id }) => id).sort(byDate);
}

/** @param {boolean} isOn */
function setLasso(isOn) {
  isLassoOn = isOn;
  graphElement.classList.toggle("lasso", isOn);
  byId("lasso").setAttribute("aria-pressed", String(isOn));
}

/** @param {PointerEvent} event @returns {[number, number]} */
function placeIn(event) {
  const { left, top } = graphElement.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function drawLasso() {
  byId("lasso-line").setAttribute("points", (lassoLine ?? []).map((point) => point.map(Math.round).join()).join(" "));
}

/** Take what was drawn: a paper that was clicked, or the papers inside the line; with Shift or Control to those that are selected. @param {PointerEvent} event */
function finishLasso(event) {
  const line = lassoLine ?? [];
  lassoLine = null;
  drawLasso();
  const [x, y] = placeIn(event);
  const isClick = line.every(([px, py]) => Math.hypot(px - line[0][0], py - line[0][1]) < LEAST_DRAWN);
  if (isClick) {
    const place = network.DOMtoCanvas({ x, y });
    const key = paperAt(place.x, place.y);
    if (key !== null) toggleSeveral((keyboardPaper = key));
    return;
  }
  setLasso(false);
  const inside = papersInside(line);
  if (!inside.length) notify("No paper is inside the line");
  else selectSeveral(event.shiftKey || event.ctrlKey || event.metaKey ? [...state.several, ...inside] : inside);
}

function setUpLasso() {
  onClick("lasso", () => setLasso(!isLassoOn));
  graphElement.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || presentation || awaitedRole || !(isLassoOn || event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.stopPropagation(); // vis-network would move the picture
    event.preventDefault();
    graphElement.focus({ preventScroll: true });
    graphElement.setPointerCapture(event.pointerId);
    hideTooltip();
    lassoLine = [placeIn(event)];
  }, { capture: true });
  graphElement.addEventListener("pointermove", (event) => {
    if (!lassoLine) return;
    event.stopPropagation();
    lassoLine.push(placeIn(event));
    drawLasso();
  }, { capture: true });
  graphElement.addEventListener("pointerup", (event) => lassoLine && finishLasso(event), { capture: true });
  graphElement.addEventListener("pointercancel", () => {
    lassoLine = null;
    drawLasso();
  });
}
