// The picture cannot be lost: it is neither moved out of view nor zoomed to a speck, and on a phone the page scrolls past it.

const LARGEST_SCALE = 5;
const SMALLEST_SHARE = 0.7; // of the scale at which the whole picture is in view
const LEAST_ROOM = 40; // pixels for the lanes, in however low a window

/** The last view that kept to the limits. @type {{x: number, y: number, scale: number} | null} */
let lastView = null;

/** How much of a height the lanes have, below the years. @param {number} height */
const roomForLanes = (height) => Math.max(LEAST_ROOM, height - YEAR_STRIP - 20);

/** The scale at which the whole picture is in view, in the upper part of the element or in all of it. */
function wholeScale(height = graphElement.clientHeight) {
  const { top, bottom } = heightOfLanes();
  const fitting = Math.min(graphElement.clientWidth / facts.size[0], roomForLanes(height) / (bottom - top), 1.6);
  return fitting * PLATE_STYLES.list.size < SMALLEST_TEXT ? Math.min(fitting, scaleForNames(graphElement.clientWidth)) : fitting;
}

/** Where the name of a paper ends at a scale, in the picture's units; names grow where the picture is small. @param {Spot} spot @param {number} scale */
function rightEdgeOfName(spot, scale) {
  const { size, beside } = plateStyleOf(spot.id);
  if (scale < LEGIBLE_ZOOM || scale * size >= SMALLEST_TEXT) return leftOf(spot) + spot.box[0];
  return leftOf(spot) + beside + (SMALLEST_TEXT * labelWidth(spot) + 8) / scale;
}

/** The scale at which a name, grown to be legible, ends before the right edge of a width that begins at `start`. @param {Spot} spot @param {number} start @param {number} width */
const scaleForName = (spot, start, width) => (width - 8 - SMALLEST_TEXT * labelWidth(spot)) / (leftOf(spot) - start + plateStyleOf(spot.id).beside);

/** The papers of the list that are visible. */
const visibleList = () => spots.filter(({ id }) => papers[id].role === "list" && visiblePapers.has(id));

/** Where the last name of the list ends at a scale. @param {number} scale */
const rightEdgeOfNames = (scale) => Math.max(facts.size[0], ...visibleList().map((spot) => rightEdgeOfName(spot, scale)));

/** The scale at which all names of the list end before the right edge of a width. @param {number} width */
const scaleForNames = (width) => Math.max(SMALLEST_TEXT / PLATE_STYLES.list.size / 10, Math.min(10, ...visibleList().map((spot) => scaleForName(spot, 0, width))));

/** Where the lanes begin and end. */
const heightOfLanes = () => ({ top: lanes[0]?.top ?? 0, bottom: lanes.at(-1)?.bottom ?? facts.size[1] });

/** A scale within the limits. @param {number} scale */
const limitedScale = (scale) => Math.max(SMALLEST_SHARE * wholeScale(), Math.min(LARGEST_SCALE, scale));

/** Bring the view back where it left the limits: the middle of the view is always a place of the picture. */
function keepPictureInView() {
  const { top, bottom } = heightOfLanes();
  const { x, y } = network.getViewPosition();
  const found = network.getScale();
  const scale = limitedScale(found);
  const from = scale !== found && lastView ? lastView : { x, y }; // a zoom past the limit leaves the view where it was
  const kept = { x: Math.max(0, Math.min(facts.size[0], from.x)), y: Math.max(top, Math.min(bottom, from.y)), scale };
  if (kept.x !== x || kept.y !== y || scale !== found) jumpTo(kept.x, kept.y, scale);
  else lastView = kept;
}

/** On a touch screen one finger that moves up or down scrolls the page, and two fingers move the picture. */
function setUpTouch() {
  /** @type {{x: number, y: number} | null} the middle between two fingers */
  let middle = null;
  graphElement.addEventListener("touchmove", ({ touches }) => {
    const before = middle;
    const [one, other] = touches;
    middle = touches.length === 2 ? { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 } : null;
    if (!before || !middle) return;
    const { x, y } = network.getViewPosition();
    const scale = network.getScale();
    jumpTo(x - (middle.x - before.x) / scale, y - (middle.y - before.y) / scale, scale);
    keepPictureInView();
    onMove(false);
  });
  graphElement.addEventListener("touchend", () => (middle = null));
}

function setUpViewLimits() {
  network.on("zoom", keepPictureInView);
  network.on("dragging", () => queueMicrotask(keepPictureInView)); // vis-network says that it drags before it moves the view
  setUpTouch();
}
