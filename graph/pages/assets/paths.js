// Count and list the simple paths between two nodes, as graph/algorithms/path_counts.py and graph/algorithms/simple_paths.py do.
// Nothing here knows of the page: a graph maps each node to its neighbours, and nodes are strings.

/**
 * @typedef {{after: Map<string, string[]>, before: Map<string, string[]>}} Digraph
 *   Arcs run cited -> citing. Both maps have every node.
 * @typedef {(node: string) => string} PaperOf the paper of a node; nodes can be stages of papers
 * @typedef {{paths: bigint, longest: number}} PathCount how many paths, and the hops of the longest
 */

/** @param {string} node */
const identity = (node) => node;

/** @param {Iterable<string>} nodes @param {Iterable<[string, string]>} pairs @returns {Digraph} */
function digraph(nodes, pairs) {
  /** @type {Digraph} */
  const graph = { after: new Map(), before: new Map() };
  for (const node of nodes) {
    graph.after.set(node, []);
    graph.before.set(node, []);
  }
  for (const [cited, citing] of pairs) {
    graph.after.get(cited)?.push(citing);
    graph.before.get(citing)?.push(cited);
  }
  return graph;
}

/** The subgraph of the nodes that are kept. @param {Digraph} graph @param {(node: string) => boolean} isKept @returns {Digraph} */
function subgraph(graph, isKept) {
  /** @param {Map<string, string[]>} neighbours @returns {Map<string, string[]>} */
  const keep = (neighbours) => new Map([...neighbours].filter(([node]) => isKept(node)).map(([node, others]) => [node, others.filter(isKept)]));
  return { after: keep(graph.after), before: keep(graph.before) };
}

/**
 * The nodes that can be reached from a node, and how many hops away they are.
 * @param {{get: (node: string) => string[] | undefined}} neighbours @param {string} start @param {number} mostHops @returns {Map<string, number>}
 */
function hopsFrom(neighbours, start, mostHops = Infinity) {
  const hops = new Map([[start, 0]]);
  for (const [node, away] of hops) {
    if (away >= mostHops) continue;
    for (const other of neighbours.get(node) ?? []) if (!hops.has(other)) hops.set(other, away + 1);
  }
  return hops;
}

/** The subgraph of what lies on walks from `start` to `end`, or null. @param {Digraph} graph @param {string} start @param {string} end */
function between(graph, start, end) {
  if (!graph.after.has(start) || !graph.after.has(end)) return null;
  const forward = hopsFrom(graph.after, start);
  if (!forward.has(end)) return null;
  const backward = hopsFrom(graph.before, end);
  return subgraph(graph, (node) => forward.has(node) && backward.has(node));
}

/**
 * Yield all simple paths, the shortest first and then in the order of `rank`.
 * @param {Digraph} graph @param {string} start @param {string} end
 * @param {(node: string) => number} rank @param {PaperOf} paper
 * @returns {Generator<string[], void, void>}
 */
function* shortestPaths(graph, start, end, rank, paper = identity) {
  const within = start === end ? null : between(graph, start, end);
  if (within === null) return;
  const ordered = new Map([...within.after].map(([node, others]) => [node, [...others].sort((a, b) => rank(a) - rank(b))]));
  /** @type {Set<string>[]} [n]: the nodes where a walk of exactly n steps to the end begins */
  const atDistance = [new Set([end])];
  for (let length = 1; length < within.after.size; length += 1) {
    const reached = new Set([...(atDistance.at(-1) ?? [])].flatMap((node) => within.before.get(node) ?? []));
    atDistance.push(reached);
    if (!reached.size) return;
    if (reached.has(start)) yield* pathsOfLength(ordered, atDistance, start, length, paper);
  }
}

/**
 * A graph without circles that has the same simple paths: its nodes are trails, of which each goes on within one component.
 * @param {NodeGraph} nodes @param {number} most how many trails there may be @returns {NodeGraph | null} null when there are more
 */
function withoutCircles({ graph, start, end, paper }, most) {
  const within = between(graph, start, end) ?? digraph([], []);
  /** @type {Map<string, Set<string>>} */
  const componentOf = new Map();
  for (const members of componentsInOrder(within, paper)) for (const node of members) componentOf.set(node, members);
  /** @type {Map<string, string[]>} by the names of their nodes */
  const trails = new Map([[start, [start]]]);
  /** @type {[string, string][]} */
  const pairs = [];
  for (const [name, trail] of trails) {
    if (trails.size > most) return null;
    const node = trail[trail.length - 1];
    const passed = new Set(trail.map(paper));
    for (const other of (node !== end && within.after.get(node)) || []) {
      const stays = other !== end && componentOf.get(node)?.has(other);
      if (passed.has(paper(other))) continue;
      const longer = stays ? [...trail, other] : [other];
      trails.set(longer.join("\n"), longer);
      pairs.push([name, longer.join("\n")]);
    }
  }
  return { graph: digraph(trails.keys(), pairs), start, end, paper: (name) => paper(name.slice(name.lastIndexOf("\n") + 1)) };
}

/**
 * @param {Map<string, string[]>} ordered @param {Set<string>[]} atDistance @param {string} start
 * @param {number} length @param {PaperOf} paper @returns {Generator<string[], void, void>}
 */
function* pathsOfLength(ordered, atDistance, start, length, paper) {
  const trail = [start];
  const passed = new Set([paper(start)]);
  const choices = [(ordered.get(start) ?? []).values()];
  while (choices.length) {
    const left = length - trail.length;
    const node = nextFitting(choices[choices.length - 1], (one) => atDistance[left].has(one) && !passed.has(paper(one)));
    if (node === null) {
      choices.pop();
      passed.delete(paper(/** @type {string} */ (trail.pop())));
    } else if (left === 0) {
      yield [...trail, node];
    } else {
      trail.push(node);
      passed.add(paper(node));
      choices.push((ordered.get(node) ?? []).values());
    }
  }
}

