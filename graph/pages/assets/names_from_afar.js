// The names of papers that are squares, as far as they have room: of what is lit or chosen, of the list, of the most cited.

const MOST_NAMES = 90; // that are written
const FAR_NAME = 11.5; // the size of their font

/** Papers in the order of a rank, a whole number, the greatest first. @param {(spot: Spot) => number} rank @param {Spot[]} some */
function inOrderOf(rank, some) {
  const { length } = some;
  const positions = Float64Array.from(some, (spot, n) => n - rank(spot) * length).sort(); // rank and position in one number: those are sorted without a call for every two
  return Array.from(positions, (position) => some[((position % length) + length) % length]);
}

/** The drawn papers, the list first, then the most cited: their names matter most from afar. @type {Spot[] | null} */
let cachedRenownOrder = null;
const spotsByRenown = () => (cachedRenownOrder ??= inOrderOf(renownOf, spots.slice(0, facts.drawn)));
/** @param {Spot} spot */
const renownOf = ({ id }) => (papers[id].role === "list" ? 1e6 : 0) + citedByOf(id).length;

/** @typedef {{text: string, start: number, y: number, room: number, rectangle: Rectangle}} FarName where a text begins, its middle, and how wide it is on the screen */

/** A name beside a square: behind it or before it, and so many pixels lower. @param {Spot} spot @param {string} text @param {boolean} isBefore @param {number} lower @returns {FarName} */
function farName(spot, text, isBefore, lower) {
  const room = text === spot.label ? FAR_NAME * labelWidth(spot) : widthOf(text, FAR_NAME, 600);
  const [wide, square, y] = [room / zoom, leftOf(spot), spot.y + lower / zoom];
  const halfHigh = (isLookedAt(spot) ? 6 : 8) / zoom;
  const start = isBefore ? square - wide - 6 / zoom : square + 13 / zoom;
  const [from, to] = isBefore ? [start - 6 / zoom, square + 12 / zoom] : [square - 1 / zoom, start + wide + 6 / zoom];
  return { text, start, y, room, rectangle: [from, y - halfHigh, to, y + halfHigh] };
}

/** The places that a paper's name can have, the best first: behind its square, at the edge of the view before it. One at which a reader looks has more. @param {Spot} spot @param {Viewport} viewport @returns {FarName[]} */
function farNamesOf(spot, { left, right }) {
  const usual = farName(spot, spot.label, false, 0);
  const isAtEdge = usual.start + usual.room / zoom > right;
  const first = isAtEdge ? farName(spot, spot.label, true, 0) : usual;
  if (!isLookedAt(spot)) return [first];
  const others = namesInPicture(spot).flatMap((text) => [0, -8, 8, -13, 13].flatMap((lower) => [false, true].map((isBefore) => farName(spot, text, isBefore, lower))));
  return [first, ...others.filter(({ start, room }) => start > left && start + room / zoom < right)];
}

/**
 * Write the names that have room.
 * @param {Pen} ctx @param {Viewport} viewport @param {Rectangle[]} taken what has been written, which grows, and is returned
 */
function drawNamesFromAfar(ctx, viewport, taken) {
  const { left, top, right, bottom } = viewport;
  const isInView = (/** @type {Spot} */ { id, x, y, box: [width] }) => visiblePapers.has(id) && x - width / 2 > left - 12 && x - width / 2 < right && y > top && y < bottom;
  const first = new Set([state.selected, state.pointed, ...[...(highlightedPapers ?? [])].slice(0, 4 * MOST_NAMES)]);
  const wanted = [...first, ...overflowPapers].flatMap((key) => spotByKey.get(key ?? "") ?? []).filter(isInView);
  for (const spot of spotsByRenown()) {
    if (wanted.length >= 4 * MOST_NAMES) break;
    if (!first.has(spot.id) && isInView(spot)) wanted.push(spot);
  }
  const most = taken.length + MOST_NAMES;
  const isFree = (/** @type {FarName} */ { rectangle: [l, t, r, b] }) => !taken.some(([l2, t2, r2, b2]) => l < r2 && r > l2 && t < b2 && b > t2);
  ctx.save();
  ctx.font = fontOf(FAR_NAME, 600);
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.strokeStyle = pageColours.paper;
  ctx.lineWidth = 3.5;
  ctx.lineJoin = "round";
  ctx.fillStyle = pageColours.ink;
  for (const spot of wanted) {
    if (taken.length >= most) break;
    const name = farNamesOf(spot, viewport).find(isFree);
    if (!name) continue;
    taken.push(name.rectangle);
    ctx.globalAlpha = isHighlighted(spot.id) ? 1 : DIMMED;
    inPixels(ctx, name.start, name.y, () => {
      ctx.strokeText(name.text, 0, 0, name.room);
      ctx.fillText(name.text, 0, 0, name.room);
    });
  }
  ctx.restore();
  return taken;
}
