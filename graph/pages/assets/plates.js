// The plates of papers: how large each is drawn, and what is written on it. No text is too small to be read: where the
// picture is small its texts grow, and the names that have no room then are left out, those of ancestors first.

const SMALLEST_TEXT = 10; // pixels on the screen
const TEXT_HEIGHT = 1.3; // of a line, in font sizes

/**
 * @typedef {{id: string, left: number, top: number, width: number, height: number, text: string, growth: number, nameBefore: number}} Plate
 *   what is drawn of a paper, in the picture's units; `text` is "" where only its mark has room, and `growth` times as large as usual;
 *   `nameBefore`: how much of the plate is a name before the mark, else 0
 */

/** The plates of the last frame, by paper. @type {Map<string, Plate>} */
const plates = new Map();

/** @param {Spot} spot @returns {Rectangle} */
const rectangleOf = (spot) => {
  const plate = plates.get(spot.id);
  if (plate) return [plate.left, plate.top, plate.left + plate.width, plate.top + plate.height];
  const { x, y, box: [width, height] } = spot;
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
};

/** Fonts by role: size and weight, the space before the text and beside it, and what the layout adds to a text for its box. */
const PLATE_STYLES = {
  list: { size: 13.5, weight: 600, before: 10, beside: 16, padding: 20 },
  bridge: { size: 12, weight: 400, before: 8, beside: 13, padding: 16 },
  other: { size: 11, weight: 400, before: 13, beside: 15, padding: 14 },
};
/** @param {string} key */
const plateStyleOf = (key) => (papers[key].role === "list" ? PLATE_STYLES.list : papers[key].role === "bridge" ? PLATE_STYLES.bridge : PLATE_STYLES.other);

/** @param {number} y */
const bucketAt = (y) => Math.floor(y / 40);

/** Rectangles in buckets by their height in the picture, so that one meets few others. */
class TakenPlaces {
  constructor() {
    /** @type {Map<number, {key: string, left: number, top: number, right: number, bottom: number}[]>} */
    this.buckets = new Map();
  }

  /** @param {string} key whose rectangle it is @param {Rectangle} rectangle */
  take(key, [left, top, right, bottom]) {
    const taken = { key, left, top, right, bottom };
    for (let n = bucketAt(top); n <= bucketAt(bottom); n += 1) {
      const bucket = this.buckets.get(n);
      if (bucket) bucket.push(taken);
      else this.buckets.set(n, [taken]);
    }
  }

  /** Whether nothing of another paper is there. @param {string} key @param {Rectangle} rectangle */
  isFree(key, [left, top, right, bottom]) {
    for (let n = bucketAt(top); n <= bucketAt(bottom); n += 1) {
      for (const taken of this.buckets.get(n) ?? []) if (taken.key !== key && left < taken.right && right > taken.left && top < taken.bottom && bottom > taken.top) return false;
    }
    return true;
  }
}

/** How wide the label of a paper is at a font size of 1, as the layout took it: no text has to be measured. @param {Spot} spot */
function labelWidth({ id, box: [width] }) {
  const { size, padding } = plateStyleOf(id);
  return (width - padding) / size;
}

/** The plate of a paper with a text at a legible size; its usual box where that is legible. @param {Spot} spot @param {string} text @returns {Plate} */
function legiblePlate(spot, text) {
  const { id, x, y, label, box: [width, height] } = spot;
  const { size, weight, beside } = plateStyleOf(id);
  const legible = Math.max(size, SMALLEST_TEXT / zoom);
  const isUsual = legible === size && text === label;
  const plateWidth = isUsual ? width : (text === label ? labelWidth(spot) : widthOf(text, size, weight) / size) * legible + beside;
  const plateHeight = Math.max(height, legible * TEXT_HEIGHT);
  return { id, left: x - width / 2, top: y - plateHeight / 2, width: plateWidth, height: plateHeight, text, growth: legible / size, nameBefore: 0 };
}

