// Paths in the order that a reader asks for, as graph/analysis/path_ranking.py puts them. An order never changes which paths there are.

/** @typedef {"shortest" | "strongest" | "main" | "diverse"} Rank */

/** The orders, and what comes first in each. @type {Record<Rank, string>} */
const RANKS = {
  shortest: "the fewest hops",
  strongest: "the best evidence",
  main: "the citations on most paths",
  diverse: "the shortest, then always the path that is least like those before",
};
const DIVERSE_AMONG = 500; // from how many of the shortest paths diverse ones are chosen

/** The paths of a request, as papers, lazily. @param {ConstrainedGraph} constrained @returns {Generator<string[], void, void>} */
function* pathsInOrder(constrained) {
  const { graph, start, end, paper, request: { rank } } = constrained;
  const placeOf = (/** @type {string} */ key) => papers[key].place;
  if (rank === "strongest" || rank === "main") {
    const cost = rank === "strongest" ? doubtOf : distanceFromMainPath(constrained);
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

const UNIT = 1e15; // how many units of an exact cost are 1

/** @type {Map<string, bigint>} */
const knownDoubts = new Map();

/** The cost of a citation by its evidence: the negative logarithm of its strength, by the rule of graph/analysis/evidence.py. @param {string} cited @param {string} citing */
function doubtOf(cited, citing) {
  const arc = /** @type {Arc} */ (arcBetween(cited, citing));
  const kinds = new Set(arc.by.map(([source]) => sources[source].kind)).size;
  const isPurposeful = intentsOf(arc).some((intent) => intent !== "background");
  const sentences = Math.max(0, ...arc.by.map(([, , details]) => details?.contexts?.length ?? 0));
  const kind = [kinds, isInfluential(arc), isPurposeful, sentences].join();
  const known = knownDoubts.get(kind);
  if (known !== undefined) return known;
  const repeated = Math.min(Math.max(sentences - 1, 0), 5);
  const whole = 2 ** kinds * (isInfluential(arc) ? 2 : 1) * (isPurposeful ? 4 : 1) * 10 ** repeated;
  const doubt = (isPurposeful ? 3 : 1) * 9 ** repeated;
  const common = greatestDivisor(whole, doubt);
  const cost = logarithmOf(whole / common) - logarithmOf((whole - doubt) / common);
  knownDoubts.set(kind, cost);
  return cost;
}

/** @param {number} a @param {number} b @returns {number} */
const greatestDivisor = (a, b) => (b ? greatestDivisor(b, a % b) : a);

/** The natural logarithm as the sum of those of the prime factors, each rounded to a unit: equal products have equal sums. @param {number} number @returns {bigint} */
function logarithmOf(number) {
  let [sum, rest] = [0n, number];
  for (let factor = 2; rest > 1; factor += 1) {
    if (factor * factor > rest) factor = rest;
    for (; rest % factor === 0; rest /= factor) sum += BigInt(Math.round(Math.log(factor) * UNIT));
  }
  return sum;
}

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
