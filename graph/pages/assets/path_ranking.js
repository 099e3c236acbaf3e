// Paths in the order that a reader asks for, as graph/analysis/path_ranking.py puts them. An order never changes which paths there are.

/** @typedef {"shortest" | "longest" | "strongest" | "main" | "diverse"} Rank */

/** The orders, and what comes first in each. @type {Record<Rank, string>} */
const RANKS = {
  shortest: "the fewest hops",
  longest: "the most hops",
  strongest: "the best evidence",
  main: "the citations on most paths",
  diverse: "the shortest, then always the path that is least like those before",
};
const DIVERSE_AMONG = 500; // from how many of the shortest paths diverse ones are chosen

/** The paths of a request, as papers, lazily. @param {ConstrainedGraph} constrained @returns {Generator<string[], void, void>} */
function* pathsInOrder(constrained) {
  const { graph, start, end, paper, request: { rank } } = constrained;
  const placeOf = (/** @type {string} */ key) => papers[key].place;
  if (rank === "longest") {
    const unfolded = withoutCircles(constrained, facts.circleSteps);
    if (unfolded) for (const path of cheapestPaths(unfolded, () => -1n, placeOf)) yield path.map(unfolded.paper);
    return;
  }
  if (rank === "strongest" || rank === "main") {
    const cost = rank === "strongest" ? costByEvidence : distanceFromMainPath(constrained);
    for (const path of cheapestPaths(constrained, cost, placeOf)) yield path.map(paper);
    return;
  }
  const shortest = shortestPaths(graph, start, end, (node) => placeOf(paper(node)), paper);
  if (rank === "diverse") yield* diversePaths(firstOf(shortest, DIVERSE_AMONG).map((path) => path.map(paper)));
  for (const path of shortest) yield path.map(paper);
}

/** The first values of a generator, which can go on. @template T @param {Generator<T, void, void>} source @param {number} most @returns {T[]} */
function firstOf(source, most) {
  const first = [];
  for (let step = first.length < most ? source.next() : null; step && !step.done; step = first.length < most ? source.next() : null) first.push(step.value);
  return first;
}

/** The first path, then always the one that is least like the most similar path before it, by the papers that they share between the ends (Jaccard's index). @param {string[][]} paths */
function* diversePaths(paths) {
  let waiting = paths.map((path) => ({ path, inner: new Set(path.slice(1, -1)), likeness: 0 }));
  while (waiting.length) {
    const chosen = waiting.reduce((best, each) => (each.likeness < best.likeness ? each : best));
    yield chosen.path;
    waiting = waiting.filter((each) => each !== chosen);
    for (const each of waiting) {
      const shared = [...each.inner].filter((key) => chosen.inner.has(key)).length;
      each.likeness = Math.max(each.likeness, shared / (each.inner.size + chosen.inner.size - shared)); // only one path has no paper between the ends
    }
  }
}

/** The cost of a citation by its evidence. @param {string} cited @param {string} citing */
const costByEvidence = (cited, citing) => /** @type {Arc} */ (arcBetween(cited, citing)).cost;

/**
 * The cost of a citation by how many paths that run forward in time use it. One that does not run forward costs more than all others weigh together.
 * @param {ConstrainedGraph} constrained
 */
function distanceFromMainPath({ papers: between, request: { from, to, maxHops } }) {
  const { graph, dropped } = forwardBetween(maxHops ? nearEnough(between, from, to, maxHops) : between, from, to);
  const { arcs: weights } = countFlow({ graph, start: from, end: to, paper: identity });
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 1n);
  return (/** @type {string} */ cited, /** @type {string} */ citing) => (dropped.has(arcName(cited, citing)) ? whole : -(weights.get(arcName(cited, citing)) ?? 0n));
}

/** What lies on walks of at most so many hops. @param {Digraph} graph @param {string} from @param {string} to @param {number} most */
function nearEnough(graph, from, to, most) {
  const [forth, back] = [hopsFrom(graph.after, from, most), hopsFrom(graph.before, to, most)];
  return subgraph(graph, (key) => (forth.get(key) ?? Infinity) + (back.get(key) ?? Infinity) <= most);
}
