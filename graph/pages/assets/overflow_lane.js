// The overflow lane, below the themes: papers that the picture has no room for, while the reader looks at them.

const MOST_OVERFLOW = 120;
const OVERFLOW_LANE = { head: 24, row: 24, foot: 8 };
const OVERFLOW_THEME = "\0"; // no theme has that id
const themeLaneCount = lanes.length;

/** Whether the picture has room for a paper in its theme's lane. @param {string} key */
const isDrawn = (key) => papers[key].n < facts.drawn;

/** The papers of the lane. @type {Set<string>} */
const overflowPapers = new Set();
let overflowCount = 0; // how many papers the state is about that are not drawn, also those for which the lane has no room

/** The papers that the state is about and that are not drawn: selected, an end of a citation, on the paths. @returns {string[]} */
function papersForOverflow() {
  if (facts.drawn === keys.length) return [];
  const { selected, several, arc, request, relatives } = state;
  const onPaths = request ? [request.from, request.to, ...request.via, ...highlightedPaths().flat()] : [];
  const wanted = [selected, ...several, ...(arc?.split(":") ?? []), relatives?.key, ...onPaths];
  return [...new Set(wanted.flatMap((key) => (key === null || key === undefined || isDrawn(key) ? [] : [key])))];
}

/** Fill the lane anew where the state asks for other papers. @returns {boolean} whether it changed */
function updateOverflowLane() {
  const all = papersForOverflow();
  const wanted = all.slice(0, MOST_OVERFLOW);
  if (wanted.length === overflowPapers.size && wanted.every((key) => overflowPapers.has(key))) return false;
  for (const key of overflowPapers) spotByKey.delete(key);
  overflowPapers.clear();
  for (const key of wanted.sort(byDate)) overflowPapers.add(key);
  overflowCount = all.length;
  layOutOverflowLane();
  return true;
}

/** Put the lane below the themes, and each of its papers at its date. */
function layOutOverflowLane() {
  curves.fill(undefined);
  spots.length = facts.drawn;
  lanes.length = themeLaneCount;
  if (!overflowPapers.size) return;
  const top = (lanes.at(-1)?.bottom ?? 0) + 5;
  /** @type {number[]} where the last box of each row ends */
  const rowEnds = [];
  for (const key of overflowPapers) {
    const label = labelAt(papers[key].n);
    const width = Math.ceil(widthOf(label, 13.5, 600)) + 24;
    const start = positionInTime(key);
    const freeRow = rowEnds.findIndex((end) => end <= start);
    const row = freeRow < 0 ? rowEnds.length : freeRow;
    rowEnds[row] = start + width + 10;
    const y = top + OVERFLOW_LANE.head + (row + 0.5) * OVERFLOW_LANE.row;
    const spot = { id: key, label, x: start + width / 2, y, box: /** @type {[number, number]} */ ([width, 20]) };
    spots.push(spot);
    spotByKey.set(key, spot);
  }
  const share = overflowCount > overflowPapers.size ? `: ${formatCount(overflowPapers.size)} of ${formatCount(overflowCount)}` : "";
  const bottom = top + OVERFLOW_LANE.head + rowEnds.length * OVERFLOW_LANE.row + OVERFLOW_LANE.foot;
  lanes.push({ theme: OVERFLOW_THEME, name: `Not among the ${formatCount(facts.drawn)} most central${share}`, colour: UNTHEMED_COLOUR, top, bottom, letter: "", count: "" });
}

/** The citations among the papers of the lane, and between them and those that are drawn. */
function overflowArcs() {
  const arcsOf = (/** @type {string} */ key) => [...citesOf(key), ...citedByOf(key).filter((arc) => !overflowPapers.has(arc.to))];
  return [...overflowPapers].flatMap(arcsOf).filter((arc) => spotByKey.has(arc.from) && spotByKey.has(arc.to));
}

/** Where a paper's date lies on the axis of time. @param {string} key */
function positionInTime(key) {
  const { date } = papers[key];
  const axisEnd = facts.size[0];
  if (date === null) return ticks.find(([label]) => label === "undated")?.[1] ?? axisEnd;
  const [year, month = 6.5] = date.split("-").map(Number);
  const time = year + (month - 0.5) / 12;
  const spans = ticks.filter(([label]) => label !== "undated").map(([label, x], n, all) => {
    const [first, last = first] = label.split("–").map(Number);
    return { first, end: last + 1, x, width: (all[n + 1]?.[1] ?? Math.max(axisEnd - 24, x + 46)) - x };
  });
  const span = spans.find(({ end }) => time < end) ?? spans.at(-1);
  if (!span) return 0;
  const share = (time - span.first) / (span.end - span.first);
  return span.x + Math.max(0, Math.min(0.98, share)) * span.width;
}
