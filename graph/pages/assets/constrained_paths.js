// Paths through some papers in order, and through others anywhere, as graph/algorithms/constrained_paths.py finds them.
// A graph and what its paths must pass make a graph of stages, whose paths are those that keep to it.

/**
 * @typedef {{from: string, to: string, waypoints: string[], via: string[], avoid: string[], listOnly: boolean, condition?: ReasonCondition | null} & Partial<PathLimits>} PathRequest
 *   `waypoints`: papers to pass in this order; `via`: papers to pass anywhere; `listOnly`: only papers of the list between; `condition`: by which the paths are grouped.
 * @typedef {{graph: Digraph, start: string, end: string, paper: PaperOf}} NodeGraph paths from one node to another; `paper` gives the paper of a node
 * @typedef {NodeGraph & {papers: Digraph, request: PathRequest}} ConstrainedGraph `papers`: what its paths may use, before it became a graph of stages
 */

/** A stage is a paper, how many waypoints it has passed, and which of `via`, as a bit mask: keys have no spaces. @param {string} stage */
const paperOfStage = (stage) => stage.slice(0, stage.indexOf(" "));

/** A graph whose paths keep to a request: pass what it names, and are no longer than it says. @param {Digraph} graph @param {PathRequest} request @returns {ConstrainedGraph} */
function constrainedGraph(graph, request) {
  const staged = stagedGraph(graph, request);
  const isLimited = request.maxHops && request.maxHops < staged.graph.after.size; // no path is longer than that
  return { ...(isLimited ? shortGraph(staged, request.maxHops ?? 0) : staged), papers: graph, request };
}

/** A graph of the paths of at most so many hops: its nodes are nodes at a number of hops, as in graph/algorithms/limited_paths.py. @param {NodeGraph} whole @param {number} most @returns {NodeGraph} */
function shortGraph({ graph, start, end, paper }, most) {
  const left = hopsFrom(graph.before, end, most);
  const nodes = new Set([start]);
  /** @type {[string, string][]} */
  const pairs = [];
  let level = [start];
  for (let hops = 1; hops <= most && level.length && start !== end; hops += 1) {
    const suffix = ` ${hops}`;
    const reached = new Set();
    for (const node of level) {
      for (const other of graph.after.get(hops === 1 ? node : node.slice(0, node.lastIndexOf(" "))) ?? []) {
        if (other === start || hops + (left.get(other) ?? Infinity) > most) continue;
        const next = other === end ? end : other + suffix;
        if (other !== end) reached.add(next);
        nodes.add(next);
        pairs.push([node, next]);
      }
    }
    level = [...reached];
  }
  const withoutHops = (/** @type {string} */ node) => (node === start || node === end ? node : node.slice(0, node.lastIndexOf(" ")));
  return { graph: digraph(nodes.add(end), pairs), start, end, paper: (node) => paper(withoutHops(node)) };
}

/**
 * A graph whose paths pass what a request says: the graph itself when that is nothing but the ends.
 * @param {Digraph} graph @param {PathRequest} request @returns {NodeGraph}
 */
function stagedGraph(graph, request) {
  const { from, to, waypoints, via } = request;
  if (!waypoints.length && !via.length) return { graph, start: from, end: to, paper: identity };
  /** @param {string} key @param {number} passed @param {number} seen @returns {string | null} null when a waypoint would come too early */
  const stageAt = (key, passed, seen) => {
    const waypoint = waypoints.indexOf(key);
    if (waypoint >= 0 && waypoint !== passed) return null;
    const bit = via.indexOf(key);
    return `${key} ${passed + (waypoint >= 0 ? 1 : 0)} ${bit >= 0 ? seen | (1 << bit) : seen}`;
  };
  const start = stageAt(from, 0, 0) ?? `${from} 0 0`;
  const all = via.reduce((seen, key) => seen | (1 << via.indexOf(key)), 0);
  const end = `${to} ${waypoints.length} ${all}`;
  const stages = new Set([start]);
  /** @type {[string, string][]} */
  const pairs = [];
  for (const stage of stages) {
    const [key, passed, seen] = stage.split(" ");
    if (key === to) continue;
    for (const other of graph.after.get(key) ?? []) {
      const reached = stageAt(other, Number(passed), Number(seen));
      if (reached === null || (other === to && reached !== end)) continue;
      stages.add(reached);
      pairs.push([stage, reached]);
    }
  }
  return { graph: digraph(stages, pairs), start, end, paper: paperOfStage };
}