/** The plate of a paper that has no room for a text. @param {Spot} spot @returns {Plate} */
function barePlate({ id, x, y, box: [width, height] }) {
  return { id, left: x - width / 2, top: y - height / 2, width: 14, height, text: "", growth: 1, nameBefore: 0 };
}

/** The plate of a paper whose name stands before its mark. @param {Spot} spot @param {string} text @returns {Plate} */
function plateWithNameBefore(spot, text) {
  const named = legiblePlate(spot, text);
  const bare = barePlate(spot);
  return { ...named, left: bare.left - named.width, width: named.width + bare.width, nameBefore: named.width };
}

/** @param {Plate} plate @returns {Rectangle} */
const boundsOfPlate = ({ left, top, width, height }) => [left, top, left + width, top + height];

/** What the plates depend on, as they were laid out last: frames in which a path draws itself differ in arcs alone. @type {unknown[]} */
let laidOutFor = [];

function clearPlates() {
  plates.clear();
  laidOutFor = [];
}

/**
 * Lay out the plates of the papers in view, unless they are: lit ones first, then the list, bridges, and others by how many cite them.
 * @param {Spot[]} inView @param {Viewport} viewport
 */
function layOutPlates(inView, viewport) {
  const wanted = [zoom, ...Object.values(viewport), visibilityVersion, highlightedPapers, state.selected, state.pointed];
  if (wanted.length === laidOutFor.length && wanted.every((each, n) => each === laidOutFor[n])) return;
  clearPlates();
  laidOutFor = wanted;
  if (zoom * PLATE_STYLES.other.size >= SMALLEST_TEXT) {
    for (const spot of inView) plates.set(spot.id, legiblePlate(spot, spot.label));
    return;
  }
  const taken = new TakenPlaces();
  const [first, rest] = [inView.filter(isNamedFirst), inView.filter((spot) => !isNamedFirst(spot))];
  const reserveMarks = (/** @type {Spot[]} */ some) => some.forEach((spot) => taken.take(spot.id, boundsOfPlate(barePlate(spot)))); // no name covers them
  reserveMarks(first.filter(isLookedAt));
  for (const spot of inOrderOf(rankOf, first)) settlePlate(spot, taken);
  reserveMarks(rest);
  for (const spot of inOrderOf(rankOf, rest)) settlePlate(spot, taken);
}

/** How much the name of a paper matters. @param {Spot} spot */
function rankOf(spot) {
  const { id } = spot;
  const emphasis = id === state.pointed || id === state.selected ? 4e6 : highlightedPapers?.has(id) ? 2e6 : 0;
  return emphasis + renownOf(spot) + (papers[id].role === "bridge" ? 5e5 : 0);
}

/** Whether a reader looks at a paper: at it alone, or at what is lit. @param {Spot} spot */
const isLookedAt = ({ id }) => id === state.selected || id === state.pointed || (highlightedPapers?.has(id) ?? false);

/** Whether a paper has its name before all others: one at which a reader looks, or of the list. @param {Spot} spot */
const isNamedFirst = (spot) => isLookedAt(spot) || papers[spot.id].role === "list";

/** The texts by which the picture can name a paper: a paper of the list has its number for a short one. @param {Spot} spot */
const namesInPicture = ({ id, label }) => [...new Set([label, papers[id].numbers.join("·") || label])];

/** Give a paper the first of its texts that has room; one at which a reader looks may have its name before its mark, too. @param {Spot} spot @param {TakenPlaces} taken */
function settlePlate(spot, taken) {
  const plateOfText = (/** @type {string} */ text) => [legiblePlate(spot, text), ...(isLookedAt(spot) ? [plateWithNameBefore(spot, text)] : [])];
  const plate = namesInPicture(spot).flatMap(plateOfText).find((each) => taken.isFree(spot.id, boundsOfPlate(each))) ?? barePlate(spot);
  taken.take(spot.id, boundsOfPlate(plate));
  plates.set(spot.id, plate);
}
