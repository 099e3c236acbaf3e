// Measures: what marks grow with, and what the details tell.

/**
 * @typedef {{id: string, label: string, meaning: string, of: (key: string) => number | null, why: (key: string) => string | null}} Measured
 *   `of`: its value for a paper, null when it is unknown.
 * @typedef {{low: number, high: number, steep: boolean}} Reach from the least to the greatest value; steep: far apart
 */

/** @type {Measured[]} those of the corpus, in the order of the registry */
const measures = facts.measures.map(({ id, label, meaning, values, why }) => {
  const [value, reason] = [reader(values), reader(why)];
  return { id, label, meaning, of: (key) => (isDrawn(key) ? value(papers[key].n) : null), why: (key) => (isDrawn(key) ? reason(papers[key].n) : "this page has it for the papers of the picture alone") };
});

/** @type {Measured[]} those of the page itself */
const ownMeasures = [
  { id: "citedBy", label: "who cites them here", meaning: "How many papers of this page cite it.", of: (key) => citedByOf(key).length, why: () => null },
  { id: "cites", label: "what they cite here", meaning: "How many papers of this page it cites.", of: (key) => citesOf(key).length, why: () => null },
];

/** @param {string | null} id */
const measureCalled = (id) => [...ownMeasures, ...measures].find((one) => one.id === id) ?? null;

/** @type {Map<string, Reach>} */
const reaches = new Map();

/** How far a measure goes among the papers of the picture. @param {Measured} one @returns {Reach} */
function reachOf(one) {
  const known = reaches.get(one.id);
  if (known) return known;
  const values = spots.slice(0, facts.drawn).flatMap(({ id }) => one.of(id) ?? []).sort((a, b) => a - b);
  const [low, high] = [Math.min(0, values[0] ?? 0), values.at(-1) ?? 0];
  const positive = values.filter((value) => value > 0);
  const middle = positive[Math.floor(positive.length / 2)] ?? 1;
  const made = { low, high: high > low ? high : low + 1, steep: high > 2000 * middle };
  reaches.set(one.id, made);
  return made;
}

/** How far a paper goes by the measure that is chosen, from 0 to 1: areas grow with it. Null when none is, or the value is unknown. @param {string} key */
function measureOf(key) {
  if (!state.size) return null;
  const one = /** @type {Measured} */ (sizing_.id === state.size ? sizing_ : (sizing_ = /** @type {Measured} */ (measureCalled(state.size))));
  const value = one.of(key);
  if (value === null) return null;
  const { low, high, steep } = reachOf(one);
  return steep ? Math.log1p(Math.max(0, value)) / Math.log1p(high) : Math.sqrt((value - low) / (high - low));
}
/** The measure that is chosen, looked up once. @type {Measured} */
let sizing_ = ownMeasures[0];

/** @param {number} value whole numbers exactly, others to six digits */
const readable = (value) => (Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? grouped(value) : String(Number(value.toPrecision(6))));

/** What the chosen measure means, and for how many papers it is unknown. */
function sizeInWords() {
  const one = state.size ? measureCalled(state.size) : null;
  if (!one) return "";
  const unknown = spots.slice(0, facts.drawn).filter(({ id }) => one.of(id) === null).length;
  const steep = reachOf(one).steep ? " Its values lie so far apart that marks grow with their logarithm." : "";
  return `${one.meaning}${steep}${unknown ? ` Unknown for ${grouped(unknown)} of ${counted(facts.drawn, "paper", "papers")}: these keep their usual size.` : ""}`;
}

let foldOpen = false;

/** All measures of a paper, written when the fold is opened. @param {string} key @returns {HTMLElement[]} */
function measuresFold(key) {
  if (!measures.length) return [];
  const list = element("dl", { class: "measures" });
  const fold = /** @type {HTMLDetailsElement} */ (element("details", { class: "fold" }, element("summary", {}, "Measures, in the whole corpus"), list));
  fold.open = foldOpen;
  const write = () => {
    if (!fold.open || list.children.length) return;
    for (const one of measures) {
      const value = one.of(key);
      const why = one.why(key);
      const shows = value === null ? `unknown${why ? `: ${why}` : ""}` : readable(value);
      list.append(element("dt", {}, one.label), element("dd", {}, shows, element("small", {}, one.meaning)));
    }
    if (facts.measuresLeftOut) fold.append(element("p", { class: "role" }, facts.measuresLeftOut));
  };
  fold.addEventListener("toggle", () => {
    foldOpen = fold.open;
    write();
  });
  write();
  return [fold];
}
