// What the page knows: the data that it carries, indexed, and what the reader points at.

/**
 * @typedef {{id: string, label: string, x: number, y: number, box: [number, number]}} Spot
 * @typedef {{from: string, to: string, by: [number, number[]][], backwards?: boolean}} Arc
 *   Runs cited -> citing; `by` names sources by position, with the entries of their lists.
 */

/** @param {string} id @returns {any} the JSON that stands in a script element */
const carried = (id) => JSON.parse(document.getElementById(id).textContent);

/** @type {Spot[]} */
const spots = carried("nodes");
/** @type {Arc[]} */
const arcs = carried("edges");
const facts = carried("facts");
const { papers, sources, themes, lanes, ticks } = facts;

/** @type {Map<string, Spot>} */
const spotOf = new Map(spots.map((spot) => [spot.id, spot]));
/** @type {Map<string, Arc[]>} the arcs that end at a paper: what it cites */
const citesOf = new Map(spots.map((spot) => [spot.id, []]));
/** @type {Map<string, Arc[]>} the arcs that begin at a paper: who cites it */
const citedByOf = new Map(spots.map((spot) => [spot.id, []]));
for (const arc of arcs) {
  citesOf.get(arc.to).push(arc);
  citedByOf.get(arc.from).push(arc);
}

/**
 * `pointed`: under the mouse, or reached by keys. `selected`: its details are open.
 * @type {{pointed: string | null, selected: string | null}}
 */
const state = { pointed: null, selected: null };

/** The paper whose arcs stand out, if any. */
const focus = () => state.pointed ?? state.selected;

/** @returns {Set<string> | null} the papers that stay bright, or null when all do */
function lit() {
  const key = focus();
  if (key === null) return null;
  return new Set([key, ...citesOf.get(key).map((arc) => arc.from), ...citedByOf.get(key).map((arc) => arc.to)]);
}

/** @param {Spot} spot @returns {number} where its box begins: the paper's date */
const left = (spot) => spot.x - spot.box[0] / 2;

/** @param {string} key */
const isIsolated = (key) => citesOf.get(key).length + citedByOf.get(key).length === 0;

/** @param {string} key @returns {string} "6 BERT": the numbers on the list, and the name */
const nameOf = (key) => [papers[key].numbers.join(" and "), papers[key].name].filter(Boolean).join(" ");

/** @param {number} n @param {string} one @param {string} many */
const counted = (n, one, many) => `${n === 0 ? "no" : n} ${n === 1 ? one : many}`;

/** @param {string} key @param {number} most how many to name @returns {string} */
function authorsOf(key, most = Infinity) {
  const { authors, more, allAuthors } = papers[key];
  if (!authors.length) return "authors unknown";
  const named = authors.slice(0, authors.length === most + 1 ? most + 1 : most); // "and 1 more" is no shorter
  const unnamed = more + authors.length - named.length;
  if (unnamed) return `${named.join(", ")} and ${unnamed} more`;
  return named.join(", ") + (allAuthors ? "" : " and perhaps others");
}

/** @param {string} key @returns {string} the chosen themes, or the inferred ones, said to be so */
function themesOf(key) {
  const paper = papers[key];
  if (paper.themes.length) return paper.themes.map((id) => themes[id]).join("; ");
  if (!paper.shares.length) return "no theme known";
  return `inferred: ${paper.shares.map(([id, share]) => `${themes[id]} ${percent(share)}`).join("; ")}`;
}

/** @param {number} share */
const percent = (share) => (share < 0.005 ? "under 1 %" : `${Math.round(share * 100)} %`);

/**
 * An element with text and children; texts are always text, never markup.
 * @param {string} name
 * @param {Object<string, string>} attributes
 * @param {...(Node | string)} children
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}
