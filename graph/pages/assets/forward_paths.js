// How many paths run through each citation and each paper, as graph/analysis/flow.py counts them: on the citations that run forward in time.
// Arcs run cited -> citing.

/**
 * @typedef {{total: bigint, arcs: Map<string, bigint>, papers: Map<string, bigint>}} Flow
 *   How many paths there are, and how many run through each arc, as "cited:citing", and through each paper, the two ends among them.
 * @typedef {{graph: Digraph, dropped: Set<string>}} ForwardGraph a graph without circles, and the arcs, as "cited:citing", that it leaves out
 */

/** A pair of papers as a text. @param {string} cited @param {string} citing */
const arcName = (cited, citing) => `${cited}:${citing}`;

/** The last day that a paper's date can mean, as a number; papers without a date come last. @param {string} key */
function latestDay(key) {
  const { date } = papers[key];
  return date === null ? Infinity : Number(date.replaceAll("-", "").padEnd(8, "9"));
}

/** The first arXiv identifier of a paper; "~", which comes behind all, where it has none. @param {string} key */
const arxivOf = (key) => identifiersIn("arxiv", key).sort()[0] ?? "~";

/** Whether a paper comes behind another by date, then by arXiv identifier, then by key. @param {string} one @param {string} other */
function isYounger(one, other) {
  const days = latestDay(one) - latestDay(other);
  if (days) return days > 0; // NaN, where neither has a date, is no difference
  const [identifier, otherIdentifier] = [arxivOf(one), arxivOf(other)];
  return identifier === otherIdentifier ? one > other : identifier > otherIdentifier;
}

/** What lies between two papers on walks that neither come back to the start nor leave the end. @param {Digraph} graph @param {string} start @param {string} end */
function usableBetween(graph, start, end) {
  const pairs = arcsOf(graph).filter(([cited, citing]) => citing !== start && cited !== end);
  return between(digraph(graph.after.keys(), pairs), start, end) ?? digraph([], []);
}

/** @param {Digraph} graph @returns {[string, string][]} */
const arcsOf = ({ after }) => [...after].flatMap(([cited, others]) => others.map((citing) => /** @type {[string, string]} */ ([cited, citing])));

/**
 * What lies between two papers without circles: no citation of a later paper, and, in circles that are left, of a younger one.
 * @param {Digraph} graph @param {string} start @param {string} end @returns {ForwardGraph}
 */
function forwardBetween(graph, start, end) {
  const within = usableBetween(graph, start, end);
  const all = arcsOf(within);
  const onward = all.filter(([cited, citing]) => !arcBetween(cited, citing)?.backwards);
  /** @type {Map<string, number>} */
  const circleOf = new Map();
  strongComponents(digraph(within.after.keys(), onward).after).forEach((members, n) => members.forEach((key) => circleOf.set(key, n)));
  const kept = onward.filter(([cited, citing]) => circleOf.get(cited) !== circleOf.get(citing) || isYounger(citing, cited));
  const names = new Set(kept.map((arc) => arcName(...arc)));
  const dropped = new Set(all.map((arc) => arcName(...arc)).filter((name) => !names.has(name)));
  return { graph: between(digraph(within.after.keys(), kept), start, end) ?? digraph([], []), dropped };
}

/**
 * Count the paths of a graph without circles, and those through each arc and each paper: of an arc the paths that lead to its start times those
 * that lead on from its end (Batagelj 2003, arXiv:cs/0309023).
 * @param {NodeGraph} nodes @returns {Flow}
 */
function countFlow({ graph, start, end, paper }) {
  const within = start === end ? null : between(graph, start, end);
  if (within === null) return { total: 0n, arcs: new Map(), papers: new Map() };
  const order = strongComponents(within.after).flat();
  const [before, behind] = [sumsAlong(order, within.before, start), sumsAlong(order.reverse(), within.after, end)];
  const flow = { total: before.get(end) ?? 0n, arcs: new Map(), papers: new Map() };
  const add = (/** @type {Map<string, bigint>} */ counts, /** @type {string} */ name, /** @type {bigint} */ more) => counts.set(name, (counts.get(name) ?? 0n) + more);
  for (const [node, others] of within.after) {
    const reaching = before.get(node) ?? 0n;
    add(flow.papers, paper(node), reaching * (behind.get(node) ?? 0n));
    for (const other of others) add(flow.arcs, arcName(paper(node), paper(other)), reaching * (behind.get(other) ?? 0n));
  }
  return flow;
}

/** The number of paths that lead to each node, in an order in which all that lead to it come first. @param {string[]} order @param {Map<string, string[]>} leading @param {string} start @returns {Map<string, bigint>} */
function sumsAlong(order, leading, start) {
  /** @type {Map<string, bigint>} */
  const sums = new Map();
  for (const node of order) sums.set(node, node === start ? 1n : (leading.get(node) ?? []).reduce((sum, other) => sum + (sums.get(other) ?? 0n), 0n));
  return sums;
}

/** Without some paths of those that it counts. @param {Flow} flow @param {Flow} other @returns {Flow} */
function flowWithout(flow, other) {
  const rest = (/** @type {Map<string, bigint>} */ counts, /** @type {Map<string, bigint>} */ fewer) =>
    new Map([...counts].map(([name, count]) => /** @type {[string, bigint]} */ ([name, count - (fewer.get(name) ?? 0n)])).filter(([, count]) => count > 0n));
  return { total: flow.total - other.total, arcs: rest(flow.arcs, other.arcs), papers: rest(flow.papers, other.papers) };
}

/** How large a part is of a whole, from 0 to 1, to a millionth. @param {bigint} part @param {bigint} whole */
const shareOf = (part, whole) => (whole === 0n ? 0 : Number((part * 1_000_000n) / whole) / 1_000_000);

/**
 * The flow of the paths that a request asks for; where some meet its condition, of these alone.
 * @param {Digraph} within what lies between the ends @param {PathRequest} request @param {GroupedPaths | null} grouped @returns {Flow}
 */
function flowOf(within, request, grouped) {
  const { graph } = forwardBetween(within, request.from, request.to);
  const without = (/** @type {Verdict[]} */ dropped) => countFlow(constrainedGraph(grouped ? withoutHops(graph, grouped.hops, dropped) : graph, request));
  if (!grouped || grouped.groups[0].total === 0n) return without([]);
  return grouped.condition.intent !== null ? without([null, false]) : flowWithout(without([]), without([true]));
}
