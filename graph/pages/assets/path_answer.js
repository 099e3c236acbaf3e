// The answer to a request for paths, as graph/analysis/paths.py and graph/analysis/no_path.py give it, on the papers of this page.

/**
 * @typedef {{reverse: bigint | null, ancestors: string[], descendants: string[], undirected: string[], hiddenBy: string[]}} NoPath
 * @typedef {{total: bigint | null, inList: bigint | null, paths: Generator<string[], void, void>, grouped: GroupedPaths | null, flow: () => Flow, noPath: () => NoPath}} PathAnswer
 *   `flow` counts on citations that run forward in time. A count is null when circles of citations make the paths too many to count; `grouped` is null when there is no path, or no condition on reasons.
 */

/** The citations of the page as a graph; made when first needed. @type {Digraph | null} */
let cachedPageGraph = null;
const pageGraph = () => (cachedPageGraph ??= digraph(keys, arcs.map((arc) => [arc.from, arc.to])));

/** @param {PathRequest} request @returns {PathAnswer} */
function answerTo(request) {
  const { from, to, waypoints, via, avoid, listOnly } = request;
  const named = new Set([from, to, ...waypoints, ...via]);
  const isListed = (/** @type {string} */ key) => papers[key].numbers.length > 0;
  const isWithinLimits = keepsToLimits(request);
  const allowed = subgraph(pageGraph(), (key) => named.has(key) || !(avoid.includes(key) || (listOnly && !isListed(key)) || !isWithinLimits(key)));
  const within = between(allowed, from, to) ?? digraph([], []);
  const withinList = subgraph(within, (key) => named.has(key) || isListed(key));
  const constrained = constrainedGraph(within, request);
  const total = countPaths(constrained);
  const grouped = request.condition && total !== 0n ? groupedPaths(within, request, request.condition) : null;
  /** @type {Flow | null} */
  let flow = null;
  return {
    total,
    inList: countPaths(constrainedGraph(withinList, request)),
    paths: pathsInOrder(constrained),
    grouped,
    flow: () => (flow ??= flowOf(within, request, grouped)),
    noPath: () => explainNoPath(allowed, from, to, request.maxHops ?? undefined),
  };
}

/** @param {NodeGraph} nodes */
function countPaths({ graph, start, end, paper }) {
  return surveySimplePaths(graph, start, end, facts.circleSteps, paper)?.paths ?? null;
}

/** What relates two papers that no path joins, and what could hide a path. @param {Digraph} graph @param {string} start @param {string} end @param {number} [maxHops] that the paths may have @returns {NoPath} */
function explainNoPath(graph, start, end, maxHops) {
  return {
    reverse: countPaths({ graph, start: end, end: start, paper: identity }),
    ancestors: nearestCommon(graph.before, start, end),
    descendants: nearestCommon(graph.after, start, end),
    undirected: undirectedChain(graph, start, end),
    hiddenBy: papersThatCouldHidePaths(graph, start, end, maxHops),
  };
}

/** The lineage's order: the list by number, then the others by age. @param {string} a @param {string} b */
const byListOrder = (a, b) => papers[a].place - papers[b].place;

/** The papers other than the two that both lead to, with the fewest hops of both together. @param {Map<string, string[]>} neighbours @param {string} one @param {string} other */
function nearestCommon(neighbours, one, other) {
  if (one === other) return [];
  const [hopsOfOne, hopsOfOther] = [hopsFrom(neighbours, one), hopsFrom(neighbours, other)];
  const common = [...hopsOfOne].flatMap(([key, hops]) => (key !== one && key !== other && hopsOfOther.has(key) ? [{ key, hops: hops + (hopsOfOther.get(key) ?? 0) }] : []));
  const fewest = Math.min(...common.map(({ hops }) => hops));
  return common.filter(({ hops }) => hops === fewest).map(({ key }) => key).sort(byListOrder);
}

/** The first of the shortest chains of citations, whichever way they point. @param {Digraph} graph @param {string} start @param {string} end */
function undirectedChain(graph, start, end) {
  const neighbours = new Map([...graph.after].map(([key, others]) => [key, [...others, ...(graph.before.get(key) ?? [])]]));
  return shortestWalk({ after: neighbours, before: neighbours }, start, end);
}

/** The first of the shortest walks from one paper to another; empty when there is none. @param {Digraph} graph @param {string} start @param {string} end */
function shortestWalk({ after, before }, start, end) {
  const hops = hopsFrom(before, end);
  if (!hops.has(start)) return [];
  const walk = [start];
  for (let here = start; here !== end; walk.push(here)) {
    const nearer = (after.get(here) ?? []).filter((key) => hops.get(key) === (hops.get(here) ?? 0) - 1);
    here = nearer.sort(byListOrder)[0];
  }
  return walk;
}

/**
 * Papers before or at `end` that could hide a path: their references are not fully known.
 * @param {Digraph} graph @param {string} start @param {string} end @param {number} maxHops that the paths may have
 */
function papersThatCouldHidePaths(graph, start, end, maxHops = Infinity) {
  const oldest = papers[start].year ?? 0;
  const suspects = [...hopsFrom(graph.before, end, maxHops - 1).keys()].filter(
    (key) => key !== start && papers[key].coverage !== "complete" && (papers[key].year ?? 9999) >= oldest,
  );
  return suspects.sort((a, b) => Number(a !== end) - Number(b !== end) || byListOrder(a, b));
}
