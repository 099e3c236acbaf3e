// Measures of papers: the picture can size papers by one, and the details of a paper list them all.

/**
 * @typedef {{id: string, label: string, meaning: string, of: (key: string) => number | null, why: (key: string) => string | null}} Measure
 *   `of`: the value for a paper, null when it is unknown; `why`: why it is unknown.
 * @typedef {{low: number, high: number, logarithmic: boolean}} MeasureRange from the least to the greatest value; logarithmic: they lie far apart
 */

/** @type {Measure[]} those of the whole corpus, in the order of the registry */
const corpusMeasures = facts.measures.map(({ id, label, meaning, values, why }) => {
  const [valueAt, reasonAt] = [columnReader(values), columnReader(why)];
  return {
    id,
    label,
    meaning,
    of: (key) => (isDrawn(key) ? valueAt(papers[key].n) : null),
    why: (key) => (isDrawn(key) ? reasonAt(papers[key].n) : "this page has it for the papers of the picture alone"),
  };
});

/** @type {Measure[]} those of the papers on this page */
const pageMeasures = [
  { id: "citedBy", label: "who cites them here", meaning: "How many papers of this page cite it.", of: (key) => citedByOf(key).length, why: () => null },
  { id: "cites", label: "what they cite here", meaning: "How many papers of this page it cites.", of: (key) => citesOf(key).length, why: () => null },
];

const measuresById = new Map([...pageMeasures, ...corpusMeasures].map((measure) => [measure.id, measure]));
/** @param {string | null} id */
const findMeasure = (id) => measuresById.get(id ?? "") ?? null;

/** @type {Map<string, MeasureRange>} */
const knownRanges = new Map();

/** The range of a measure among the drawn papers. @param {Measure} measure @returns {MeasureRange} */
function rangeOf(measure) {
  const known = knownRanges.get(measure.id);
  if (known) return known;
  const values = spots.slice(0, facts.drawn).flatMap(({ id }) => measure.of(id) ?? []).sort((a, b) => a - b);
  const [low, high] = [Math.min(0, values[0] ?? 0), values.at(-1) ?? 0];
  const positive = values.filter((value) => value > 0);
  const median = positive[Math.floor(positive.length / 2)] ?? 1;
  const range = { low, high: high > low ? high : low + 1, logarithmic: high > 2000 * median };
  knownRanges.set(measure.id, range);
  return range;
}

/** Where a paper lies in the range of the chosen measure, from 0 to 1, so that areas grow with it; null when none is chosen, or the value is unknown. @param {string} key */
function measureShare(key) {
  const measure = findMeasure(state.size);
  const value = measure ? measure.of(key) : null;
  if (!measure || value === null) return null;
  const { low, high, logarithmic } = rangeOf(measure);
  return logarithmic ? Math.log1p(Math.max(0, value)) / Math.log1p(high) : Math.sqrt((value - low) / (high - low));
}

/** A whole number exactly, another to six digits. @param {number} value */
const formatValue = (value) => (Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? formatCount(value) : String(Number(value.toPrecision(6))));

/** What the chosen measure means, and for how many papers it is unknown. */
function describeSize() {
  const measure = findMeasure(state.size);
  if (!measure) return "";
  const unknown = spots.slice(0, facts.drawn).filter(({ id }) => measure.of(id) === null).length;
  const scale = ` The stronger the colour of a box and the larger a symbol, the larger the value.${rangeOf(measure).logarithmic ? " The values lie so far apart that their logarithm decides." : ""}`;
  const missing = unknown ? ` Unknown for ${formatCount(unknown)} of ${counted(facts.drawn, "paper", "papers")}: their boxes are empty.` : "";
  return measure.meaning + scale + missing;
}

/** All measures of a paper. @param {string} key @returns {HTMLElement[]} */
function measuresSection(key) {
  if (!corpusMeasures.length) return [];
  const write = (/** @type {HTMLElement} */ body) => {
    const list = element("dl", { class: "measures" });
    for (const measure of corpusMeasures) {
      const value = measure.of(key);
      const why = measure.why(key);
      const text = value === null ? `unknown${why ? `: ${why}` : ""}` : formatValue(value);
      list.append(element("dt", {}, measure.label), element("dd", {}, text, element("small", {}, measure.meaning)));
    }
    body.append(list, ...(facts.measuresLeftOut ? [element("p", { class: "role" }, facts.measuresLeftOut)] : []));
  };
  return [foldedSection("all-measures", "Measures, in the whole corpus", write)];
}
