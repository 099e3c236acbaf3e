// Paths between two papers, counted and listed as graph/algorithms/path_counts.py and graph/algorithms/simple_paths.py do it.
// Nothing here knows of the page: graphs are neighbours by node, and nodes are strings.

/**
 * @typedef {{after: Map<string, string[]>, before: Map<string, string[]>}} Digraph
 *   Arcs run cited -> citing. Both maps know every node.
 * @typedef {(node: string) => string} PaperOf the paper of a node, where nodes are stages of papers
 * @typedef {{paths: bigint, longest: number}} Count
 */

/** @param {string} node */
const itself = (node) => node;

/** @param {Iterable<string>} nodes @param {Iterable<[string, string]>} pairs @returns {Digraph} */
function digraph(nodes, pairs) {
  /** @type {Digraph} */
  const made = { after: new Map(), before: new Map() };
  for (const node of nodes) {
    made.after.set(node, []);
    made.before.set(node, []);
  }
  for (const [cited, citing] of pairs) {
    made.after.get(cited)?.push(citing);
    made.before.get(citing)?.push(cited);
  }
  return made;
}

/** The part of a graph that has some of its nodes. @param {Digraph} graph @param {(node: string) => boolean} kept @returns {Digraph} */
function part(graph, kept) {
  /** @param {Map<string, string[]>} side @returns {Map<string, string[]>} */
  const side = (side) => new Map([...side].filter(([node]) => kept(node)).map(([node, others]) => [node, others.filter(kept)]));
  return { after: side(graph.after), before: side(graph.before) };
}

/**
 * How many hops away the nodes are that some neighbours lead to.
 * @param {Map<string, string[]>} neighbours @param {string} start @param {number} most @returns {Map<string, number>}
 */
function hopsFrom(neighbours, start, most = Infinity) {
  const hops = new Map([[start, 0]]);
  for (const [node, away] of hops) {
    if (away >= most) continue;
    for (const other of neighbours.get(node) ?? []) if (!hops.has(other)) hops.set(other, away + 1);
  }
  return hops;
}

/** What lies on walks from `start` to `end`, or null. @param {Digraph} graph @param {string} start @param {string} end */
function between(graph, start, end) {
  if (!graph.after.has(start) || !graph.after.has(end)) return null;
  const forward = hopsFrom(graph.after, start);
  if (!forward.has(end)) return null;
  const backward = hopsFrom(graph.before, end);
  return part(graph, (node) => forward.has(node) && backward.has(node));
}

/**
 * All simple paths, lazily, shortest first and then in the order of `rank`.
 * @param {Digraph} graph @param {string} start @param {string} end
 * @param {(node: string) => number} rank @param {PaperOf} paper
 * @returns {Generator<string[], void, void>}
 */