/** The next node that fits, or null. @param {Iterator<string>} nodes @param {(node: string) => boolean} fits @returns {string | null} */
function nextFitting(nodes, fits) {
  for (let step = nodes.next(); !step.done; step = nodes.next()) if (fits(step.value)) return step.value;
  return null;
}

/**
 * Count the simple paths exactly and find the length of the longest; null when a strongly connected component takes too many steps.
 * A simple path never comes back to a component that it has left, so that counts multiply along the order of the components.
 * @param {Digraph} graph @param {string} start @param {string} end
 * @param {number} circleSteps the most steps to take within one component
 * @param {PaperOf} paper @returns {PathCount | null}
 */
function surveySimplePaths(graph, start, end, circleSteps, paper = identity) {
  const none = { paths: 0n, longest: 0 };
  const within = start === end ? null : between(graph, start, end);
  if (within === null) return none;
  /** @type {Map<string, PathCount>} the paths that reach a node from outside its component */
  const arrivals = new Map([[start, { paths: 1n, longest: 0 }]]);
  let atEnd = none;
  for (const members of componentsInOrder(within, paper)) {
    const reached = countWithinComponent(within, members, arrivals, end, circleSteps, paper);
    if (reached === null) return null;
    for (const [node, count] of reached) {
      if (node === end) atEnd = count;
      else for (const other of within.after.get(node) ?? []) if (!members.has(other)) addCount(arrivals, other, count.paths, count.longest + 1);
    }
  }
  return atEnd;
}

/** Add paths to those that are counted for a node. @param {Map<string, PathCount>} counts @param {string} node @param {bigint} paths @param {number} longest */
function addCount(counts, node, paths, longest) {
  const known = counts.get(node);
  counts.set(node, known ? { paths: known.paths + paths, longest: Math.max(known.longest, longest) } : { paths, longest });
}

/**
 * The paths that reach each node of a component, which they enter as `arrivals` says; null when that takes more than `steps`.
 * @param {Digraph} graph @param {Set<string>} members @param {Map<string, PathCount>} arrivals
 * @param {string} end @param {number} steps @param {PaperOf} paper @returns {Map<string, PathCount> | null}
 */
function countWithinComponent(graph, members, arrivals, end, steps, paper) {
  /** @type {Map<string, PathCount>} */
  const counts = new Map();
  let stepsLeft = steps;
  for (const entry of members) {
    const arrival = arrivals.get(entry);
    if (!arrival) continue;
    if (members.size === 1) return new Map([[entry, arrival]]);
    /** @type {[string, Set<string>][]} */
    const stack = [[entry, new Set([paper(entry)])]];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const [node, seen] = top;
      stepsLeft -= 1;
      if (stepsLeft < 0) return null;
      addCount(counts, node, arrival.paths, arrival.longest + seen.size - 1);
      if (node === end) continue;
      for (const other of graph.after.get(node) ?? []) {
        if (members.has(other) && !seen.has(paper(other))) stack.push([other, new Set(seen).add(paper(other))]);
      }
    }
  }
  return counts;
}

/** The nodes grouped by the component of their paper, each group before those that it leads to. @param {Digraph} graph @param {PaperOf} paper */
function componentsInOrder(graph, paper) {
  /** @type {Map<string, Set<string>>} */
  const nodesOf = new Map();
  /** @type {[string, string][]} */
  const pairs = [];
  for (const [node, others] of graph.after) {
    const cited = paper(node);
    nodesOf.set(cited, (nodesOf.get(cited) ?? new Set()).add(node));
    for (const other of others) if (paper(other) !== cited) pairs.push([cited, paper(other)]);
  }
  const papersAfter = digraph(nodesOf.keys(), pairs).after;
  return strongComponents(papersAfter).map((group) => new Set(group.flatMap((key) => [...(nodesOf.get(key) ?? [])])));
}

/**
 * Strongly connected components, each before those that it leads to (Tarjan 1972, doi:10.1137/0201010, without recursion).
 * @param {Map<string, string[]>} after @returns {string[][]}
 */
function strongComponents(after) {
  /** @type {Map<string, number>} */
  const discovered = new Map();
  /** @type {Map<string, number>} */
  const lowest = new Map();
  /** @type {Set<string>} */
  const open = new Set();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const groups = [];
  /** @param {string} node @param {number} value */
  const lower = (node, value) => lowest.set(node, Math.min(lowest.get(node) ?? Infinity, value));
  for (const root of after.keys()) {
    if (discovered.has(root)) continue;
    /** @type {{node: string, others: Iterator<string>}[]} */
    const work = [];
    /** @param {string} node */
    const enter = (node) => {
      discovered.set(node, discovered.size);
      lowest.set(node, discovered.size - 1);
      stack.push(node);
      open.add(node);
      work.push({ node, others: (after.get(node) ?? []).values() });
    };
    enter(root);
    while (work.length) {
      const { node, others } = work[work.length - 1];
      const step = others.next();
      if (!step.done) {
        if (!discovered.has(step.value)) enter(step.value);
        else if (open.has(step.value)) lower(node, discovered.get(step.value) ?? 0);
        continue;
      }
      work.pop();
      if (work.length) lower(work[work.length - 1].node, lowest.get(node) ?? 0);
      if (lowest.get(node) !== discovered.get(node)) continue;
      const group = stack.splice(stack.lastIndexOf(node));
      for (const member of group) open.delete(member);
      groups.push(group);
    }
  }
  return groups.reverse();
}
