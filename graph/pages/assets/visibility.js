// Which papers and citations are visible, and which of them are highlighted: the filters and the answer decide.

/** @type {Set<string>} */
let visiblePapers = new Set();
/** @type {Arc[]} */
let visibleArcs = [];
let isFiltered = false;
/** The papers that stay bright; null when all do. @type {Set<string> | null} */
let highlightedPapers = null;
/** The citations that are drawn strongly. @type {Arc[]} */
let highlightedArcs = [];

/** @param {Arc} arc */
const passesFilters = (arc) => (!state.confirmed || isConfirmed(arc)) && (!state.influential || isInfluential(arc));

/** A paper with its ancestors, its descendants, or what is around it. @param {Relatives} relatives @returns {Set<string>} */
function relativesOf({ key, kind, depth }) {
  /** @type {Map<string, number>} */
  const hops = new Map([[key, 0]]);
  for (const [reached, away] of hops) {
    if (depth && away >= depth) continue;
    const before = kind === "after" ? [] : citesOf(reached).filter(passesFilters).map((arc) => arc.from);
    const after = kind === "before" ? [] : citedByOf(reached).filter(passesFilters).map((arc) => arc.to);
    for (const other of [...before, ...after]) if (!hops.has(other)) hops.set(other, away + 1);
  }
  return new Set(hops.keys());
}

/** Update what is visible. The papers of the paths that the reader asked for are visible in any case. */
function updateVisibility() {
  const { hiddenThemes, years: [first, last], relatives, connected, marks, starredOnly } = state;
  const [hidden, starred] = [hiddenByMarks(state), new Set(marks.starred)];
  const hasNames = namesTest();
  isFiltered = hasFilters(state);
  const paths = state.request ? foundPaths() : [];
  const onPaths = new Set(paths.flat());
  const hops = new Set(paths.flatMap((path) => path.slice(1).map((key, n) => `${path[n]}:${key}`)));
  const kept = relatives && relativesOf(relatives);
  /** @param {string} key */
  const passes = (key) => {
    const { lane, year } = papers[key];
    if (hiddenThemes.has(lane ?? "") || (kept && !kept.has(key)) || hidden.has(key) || (starredOnly && !starred.has(key)) || !hasNames(key)) return false;
    if (first === null && last === null) return true;
    return year !== null && year >= (first ?? -Infinity) && year <= (last ?? Infinity);
  };
  const drawn = spots.map((spot) => spot.id);
  visiblePapers = new Set(isFiltered ? drawn.filter((key) => passes(key) || onPaths.has(key) || overflowPapers.has(key)) : drawn);
  visibleArcs = overflowPapers.size ? [...drawnArcs, ...overflowArcs()] : drawnArcs;
  if (isFiltered) visibleArcs = visibleArcs.filter((arc) => visiblePapers.has(arc.from) && visiblePapers.has(arc.to) && (passesFilters(arc) || hops.has(`${arc.from}:${arc.to}`)));
  if (!connected) return;
  const joined = new Set([...visibleArcs.flatMap((arc) => [arc.from, arc.to]), ...onPaths]);
  visiblePapers = new Set([...visiblePapers].filter((key) => joined.has(key)));
}

/** The visible papers, oldest first. */
const visibleInOrder = () => (overflowPapers.size ? [...visiblePapers].sort(byDate) : [...visiblePapers]);

/** Update what is highlighted: the paths that the reader asked for, else a paper or citation with what it is connected to. */
function updateHighlight() {
  if (presentation) return lightStep();
  if (isAboutSeveral() && state.pointed === null) return lightSeveral();
  const { request } = state;
  const key = state.pointed ?? state.selected;
  const ends = state.arc?.split(":") ?? null;
  if (request) {
    const paths = previewedPath ? [previewedPath] : highlightedPaths();
    lightPaths(paths);
    for (const named of [...request.via, request.from, request.to]) highlightedPapers?.add(named);
  } else if (key !== null) {
    highlightedArcs = [...citesOf(key), ...citedByOf(key)].filter((arc) => visiblePapers.has(arc.from) && visiblePapers.has(arc.to) && passesFilters(arc));
    const isCentre = state.pointed === null && state.relatives?.key === key; // then all that is shown belongs to it
    highlightedPapers = new Set([key, ...(isCentre ? visiblePapers : highlightedArcs.flatMap((arc) => [arc.from, arc.to]))]);
  } else if (welcomePath()) {
    lightPaths([welcomePath() ?? []]);
  } else if (ends) {
    highlightedArcs = citedByOf(ends[0]).filter((arc) => arc.to === ends[1]);
    highlightedPapers = new Set(ends);
  } else if (state.story) {
    const lit = litByStory(state.story);
    highlightedPapers = lit.papers.length ? new Set(lit.papers) : null;
    highlightedArcs = lit.arcs.filter((arc) => visiblePapers.has(arc.from) && visiblePapers.has(arc.to));
  } else {
    highlightedPapers = null;
    highlightedArcs = [];
  }
}

/** @param {string[][]} paths */
function lightPaths(paths) {
  highlightedPapers = new Set(paths.flat());
  const hops = new Set(paths.flatMap((path) => path.slice(1).map((citing, n) => arcBetween(path[n], citing))));
  highlightedArcs = [...hops].flatMap((arc) => (arc && visiblePapers.has(arc.from) && visiblePapers.has(arc.to) ? [arc] : []));
}

/** How much is visible, in words. */
function describeVisibility() {
  const [visible, citations] = [formatCount(visiblePapers.size), formatCount(visibleArcs.length)];
  const [allPapers, allCitations] = [counted(keys.length, "paper", "papers"), counted(arcs.length, "citation", "citations")];
  if (facts.drawn < keys.length && !isFiltered) return `${visible} of ${allPapers} are drawn: the list, bridges, then the most cited`;
  if (!isFiltered) return `All ${allPapers} and ${allCitations} shown`;
  return `${visible} of ${allPapers} and ${citations} of ${allCitations} shown${facts.drawn < keys.length ? `, of the ${formatCount(facts.drawn)} most central` : ""}`;
}
