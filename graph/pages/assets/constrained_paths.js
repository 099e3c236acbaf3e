// The paths that a reader asks for, and the answer, as graph/analysis/paths.py, graph/algorithms/constrained_paths.py and
// graph/analysis/no_path.py give it, on the papers of this page.

/**
 * @typedef {{from: string, to: string, way: string[], via: string[], avoid: string[], list: boolean}} Wish
 *   `way`: papers to pass in this order; `via`: papers to pass anywhere; `list`: only papers of the list between.
 * @typedef {{reverse: bigint | null, ancestors: string[], descendants: string[], chain: string[], hiddenBy: string[]}} Absence
 * @typedef {{total: bigint | null, inList: bigint | null, paths: Generator<string[], void, void>, absence: () => Absence}} Answer
 *   A total of null: circles make them too many to count.
 */

/** The citations of the page as a graph; made when first needed. @type {Digraph | null} */
let wholeGraph = null;
const graphOfPage = () => (wholeGraph ??= digraph(keys, arcs.map((arc) => [arc.from, arc.to])));

/** A stage is a paper, how many waypoints are behind, and which papers to go via: keys have no spaces. @param {string} stage */
const paperOfStage = (stage) => stage.slice(0, stage.indexOf(" "));

/** @param {Wish} wish @returns {Answer} */
function answerTo(wish) {
  const fixed = new Set([wish.from, wish.to, ...wish.way, ...wish.via]);
  const allowed = part(graphOfPage(), (key) => fixed.has(key) || !(wish.avoid.includes(key) || (wish.list && !papers[key].numbers.length)));
  const within = between(allowed, wish.from, wish.to) ?? digraph([], []);
  const listed = part(within, (key) => fixed.has(key) || papers[key].numbers.length > 0);
  const ways = waysThrough(within, wish);
  return {
    total: count(ways),
    inList: count(waysThrough(listed, wish)),
    paths: pathsAlong(ways),
    absence: () => absence(allowed, wish.from, wish.to),
  };
}

/** @typedef {{graph: Digraph, start: string, end: string, paper: PaperOf}} Ways */

/** @param {Ways} ways */
function count({ graph, start, end, paper }) {
  return surveyPaths(graph, start, end, facts.circleSteps, paper)?.paths ?? null;
}

/** @param {Ways} ways @returns {Generator<string[], void, void>} */
function* pathsAlong({ graph, start, end, paper }) {
  for (const path of shortestPaths(graph, start, end, (node) => papers[paper(node)].place, paper)) yield path.map(paper);
}

/** A graph whose paths keep a wish: the graph itself when it asks for nothing but the ends. @param {Digraph} graph @param {Wish} wish @returns {Ways} */
function waysThrough(graph, wish) {
  const { from, to, way, via } = wish;
  if (!way.length && !via.length) return { graph, start: from, end: to, paper: itself };
  /** @param {string} key @param {number} passed @param {number} seen @returns {string | null} null when a waypoint would come too early */
  const arrive = (key, passed, seen) => {
    const turn = way.indexOf(key);
    if (turn >= 0 && turn !== passed) return null;
    const mark = via.indexOf(key);
    return `${key} ${passed + (turn >= 0 ? 1 : 0)} ${mark >= 0 ? seen | (1 << mark) : seen}`;
  };
  const start = arrive(from, 0, 0) ?? `${from} 0 0`;
  const end = `${to} ${way.length} ${(1 << via.length) - 1}`;
  const nodes = new Set([start]);
  /** @type {[string, string][]} */
  const pairs = [];
  for (const stage of nodes) {
    const [key, passed, seen] = stage.split(" ");
    if (key === to) continue;
    for (const other of graph.after.get(key) ?? []) {
      const reached = arrive(other, Number(passed), Number(seen));
      if (reached === null || (other === to && reached !== end)) continue;
      nodes.add(reached);
      pairs.push([stage, reached]);
    }
  }
  return { graph: digraph(nodes, pairs), start, end, paper: paperOfStage };
}

/** What there is to say when there is no path. @param {Digraph} graph @param {string} start @param {string} end @returns {Absence} */
function absence(graph, start, end) {
  return {
    reverse: count({ graph, start: end, end: start, paper: itself }),
    ancestors: nearestCommon(graph.before, start, end),
    descendants: nearestCommon(graph.after, start, end),
    chain: undirected(graph, start, end),
    hiddenBy: hiddenBy(graph, start, end),
  };
}

/** @param {string} a @param {string} b the lineage's order: the list by number, then the others by age */
const byPlace = (a, b) => papers[a].place - papers[b].place;

/** The papers that both reach, with the fewest hops of both together. @param {Map<string, string[]>} side @param {string} one @param {string} other */
function nearestCommon(side, one, other) {
  if (one === other) return [];
  const [a, b] = [hopsFrom(side, one), hopsFrom(side, other)];
  const both = [...a].flatMap(([key, hops]) => (b.has(key) ? [{ key, hops: hops + (b.get(key) ?? 0) }] : []));
  const nearest = Math.min(...both.map(({ hops }) => hops));
  return both.filter(({ hops }) => hops === nearest).map(({ key }) => key).sort(byPlace);
}

/** The first of the shortest chains of citations, whichever way they point. @param {Digraph} graph @param {string} start @param {string} end */
function undirected(graph, start, end) {
  const sides = new Map([...graph.after].map(([key, others]) => [key, [...others, ...(graph.before.get(key) ?? [])]]));
  const away = hopsFrom(sides, end);
  if (!away.has(start)) return [];
  const chain = [start];
  for (let here = start; here !== end; chain.push(here)) {
    const nearer = (sides.get(here) ?? []).filter((key) => (away.get(key) ?? Infinity) < (away.get(here) ?? 0));
    here = nearer.sort(byPlace)[0];
  }
  return chain;
}

/** Papers before or at `end` that could hide a path: their references are not fully known. @param {Digraph} graph @param {string} start @param {string} end */
function hiddenBy(graph, start, end) {
  const oldest = papers[start].year ?? 0;
  const suspects = [...hopsFrom(graph.before, end).keys()].filter(
    (key) => key !== start && papers[key].coverage !== "complete" && (papers[key].year ?? 9999) >= oldest,
  );
  return suspects.sort((a, b) => Number(a !== end) - Number(b !== end) || byPlace(a, b));
}
