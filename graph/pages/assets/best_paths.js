// The simple paths of a graph, those of the least cost first, as graph/algorithms/simple_paths.py finds them.

/**
 * @typedef {{least: bigint, place: number, node: string, cost: bigint}} Step to a node: the least cost of a path that takes it, the node's place, and the cost of the arc
 * @typedef {{least: bigint, places: number[], spent: bigint, parent: string, child: number}} Beginning
 *   of paths: the least cost of one that begins so, the places of its nodes, and where the last of them was reached from.
 *   It stands for these paths, and for those by the later steps from the node before the last.
 */

/**
 * Yield all simple paths, the least sum of costs first; of equally cheap ones the shorter, and then in the order of `rank`.
 * Best first, with the exact cost of the rest as the bound, and of the steps from a node only the next best is kept.
 * @param {NodeGraph} nodes
 * @param {(cited: string, citing: string) => bigint} costOf of an arc, by its papers; it may be negative, but not the sum around a circle
 * @param {(paper: string) => number} rank
 * @returns {Generator<string[], void, void>}
 */
function* cheapestPaths({ graph, start, end, paper }, costOf, rank) {
  const within = usableBetween(graph, start, end); // so that a circle has an arc that does not run forward
  if (start === end || !within.after.size) return;
  const nodes = [...within.after.keys()].sort((a, b) => rank(paper(a)) - rank(paper(b)));
  const placeOf = new Map(nodes.map((node, n) => [node, n]));
  const hops = BigInt(nodes.length + 1); // costs and hops are one number
  /** @type {Map<string, [string, bigint][]>} */
  const costs = new Map([...within.after].map(([node, others]) => [node, others.map((other) => [other, costOf(paper(node), paper(other)) * hops + 1n])]));
  const rest = leastCosts(within, costs, end);
  /** @type {Map<string, Step[]>} */
  const known = new Map();
  const stepsFrom = (/** @type {string} */ node) => {
    const steps = known.get(node) ?? (costs.get(node) ?? []).flatMap(([other, cost]) => stepTo(other, cost, rest.get(other), placeOf.get(other) ?? 0)).sort((a, b) => compareCosts(a.least, b.least) || a.place - b.place);
    known.set(node, steps);
    return steps;
  };
  /** @type {Beginning[]} */
  const heap = [];
  const push = (/** @type {number[]} */ places, /** @type {bigint} */ spent, /** @type {string} */ parent, /** @type {number} */ from) => {
    const passed = new Set(places.map((place) => paper(nodes[place])));
    const steps = stepsFrom(parent);
    let child = from;
    while (child < steps.length && passed.has(paper(steps[child].node))) child += 1;
    if (child < steps.length) pushOnHeap(heap, { least: spent + steps[child].least, places: [...places, steps[child].place], spent, parent, child });
  };
  push([placeOf.get(start) ?? 0], 0n, start, 0);
  while (heap.length) {
    const { places, spent, parent, child } = popFromHeap(heap);
    const { node, cost } = stepsFrom(parent)[child];
    push(places.slice(0, -1), spent, parent, child + 1);
    if (node === end) yield places.map((place) => nodes[place]);
    else push(places, spent + cost, node, 0);
  }
}

/** @param {string} node @param {bigint} cost @param {bigint | undefined} rest @param {number} place @returns {Step[]} none where no path leads on */
const stepTo = (node, cost, rest, place) => (rest === undefined ? [] : [{ least: cost + rest, place, node, cost }]);

/** The least cost from every node to the last. @param {Digraph} within @param {Map<string, [string, bigint][]>} costs @param {string} end @returns {Map<string, bigint>} */
function leastCosts(within, costs, end) {
  const least = new Map([[end, 0n]]);
  /** @param {string} node */
  const settle = (node) => {
    const before = least.get(node);
    for (const [other, cost] of costs.get(node) ?? []) {
      const [after, best] = [least.get(other), least.get(node)];
      if (after !== undefined && (best === undefined || cost + after < best)) least.set(node, cost + after);
    }
    return least.get(node) !== before;
  };
  for (const members of strongComponents(within.after).reverse()) {
    for (let changed = true; changed; ) changed = members.map(settle).includes(true) && members.length > 1;
  }
  return least;
}

/** @param {bigint} a @param {bigint} b */
const compareCosts = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** @param {Beginning} a @param {Beginning} b */
function compareBeginnings(a, b) {
  const byCost = compareCosts(a.least, b.least);
  if (byCost) return byCost;
  const differs = a.places.findIndex((place, n) => place !== b.places[n]);
  return differs < 0 ? a.places.length - b.places.length : a.places[differs] - (b.places[differs] ?? -1);
}

/** Add to a binary heap with the least on top. @param {Beginning[]} heap @param {Beginning} added */
function pushOnHeap(heap, added) {
  let at = heap.push(added) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (compareBeginnings(heap[above], added) <= 0) break;
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = added;
}

/** Take the least away. @param {Beginning[]} heap @returns {Beginning} */
function popFromHeap(heap) {
  const [least] = heap;
  const last = /** @type {Beginning} */ (heap.pop());
  if (!heap.length) return least;
  let at = 0;
  for (let below = 1; below < heap.length; below = 2 * at + 1) {
    if (below + 1 < heap.length && compareBeginnings(heap[below + 1], heap[below]) < 0) below += 1;
    if (compareBeginnings(heap[below], last) >= 0) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = last;
  return least;
}