function* shortestPaths(graph, start, end, rank, paper = itself) {
  const within = start === end ? null : between(graph, start, end);
  if (within === null) return;
  const ordered = new Map([...within.after].map(([node, others]) => [node, [...others].sort((a, b) => rank(a) - rank(b))]));
  /** @type {Set<string>[]} [n]: where some walk of exactly n steps to the end begins */
  const atDistance = [new Set([end])];
  for (let length = 1; length < within.after.size; length += 1) {
    const reached = new Set([...(atDistance.at(-1) ?? [])].flatMap((node) => within.before.get(node) ?? []));
    atDistance.push(reached);
    if (!reached.size) return;
    if (reached.has(start)) yield* pathsOfLength(ordered, atDistance, start, length, paper);
  }
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
    const node = nextOf(choices[choices.length - 1], (one) => atDistance[left].has(one) && !passed.has(paper(one)));
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

/** @param {Iterator<string>} nodes @param {(node: string) => boolean} fits @returns {string | null} */
function nextOf(nodes, fits) {
  for (let step = nodes.next(); !step.done; step = nodes.next()) if (fits(step.value)) return step.value;
  return null;
}

/**
 * How many simple paths there are, exactly, and how long the longest is; null when circles are too tangled.
 * @param {Digraph} graph @param {string} start @param {string} end
 * @param {number} circleSteps how many steps to walk inside one circle at the most
 * @param {PaperOf} paper @returns {Count | null}
 */
function surveyPaths(graph, start, end, circleSteps, paper = itself) {
  const none = { paths: 0n, longest: 0 };
  const within = start === end ? null : between(graph, start, end);
  if (within === null) return none;
  /** @type {Map<string, Count>} ways to come to a node from outside its circle */
  const arrivals = new Map([[start, { paths: 1n, longest: 0 }]]);
  let ending = none;
  for (const members of circlesInOrder(within, paper)) {
    const ways = waysInside(within, members, arrivals, end, circleSteps, paper);
    if (ways === null) return null;
    for (const [node, way] of ways) {
      if (node === end) ending = way;
      else for (const other of within.after.get(node) ?? []) if (!members.has(other)) add(arrivals, other, way.paths, way.longest + 1);
    }
  }
  return ending;
}

/** @param {Map<string, Count>} counts @param {string} node @param {bigint} paths @param {number} longest */
function add(counts, node, paths, longest) {
  const before = counts.get(node);
  counts.set(node, before ? { paths: before.paths + paths, longest: Math.max(before.longest, longest) } : { paths, longest });
}

/**
 * The ways to be at each node of a circle, entered as `arrivals` says; null past `steps`.
 * @param {Digraph} graph @param {Set<string>} members @param {Map<string, Count>} arrivals
 * @param {string} end @param {number} steps @param {PaperOf} paper @returns {Map<string, Count> | null}
 */
function waysInside(graph, members, arrivals, end, steps, paper) {
  /** @type {Map<string, Count>} */
  const ways = new Map();
  let left = steps;
  for (const entry of members) {
    const coming = arrivals.get(entry);
    if (!coming) continue;
    if (members.size === 1) return new Map([[entry, coming]]);
    /** @type {[string, Set<string>][]} */
    const stack = [[entry, new Set([paper(entry)])]];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const [node, seen] = top;
      left -= 1;
      if (left < 0) return null;
      add(ways, node, coming.paths, coming.longest + seen.size - 1);
      if (node === end) continue;
      for (const other of graph.after.get(node) ?? []) {
        if (members.has(other) && !seen.has(paper(other))) stack.push([other, new Set(seen).add(paper(other))]);
      }
    }
  }
  return ways;
}

/** The nodes grouped by the circle of their paper, each group before those that it leads to. @param {Digraph} graph @param {PaperOf} paper */
function circlesInOrder(graph, paper) {
  /** @type {Map<string, Set<string>>} */
  const nodesOf = new Map();
  /** @type {[string, string][]} */
  const pairs = [];
  for (const [node, others] of graph.after) {
    const own = paper(node);
    nodesOf.set(own, (nodesOf.get(own) ?? new Set()).add(node));
    for (const other of others) if (paper(other) !== own) pairs.push([own, paper(other)]);
  }
  const papersAfter = digraph(nodesOf.keys(), pairs).after;
  return circles(papersAfter).map((group) => new Set(group.flatMap((one) => [...(nodesOf.get(one) ?? [])])));
}

/**
 * Strongly connected components, each before those that it leads to (Tarjan's algorithm, without recursion).
 * @param {Map<string, string[]>} after @returns {string[][]}
 */
function circles(after) {
  /** @type {Map<string, number>} */
  const found = new Map();
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
    if (found.has(root)) continue;
    /** @type {{node: string, others: Iterator<string>}[]} */
    const work = [];
    /** @param {string} node */
    const enter = (node) => {
      found.set(node, found.size);
      lowest.set(node, found.size - 1);
      stack.push(node);
      open.add(node);
      work.push({ node, others: (after.get(node) ?? []).values() });
    };
    enter(root);
    while (work.length) {
      const { node, others } = work[work.length - 1];
      const step = others.next();
      if (!step.done) {
        if (!found.has(step.value)) enter(step.value);
        else if (open.has(step.value)) lower(node, found.get(step.value) ?? 0);
        continue;
      }
      work.pop();
      if (work.length) lower(work[work.length - 1].node, lowest.get(node) ?? 0);
      if (lowest.get(node) !== found.get(node)) continue;
      const group = stack.splice(stack.lastIndexOf(node));
      for (const member of group) open.delete(member);
      groups.push(group);
    }
  }
  return groups.reverse();
}
