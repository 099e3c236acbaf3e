// What is shown, and what of it is lit: the filters and the answer decide.

/** The papers and the citations that are shown. @type {Set<string>} */
let shown = new Set();
/** @type {Arc[]} */
let shownArcs = [];
let isFiltered = false;
/** What of it stays bright; null when all does. @type {Set<string> | null} */
let litPapers = null;
/** The citations that are drawn strongly. @type {Arc[]} */
let litArcs = [];

/** @param {Arc} arc */
const passes = (arc) => (!state.confirmed || isConfirmed(arc)) && (!state.influential || isInfluential(arc));

/** The papers that a kinship keeps. @param {Kin} kin @returns {Set<string>} */
function kinOf({ key, kind, depth }) {
  /** @type {Map<string, number>} */
  const hops = new Map([[key, 0]]);
  for (const [one, away] of hops) {
    if (depth && away >= depth) continue;
    const before = kind === "after" ? [] : citesOf(one).filter(passes).map((arc) => arc.from);
    const after = kind === "before" ? [] : citedByOf(one).filter(passes).map((arc) => arc.to);
    for (const other of [...before, ...after]) if (!hops.has(other)) hops.set(other, away + 1);
  }
  return new Set(hops.keys());
}

/** Work out what is shown. Papers of a path that was asked for are shown in any case. */
function filter() {
  const { off, years: [first, last], kin, connected, confirmed, influential } = state;
  isFiltered = off.size > 0 || first !== null || last !== null || kin !== null || connected || confirmed || influential;
  const asked = new Set(state.ask ? asked_.paths.flat() : []);
  const steps = new Set(state.ask ? asked_.paths.flatMap((path) => path.slice(1).map((key, n) => `${path[n]}:${key}`)) : []);
  const kept = kin && kinOf(kin);
  /** @param {string} key */
  const stays = (key) => {
    const { lane, year } = papers[key];
    if (off.has(lane ?? "") || (kept && !kept.has(key))) return false;
    if (first === null && last === null) return true;
    return year !== null && year >= (first ?? -Infinity) && year <= (last ?? Infinity);
  };
  const drawn = spots.map((spot) => spot.id);
  shown = new Set(isFiltered ? drawn.filter((key) => stays(key) || asked.has(key) || guests.has(key)) : drawn);
  shownArcs = guests.size ? [...drawnArcs, ...arcsOfGuests()] : drawnArcs;
  if (isFiltered) shownArcs = shownArcs.filter((arc) => shown.has(arc.from) && shown.has(arc.to) && (passes(arc) || steps.has(`${arc.from}:${arc.to}`)));
  if (!connected) return;
  const joined = new Set([...shownArcs.flatMap((arc) => [arc.from, arc.to]), ...asked]);
  shown = new Set([...shown].filter((key) => joined.has(key)));
}

/** What is shown, oldest first. */
const shownInOrder = () => (guests.size ? [...shown].sort(byDate) : [...shown]);

/** Work out what is lit: the paths that were asked for, else what a paper has to do with. */
function light() {
  const paths = state.ask && (state.chosen === null ? asked_.paths : asked_.paths.slice(state.chosen, state.chosen + 1));
  const key = state.pointed ?? state.selected;
  const ends = state.arc?.split(":") ?? null;
  if (paths) {
    litPapers = new Set([.../** @type {Wish} */ (state.ask).via, ...paths.flat(), /** @type {Wish} */ (state.ask).from, /** @type {Wish} */ (state.ask).to]);
    const steps = new Set(paths.flatMap((path) => path.slice(1).map((one, n) => arcBetween(path[n], one))));
    litArcs = [...steps].flatMap((arc) => (arc && shown.has(arc.from) && shown.has(arc.to) ? [arc] : []));
  } else if (key !== null) {
    litArcs = [...citesOf(key), ...citedByOf(key)].filter((arc) => shown.has(arc.from) && shown.has(arc.to) && passes(arc));
    litPapers = new Set([key, ...litArcs.flatMap((arc) => [arc.from, arc.to])]);
  } else if (ends) {
    litArcs = citedByOf(ends[0]).filter((arc) => arc.to === ends[1]);
    litPapers = new Set(ends);
  } else {
    litPapers = null;
    litArcs = [];
  }
}

/** What is shown, in words. */
function shownInWords() {
  const [some, cited] = [grouped(shown.size), grouped(shownArcs.length)];
  const [all, citations] = [counted(keys.length, "paper", "papers"), counted(arcs.length, "citation", "citations")];
  if (facts.drawn < keys.length && !isFiltered) return `${some} of ${all} are drawn: the list, bridges, then the most cited`;
  if (!isFiltered) return `All ${all} and ${citations} shown`;
  return `${some} of ${all} and ${cited} of ${citations} shown${facts.drawn < keys.length ? `, of the ${grouped(facts.drawn)} most central` : ""}`;
}
