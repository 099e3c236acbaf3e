// Papers that the picture has no room for and that are looked at all the same: they join it in a lane below.

const MOST_GUESTS = 120;
const GUEST_LANE = { head: 24, row: 24, foot: 8 };

/** Whether the picture has a place for a paper. @param {string} key */
const isDrawn = (key) => papers[key].n < facts.drawn;

/** Who is there. @type {Set<string>} */
const guests = new Set();
const GUESTS = "\0"; // no theme has that id
const ownLanes = lanes.length;

/** The papers without a place that the state is about: selected, an end of a citation, on the paths. @returns {string[]} */
function wantedGuests() {
  if (facts.drawn === keys.length) return [];
  const { selected, arc, ask, chosen, kin } = state;
  const paths = ask === null ? [] : chosen === null ? asked_.paths : asked_.paths.slice(chosen, chosen + 1);
  const wanted = [selected, ...(arc?.split(":") ?? []), kin?.key, ask?.from, ask?.to, ...(ask?.via ?? []), ...paths.flat()];
  const without = new Set(wanted.filter((key) => key !== null && key !== undefined && !isDrawn(key)));
  return /** @type {string[]} */ ([...without]);
}

/** Have those in the picture who are to be there, each at its date. @returns {boolean} whether anybody came or went */
function receiveGuests() {
  const all = wantedGuests();
  const wanted = all.slice(0, MOST_GUESTS);
  if (wanted.length === guests.size && wanted.every((key) => guests.has(key))) return false;
  for (const key of guests) spots_.delete(key);
  guests.clear();
  curves.clear();
  spots.length = facts.drawn;
  lanes.length = ownLanes;
  if (!wanted.length) return true;
  const top = (lanes.at(-1)?.bottom ?? 0) + 5;
  /** @type {number[]} where the last box of each row ends */
  const rows = [];
  for (const key of wanted.sort(byDate)) {
    const label = labelAt(papers[key].n);
    const width = widthOf(label, TEXT.list) + 24;
    const start = timeOf(key);
    const free = rows.findIndex((end) => end <= start);
    const row = free < 0 ? rows.length : free;
    rows[row] = start + width + 10;
    const spot = { id: key, label, x: start + width / 2, y: top + GUEST_LANE.head + (row + 0.5) * GUEST_LANE.row, box: /** @type {[number, number]} */ ([width, 20]) };
    spots.push(spot);
    spots_.set(key, spot);
    guests.add(key);
  }
  lanes.push({ theme: GUESTS, name: `Not among the ${grouped(facts.drawn)} most central${all.length > wanted.length ? `: ${grouped(wanted.length)} of ${grouped(all.length)}` : ""}`, colour: NO_THEME, top, bottom: top + GUEST_LANE.head + rows.length * GUEST_LANE.row + GUEST_LANE.foot });
  return true;
}

/** The citations between guests, and between them and the papers with a place. */
function arcsOfGuests() {
  return [...guests].flatMap((key) => [...citesOf(key), ...citedByOf(key).filter((arc) => !guests.has(arc.to))]).filter((arc) => spots_.has(arc.from) && spots_.has(arc.to));
}

/** Where on the axis a paper's date lies. @param {string} key */
function timeOf(key) {
  const { date } = papers[key];
  const end = facts.size[0];
  if (date === null) return ticks.find(([label]) => label === "undated")?.[1] ?? end;
  const [year, month = 6.5] = date.split("-").map(Number);
  const moment = year + (month - 0.5) / 12;
  const spans = ticks.filter(([label]) => label !== "undated").map(([label, x], n, all) => {
    const [first, last = first] = label.split("–").map(Number);
    return { first, last: last + 1, x, width: (all[n + 1]?.[1] ?? Math.max(end - 24, x + 46)) - x };
  });
  const span = spans.find(({ last }) => moment < last) ?? spans.at(-1);
  if (!span) return 0;
  const share = (moment - span.first) / (span.last - span.first);
  return span.x + Math.max(0, Math.min(0.98, share)) * span.width;
}

const measuring = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
/** @param {string} text @param {string} font */
function widthOf(text, font) {
  measuring.font = font;
  return Math.ceil(measuring.measureText(text).width);
}
