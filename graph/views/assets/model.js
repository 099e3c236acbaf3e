// What the page knows: the data that it carries, indexed.

/**
 * @typedef {{id: string, label: string, x: number, y: number, box: [number, number]}} Spot
 * @typedef {{influential?: boolean, intents?: string[], contexts?: string[]}} Said what a source says of a citation
 * @typedef {[number, number[], Said?]} By a source by position, the entries of its list, and what else it says
 * @typedef {{from: string, to: string, by: By[], backwards?: boolean}} Arc runs cited -> citing
 * @typedef {{text: string, href: string}} Link
 * @typedef {object} Paper
 * @property {string} name @property {string | null} title @property {string[]} also @property {string[]} authors
 * @property {number} more @property {boolean} allAuthors @property {number | null} year @property {string | null} date
 * @property {string | null} basis @property {string | null} published @property {string | null} venue
 * @property {Link[]} links @property {string[]} unverified @property {string} role @property {number[]} numbers
 * @property {string | null} lane @property {string[]} themes @property {[string, number][]} shares
 * @property {string} coverage @property {[number, string, number | null][]} known @property {number} place
 * @typedef {{theme: string | null, name: string, colour: string, top: number, bottom: number}} Lane
 * @typedef {{label: string, note: string | null, kind: string}} Source
 * @typedef {object} Facts
 * @property {Record<string, Paper>} papers @property {Source[]} sources @property {Record<string, string>} themes
 * @property {Record<string, string>} colours @property {Record<string, string>} roles @property {Lane[]} lanes
 * @property {[string, number, boolean][]} ticks @property {[number, number]} size @property {number} circleSteps
 * @property {string[]} order the themes, in the order of the list
 * @property {string} preset @property {string} title @property {[string, string, string | null, string | null][]} others
 */

/** An element of the page. @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** A field of the page. @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (byId(id));

/** @param {string} id @returns {any} the JSON that stands in a script element */
const carried = (id) => JSON.parse(byId(id).textContent ?? "");

/** @type {Spot[]} */
const spots = carried("nodes");
/** @type {Arc[]} */
const arcs = carried("edges");
/** @type {Facts} */
const facts = carried("facts");
const { papers, sources, themes, lanes, ticks } = facts;

/** @type {Map<string, Spot>} */
const spots_ = new Map(spots.map((spot) => [spot.id, spot]));
/** @type {Map<string, Arc[]>} the arcs that end at a paper: what it cites */
const cites_ = new Map(spots.map((spot) => [spot.id, []]));
/** @type {Map<string, Arc[]>} the arcs that begin at a paper: who cites it */
const citedBy_ = new Map(spots.map((spot) => [spot.id, []]));
for (const arc of arcs) {
  cites_.get(arc.to)?.push(arc);
  citedBy_.get(arc.from)?.push(arc);
}

/** @param {string} key */
const spotOf = (key) => /** @type {Spot} */ (spots_.get(key));
/** @param {string} key what it cites */
const citesOf = (key) => cites_.get(key) ?? [];
/** @param {string} key who cites it */
const citedByOf = (key) => citedBy_.get(key) ?? [];
/** @param {string} from @param {string} to */
const arcBetween = (from, to) => citedByOf(from).find((arc) => arc.to === to);
/** @param {string} key */
const isPaper = (key) => spots_.has(key);

/** @param {Spot} spot @returns {number} where its box begins: the paper's date */
const left = (spot) => spot.x - spot.box[0] / 2;

/** @param {string} key */
const isIsolated = (key) => citesOf(key).length + citedByOf(key).length === 0;

/** Oldest first, papers without a date last. @param {string} a @param {string} b */
function byDate(a, b) {
  const [one, other] = [papers[a].date ?? "9999", papers[b].date ?? "9999"];
  return one < other ? -1 : one > other ? 1 : a < b ? -1 : 1;
}

const inOrder = spots.map((spot) => spot.id).sort(byDate);

/** Whether sources of two kinds assert a citation: two versions' bibliographies are one kind. @param {Arc} arc */
const isConfirmed = (arc) => new Set(arc.by.map(([source]) => sources[source].kind)).size > 1;

/** Whether a source calls a citation influential. @param {Arc} arc */
const isInfluential = (arc) => arc.by.some(([, , said]) => said?.influential === true);
