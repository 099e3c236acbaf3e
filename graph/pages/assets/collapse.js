// Filters leave no gaps: rows, lanes and years without a visible paper collapse, and nothing changes its order.

const COLLAPSED = { gap: 7, foot: 8, lane: 5, empty: 12, years: 44 }; // `empty`: what an empty lane has below its head; `years`: the width of a stretch without visible papers

/** The picture with all papers: where the layout put the papers, the lanes, the ticks and the right edge. */
const wholePicture = {
  places: spots.map(({ x, y }) => ({ x, y })),
  lanes: lanes.map(({ top, bottom }) => ({ top, bottom })),
  ticks: ticks.map((tick) => /** @type {Tick} */ ([...tick])),
  width: facts.size[0],
};
const drawnSpots = spots.slice();
/** What the picture was collapsed to last: which of the drawn papers are visible. */
let collapsedTo = "";

/** Bring the picture together where filters leave gaps, or back to the whole picture. @returns {boolean} whether papers moved */
function collapseGaps() {
  const kept = drawnSpots.map(({ id }) => visiblePapers.has(id));
  const wanted = isFiltered && kept.includes(true) && kept.includes(false) ? kept.map(Number).join("") : "";
  if (wanted === collapsedTo) return false;
  collapsedTo = wanted;
  const anchor = spotNearestToMiddle(wanted ? kept : null);
  const before = anchor && { x: anchor.x, y: anchor.y };
  if (wanted) {
    collapseYears(kept);
    collapseRows(kept);
  } else restoreWhole();
  layOutOverflowLane();
  if (anchor && before && lastView && !isOpeningView) jumpTo(lastView.x + anchor.x - before.x, lastView.y + anchor.y - before.y, lastView.scale);
  return true;
}

/** The visible paper nearest to the middle of the view: it keeps its place on the screen. @param {boolean[] | null} kept */
function spotNearestToMiddle(kept) {
  const { x, y } = lastView ?? { x: 0, y: 0 };
  let nearest = null;
  let least = Infinity;
  for (const [n, spot] of drawnSpots.entries()) {
    const away = Math.hypot(spot.x - x, spot.y - y);
    if ((!kept || kept[n]) && away < least) [nearest, least] = [spot, away];
  }
  return nearest;
}

function restoreWhole() {
  for (const [n, spot] of drawnSpots.entries()) Object.assign(spot, wholePicture.places[n]);
  for (const [n, { top, bottom }] of wholePicture.lanes.entries()) Object.assign(lanes[n], { top, bottom });
  ticks.splice(0, ticks.length, ...wholePicture.ticks.map((tick) => /** @type {Tick} */ ([...tick])));
  facts.size[0] = wholePicture.width;
}

/** Shrink stretches of years in which no visible paper begins, as far as the boxes that reach into them allow. @param {boolean[]} kept */
function collapseYears(kept) {
  const boxes = drawnSpots.flatMap(({ box: [width] }, n) => (kept[n] ? [{ n, left: wholePicture.places[n].x - width / 2, right: wholePicture.places[n].x + width / 2 }] : []));
  boxes.sort((a, b) => a.left - b.left);
  /** @type {Tick[]} */
  const collapsed = [];
  const shift = new Map();
  let [next, reach, moved] = [0, 0, 0]; // the next box, where the boxes so far end, how far what follows moves to the left
  let isStretch = false;
  for (const [at, [label, x, empty]] of wholePicture.ticks.entries()) {
    const end = wholePicture.ticks[at + 1]?.[1] ?? Infinity;
    const first = next;
    while (next < boxes.length && boxes[next].left < end) next += 1;
    if (next > first) {
      collapsed.push([label, x - moved, empty]);
      for (const { n, right } of boxes.slice(first, next)) {
        shift.set(n, moved);
        reach = Math.max(reach, right);
      }
      isStretch = false;
      continue;
    }
    if (end === Infinity) break; // what comes after the last visible paper is left out
    if (first === 0) moved += end - x; // as is what comes before the first
    else if (isStretch) {
      const last = collapsed[collapsed.length - 1];
      last[0] = joinedYears(last[0], label);
      last[2] = true;
      moved += Math.min(end - x, Math.max(0, end - Math.max(reach, last[1] + moved + COLLAPSED.years)));
    } else {
      collapsed.push([label, x - moved, empty]);
      moved += Math.max(0, end - Math.max(reach, x + COLLAPSED.years));
    }
    isStretch = first > 0;
  }
  if (isStretch) collapsed.pop();
  for (const [n, spot] of drawnSpots.entries()) spot.x = wholePicture.places[n].x - (shift.get(n) ?? 0);
  ticks.splice(0, ticks.length, ...collapsed);
  facts.size[0] = Math.max(...boxes.map(({ n, right }) => right - shift.get(n))) + (ticks[0]?.[1] ?? 24);
}

/** The label of a stretch of years from that of its parts. @param {string} one @param {string} other */
const joinedYears = (one, other) => `${one.split("–")[0]}–${other.split("–").at(-1)}`;

/** Close up rows and lanes that have no visible paper. @param {boolean[]} kept */
function collapseRows(kept) {
  const heads = wholePicture.lanes.map(({ top, bottom }) => {
    const inLane = wholePicture.places.flatMap(({ y }, n) => (y > top && y < bottom ? [y - drawnSpots[n].box[1] / 2] : []));
    return Math.min(...inLane) - top;
  });
  let y = wholePicture.lanes[0]?.top ?? 0;
  for (const [at, { top, bottom }] of wholePicture.lanes.entries()) {
    const rows = new Map();
    for (const [n, place] of wholePicture.places.entries()) {
      if (!kept[n] || place.y <= top || place.y >= bottom) continue;
      rows.set(place.y, Math.max(rows.get(place.y) ?? 0, drawnSpots[n].box[1]));
    }
    const newTop = y;
    y += heads[at];
    const middles = new Map();
    for (const [row, height] of [...rows].sort(([a], [b]) => a - b)) {
      middles.set(row, y + height / 2);
      y += height + COLLAPSED.gap;
    }
    y += rows.size ? COLLAPSED.foot - COLLAPSED.gap : COLLAPSED.empty;
    for (const [n, place] of wholePicture.places.entries()) {
      if (place.y > top && place.y < bottom) drawnSpots[n].y = middles.get(place.y) ?? newTop + heads[at] / 2;
    }
    Object.assign(lanes[at], { top: newTop, bottom: y });
    y += COLLAPSED.lane;
  }
}
