// Paths in three groups, as graph/analysis/grouped_paths.py finds them: those that meet a condition on reasons, those that may, and those that do not.

/**
 * @typedef {{verdict: Verdict, total: bigint | null, paths: Generator<string[], void, void>}} PathGroup
 *   `total` is null when circles make the paths too many to count.
 * @typedef {{condition: ReasonCondition, hops: Map<string, Verdict>, groups: PathGroup[]}} GroupedPaths
 *   `hops`: whether a citation between the two papers, as "cited:citing", meets the condition.
 */

const MOST_TRIED = 20000; // paths that are looked at for those of one group

/**
 * Group the paths of a request by its condition. How many a group has is counted, not listed: paths whose every hop is of
 * some kinds are those of a graph without the other citations, and the paths between two such graphs are the difference.
 * @param {Digraph} within what lies between the ends @param {PathRequest} request @param {ReasonCondition} condition @returns {GroupedPaths}
 */
function groupedPaths(within, request, condition) {
  const hops = verdictsOfHops(within, request, condition);
  const certain = condition.intent !== null; // what all hops of a path must be, so that the condition is decided by it
  const parts = [
    constrainedGraph(withoutHops(within, hops, [null, !certain]), request),
    constrainedGraph(withoutHops(within, hops, [!certain]), request),
    constrainedGraph(within, request),
  ];
  const totals = parts.map(countPaths);
  const found = [certain, null, !certain].map((verdict, n) => {
    const total = n ? difference(totals[n], totals[n - 1]) : totals[n];
    return { verdict, total, paths: total === 0n ? noPaths() : pathsOfVerdict(parts[n], condition, hops, verdict) };
  });
  return { condition, hops, groups: VERDICTS.flatMap((verdict) => found.filter((group) => group.verdict === verdict)) };
}

/** Whether the citations meet the condition that a path can use: none comes back to its start or leaves its end. @param {Digraph} within @param {PathRequest} request @param {ReasonCondition} condition @returns {Map<string, Verdict>} */
function verdictsOfHops(within, { from, to, maxHops }, condition) {
  const usable = maxHops ? nearEnough(within, from, to, maxHops) : usableBetween(within, from, to);
  const onward = arcsOf(usable).filter(([cited, citing]) => citing !== from && cited !== to);
  return new Map(onward.map(([cited, citing]) => [arcName(cited, citing), verdictOfHop(condition, /** @type {Arc} */ (arcBetween(cited, citing)))]));
}

/** A graph without the citations of some verdicts. @param {Digraph} graph @param {Map<string, Verdict>} hops @param {Verdict[]} dropped @returns {Digraph} */
function withoutHops(graph, hops, dropped) {
  const isKept = (/** @type {string} */ hop) => !dropped.some((verdict) => hops.get(hop) === verdict);
  return digraph(graph.after.keys(), arcsOf(graph).filter((arc) => isKept(arcName(...arc))));
}

/** The paths of one verdict among the first of a graph. @param {ConstrainedGraph} part @param {ReasonCondition} condition @param {Map<string, Verdict>} hops @param {Verdict} verdict */
function* pathsOfVerdict(part, condition, hops, verdict) {
  let tried = 0;
  for (const path of pathsInOrder(part)) {
    if (verdictOfPath(condition, path.slice(1).map((citing, n) => hops.get(`${path[n]}:${citing}`) ?? null)) === verdict) yield path;
    tried += 1;
    if (tried === MOST_TRIED) return;
  }
}

/** @returns {Generator<string[], void, void>} */
function* noPaths() {}

/** @param {bigint | null} more @param {bigint | null} fewer */
const difference = (more, fewer) => (more === null || fewer === null ? null : more - fewer);
