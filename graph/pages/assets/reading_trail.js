// What to read between two papers, in which order, as graph/analysis/reading_order.py chooses it, on the papers of this page.

/**
 * @typedef {{steps: StoryPaper[], covered: string, total: string, known?: string[], knownPaths?: string}} ReadingTrail
 *   `covered`: how many of the paths run through a paper between the ends that is chosen; `known`: the papers between them that the reader has
 *   marked, which are not chosen; `knownPaths`: how many paths run through these
 */

const MOST_READ = 5; // papers between the ends

/**
 * Choose, always again, the paper on most of the paths that run through none chosen before, and none that the reader knows
 * (Nemhauser, Wolsey & Fisher 1978, doi:10.1007/BF01588971).
 * @param {string} from @param {string} to @param {Set<string>} known @returns {ReadingTrail | null} null where no path runs forward in time
 */
function readingTrail(from, to, known) {
  const { graph } = forwardBetween(pageGraph(), from, to);
  const ends = [from, to];
  /** @type {Map<string, bigint>} with how many new paths run through each */
  const chosen = new Map();
  const flowBesides = (/** @type {(key: string) => boolean} */ isPassed) => countFlow({ graph: subgraph(graph, (key) => !isPassed(key)), start: from, end: to, paper: identity });
  const levels = inLevels(graph, from);
  const knownBetween = levels.filter((key) => known.has(key) && !ends.includes(key));
  const all = flowBesides(() => false);
  if (all.total === 0n) return null;
  const unread = knownBetween.length ? flowBesides((key) => knownBetween.includes(key)) : all;
  while (chosen.size < MOST_READ) {
    const [best] = mostTravelled(chosen.size ? flowBesides((key) => chosen.has(key) || knownBetween.includes(key)) : unread, { from, to, waypoints: [], via: [] });
    if (!best) break;
    chosen.set(...best);
  }
  const order = levels.filter((key) => ends.includes(key) || chosen.has(key));
  const steps = order.map((key) => {
    const { name, year } = papers[key];
    return { key, name, year, buildsOn: order.filter((other) => graph.after.get(other)?.includes(key)).map((other) => papers[other].name) };
  });
  const covered = [...chosen.values()].reduce((sum, more) => sum + more, 0n);
  return { steps, covered: String(covered), total: String(all.total), known: knownBetween, knownPaths: String(all.total - unread.total) };
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

/** The trail that was chosen last, and what for: a story lights it in every frame that changes. @type {{of: string, told: ToldTrail | null}} */
const lastTrail = { of: "", told: null };

/** @typedef {{trail: ReadingTrail | null, isWhole: boolean}} ToldTrail `isWhole`: all paths of the corpus are counted */

/**
 * The trail between two papers without those that the reader leaves out: that of the whole corpus where the page carries it and no mark could
 * change it, else that of the page's own papers.
 * @param {string} from @param {string} to @returns {ToldTrail}
 */
function trailBetween(from, to) {
  const carried = facts.story.trail;
  const known = hiddenByMarks(state);
  if (carried && !known.size && carried.steps[0].key === from && carried.steps.at(-1)?.key === to) return { trail: carried, isWhole: true };
  const of = [from, to, ...known].join();
  if (lastTrail.of !== of || !lastTrail.told) Object.assign(lastTrail, { of, told: { trail: readingTrail(from, to, known), isWhole: hasAllBetween(from, to) } });
  return /** @type {ToldTrail} */ (lastTrail.told);
}

/** The trail that the page tells without being asked. @returns {ToldTrail} */
function storyTrail() {
  const [from, to] = [0, -1].map((at) => facts.story.trail?.steps.at(at)?.key);
  return from && to ? trailBetween(from, to) : { trail: null, isWhole: false };
}

/** What to read, in order. @param {ToldTrail} told @returns {HTMLElement[]} */
function trailList({ trail, isWhole }) {
  if (!trail) return [element("p", { class: "role" }, "None: no path of this page runs forward in time.")];
  const { steps, covered, total, known = [], knownPaths = "0" } = trail;
  const ends = [steps[0], steps[steps.length - 1]].map(({ key }) => key ?? ""); // the page has them
  const items = steps.map((step) => storyItem(step, step.buildsOn?.length ? `builds on ${step.buildsOn.join(", ")}` : ""));
  const isAny = steps.length > ends.length;
  const idea = bdi(ends.map((key) => papers[key].name).join(" → "));
  const here = isWhole ? "" : " on this page";
  const none = known.length ? "nothing is left to read between them" : "no paper is between them";
  const intro = isAny ? ["What to read, in this order, to follow the idea: ", idea, "."] : [idea, `: ${none}${here}.`];
  const share = isAny ? ` ${formatCount(BigInt(covered))} of ${counted(BigInt(total), "path", "paths")}${here} ${covered === "1" ? "runs" : "run"} through at least one of the papers between. ` : " ";
  const left = known.length ? `You leave out ${counted(known.length, "paper", "papers")} between them by your marks, and ${formatCount(BigInt(knownPaths))} of the paths ${knownPaths === "1" ? "runs" : "run"} through ${known.length === 1 ? "it" : "them"}. ` : "";
  const isAskable = !known.some((key) => state.marks.hidden.includes(key)); // the command knows no paper that is only hidden here
  const command = isAskable ? [readCommand(ends)] : [];
  return [element("p", { class: "outside" }, ...intro, share, left, ...command), element("ol", { class: "hops" }, ...items)];
}

/** The command that chooses the same of the whole corpus. @param {string[]} ends */
function readCommand(ends) {
  const kinds = state.leaveOut.filter((kind) => state.marks[kind].length);
  const command = ["lineage", ...kinds.map((kind) => `--${kind} FILE`), "read", ...ends.map(shellWord), ...kinds.map((kind) => `--leave-out ${kind}`)];
  return element("code", kinds.length ? { title: "FILE: a copy of this page that you saved, or a library" } : {}, command.join(" "));
}

/** The trail between the ends of a request, which is chosen when the reader opens it. @param {PathRequest} request */
const trailSection = ({ from, to }) => foldedSection("trail", "What to read, in order", (body) => body.append(...trailList(trailBetween(from, to))));
