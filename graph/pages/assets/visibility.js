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

/** Whether both papers of an arc are visible. @param {Arc} arc */
const isArcVisible = (arc) => visiblePapers.has(arc.from) && visiblePapers.has(arc.to);

/** @param {Arc} arc */
const passesFilters = (arc) => (!state.confirmed || isConfirmed(arc)) && (!state.influential || isInfluential(arc));

/** A paper with its ancestors, its descendants, or what is around it. @param {Relatives} relatives @returns {Set<string>} */
function relativesOf({ key, kind, depth }) {
  const before = (/** @type {string} */ one) => (kind === "after" ? [] : citesOf(one).filter(passesFilters).map((arc) => arc.from));
  const after = (/** @type {string} */ one) => (kind === "before" ? [] : citedByOf(one).filter(passesFilters).map((arc) => arc.to));
  return new Set(hopsFrom({ get: (one) => [...before(one), ...after(one)] }, key, depth || Infinity).keys());
}

/** Update what is visible. The papers of the paths that the reader asked for are visible in any case. */
function updateVisibility() {
  const { hiddenThemes, years, relatives, connected, marks, starredOnly } = state;
  const [hidden, starred] = [hiddenByMarks(state), new Set(marks.starred)];
  const hasNames = namesTest();
  isFiltered = hasFilters(state);
  const paths = state.request ? foundPaths() : [];
  const onPaths = new Set(paths.flat());
  const hops = new Set(paths.flatMap((path) => path.slice(1).map((key, n) => `${path[n]}:${key}`)));
  const kept = relatives && relativesOf(relatives);
  /** @param {string} key */
  const passes = (key) => !hiddenThemes.has(papers[key].lane ?? "") && (!kept || kept.has(key)) && !hidden.has(key) && (!starredOnly || starred.has(key)) && hasNames(key) && isOfYears(key, years);
  const drawn = spots.map((spot) => spot.id);
  visiblePapers = new Set(isFiltered ? drawn.filter((key) => passes(key) || onPaths.has(key) || overflowPapers.has(key)) : drawn);
  visibleArcs = overflowPapers.size ? [...drawnArcs, ...overflowArcs()] : drawnArcs;
  if (isFiltered) visibleArcs = visibleArcs.filter((arc) => isArcVisible(arc) && (passesFilters(arc) || hops.has(`${arc.from}:${arc.to}`)));
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
    highlightedArcs = [...citesOf(key), ...citedByOf(key)].filter((arc) => isArcVisible(arc) && passesFilters(arc));
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
    highlightedArcs = lit.arcs.filter(isArcVisible);
  } else {
    highlightedPapers = null;
    highlightedArcs = [];
  }
}

/** @param {string[][]} paths */
function lightPaths(paths) {
  highlightedPapers = new Set(paths.flat());
  highlightedArcs = arcsOfPaths(paths).filter(isArcVisible);
}

/** The arcs of some paths, each once. @param {string[][]} paths */
const arcsOfPaths = (paths) => [...new Set(paths.flatMap((path) => path.slice(1).flatMap((citing, n) => arcBetween(path[n], citing) ?? [])))];

/** That papers which the reader hides are shown all the same, in words: the paths that are asked for keep them. */
function describeKept() {
  const kept = [...hiddenByMarks(state)].filter((key) => visiblePapers.has(key)).length;
  return kept ? `; ${counted(kept, "hidden paper", "hidden papers")} on the paths stay${kept === 1 ? "s" : ""}` : "";
}

/** How much is visible, in words. */
function describeVisibility() {
  const [visible, citations] = [formatCount(visiblePapers.size), formatCount(visibleArcs.length)];
  const [allPapers, allCitations] = [counted(keys.length, "paper", "papers"), counted(arcs.length, "citation", "citations")];
  if (facts.drawn < keys.length && !isFiltered) return `${visible} of ${allPapers} are drawn: the list, bridges, then the most cited`;
  if (!isFiltered) return `All ${allPapers} and ${allCitations} shown`;
  return `${visible} of ${allPapers} and ${citations} of ${allCitations} shown${facts.drawn < keys.length ? `, of the ${formatCount(facts.drawn)} most central` : ""}${describeKept()}`;
}
