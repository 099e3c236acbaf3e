// What to read between two papers, in which order, as graph/analysis/reading_order.py chooses it, on the papers of this page.

/** @typedef {{steps: StoryPaper[], covered: string, total: string}} ReadingTrail `covered`: how many of the paths run through a paper between the ends */

const MOST_READ = 5; // papers between the ends

/**
 * Choose, always again, the paper on most of the paths that run through none chosen before (Nemhauser, Wolsey & Fisher 1978, doi:10.1007/BF01588971).
 * @param {string} from @param {string} to @returns {ReadingTrail | null} null where no path runs forward in time
 */
function readingTrail(from, to) {
  const { graph } = forwardBetween(pageGraph(), from, to);
  /** @type {Map<string, bigint>} with how many new paths run through each */
  const chosen = new Map();
  const flowBesides = () => countFlow({ graph: subgraph(graph, (key) => !chosen.has(key)), start: from, end: to, paper: identity });
  const all = flowBesides();
  if (all.total === 0n) return null;
  while (chosen.size < MOST_READ) {
    const [best] = mostTravelled(chosen.size ? flowBesides() : all, { from, to, waypoints: [], via: [] });
    if (!best) break;
    chosen.set(...best);
  }
  const order = inLevels(graph, from).filter((key) => key === from || key === to || chosen.has(key));
  const steps = order.map((key) => {
    const { name, year } = papers[key];
    return { key, name, year, buildsOn: order.filter((other) => graph.after.get(other)?.includes(key)).map((other) => papers[other].name) };
  });
  const covered = [...chosen.values()].reduce((sum, more) => sum + more, 0n);
  return { steps, covered: String(covered), total: String(all.total) };
}

/** The nodes of a graph without circles in the order in which they come free, of those that one node frees the oldest first, as `Dag.in_levels` has them. @param {Digraph} graph @param {string} start */
function inLevels({ after, before }, start) {
  const waiting = new Map([...before].map(([node, others]) => [node, others.length]));
  const order = [start];
  for (const node of order) {
    for (const other of [...(after.get(node) ?? [])].sort((a, b) => (isYounger(a, b) ? 1 : -1))) {
      waiting.set(other, (waiting.get(other) ?? 0) - 1);
      if (waiting.get(other) === 0) order.push(other);
    }
  }
  return order;
}

/** The trail between two papers: that of the whole corpus where the page carries it, else that of its own papers. @param {string} from @param {string} to @returns {{trail: ReadingTrail | null, isWhole: boolean}} */
function trailBetween(from, to) {
  const { trail } = facts.story;
  if (trail && trail.steps[0].key === from && trail.steps.at(-1)?.key === to) return { trail, isWhole: true };
  return { trail: readingTrail(from, to), isWhole: hasAllBetween(from, to) };
}

/** What to read, in order. @param {ReadingTrail} trail @param {boolean} isWhole whether all paths of the corpus are counted @returns {HTMLElement[]} */
function trailList({ steps, covered, total }, isWhole) {
  const ends = [steps[0], steps[steps.length - 1]].map(({ key }) => key ?? ""); // the page has them
  const items = steps.map((step) => storyItem(step, step.buildsOn?.length ? `builds on ${step.buildsOn.join(", ")}` : ""));
  const share = ` ${formatCount(BigInt(covered))} of ${formatCount(BigInt(total))} paths${isWhole ? "" : " on this page"} run through at least one of the papers between. `;
  return [element("p", { class: "outside" }, "What to read, in this order, to follow the idea: ", bdi(ends.map((key) => papers[key].name).join(" → ")), ".", share, element("code", {}, `lineage read ${ends.map(shellWord).join(" ")}`)), element("ol", { class: "hops" }, ...items)];
}

/** The trail between the ends of a request, which is chosen when the reader opens it. @param {PathRequest} request @returns {HTMLElement[]} */
function trailSection({ from, to }) {
  const write = (/** @type {HTMLElement} */ body) => {
    const { trail, isWhole } = trailBetween(from, to);
    body.append(...(trail ? trailList(trail, isWhole) : [element("p", { class: "role" }, "None: no path of this page runs forward in time.")]));
  };
  return [foldedSection("trail", "What to read, in order", write)];
}
