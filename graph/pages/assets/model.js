// What the page knows: the data that it carries, indexed.

/**
 * @typedef {{id: string, label: string, x: number, y: number, box: [number, number]}} Spot
 * @typedef {{influential?: boolean, intents?: string[], contexts?: string[]}} Said what a source says of a citation
 * @typedef {[number, number[], Said?]} By a source by position, the entries of its list, and what else it says
 * @typedef {{text: string, href: string}} Link
 * @typedef {{all: any[]} | {usual: any, at: number[], are: any[]} | {kinds: any[], of: number[]}} Packed see graph/pages/columnar.py
 * @typedef {{theme: string | null, name: string, colour: string, top: number, bottom: number}} Lane
 * @typedef {{label: string, note: string | null, kind: string}} Source
 * @typedef {object} Facts
 * @property {Record<string, Packed>} papers @property {Source[]} sources @property {Record<string, string>} themes
 * @property {Record<string, string>} colours @property {Record<string, string>} roles @property {Lane[]} lanes
 * @property {[string, number, boolean][]} ticks @property {[number, number]} size @property {number} circleSteps
 * @property {string[]} order the themes, in the order of the list
 * @property {string} preset @property {string} title
 * @property {number} drawn how many papers the picture has room for: the first ones
 * @property {Record<string, string>} linkHeads
 * @property {{id: string, label: string, meaning: string, values: Packed, why: Packed}[]} measures of those alone
 * @property {string} measuresLeftOut
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

/** @param {Packed} column @returns {(n: number) => any} what stands in a row of it */
function reader(column) {
  if (!column) return () => null;
  if ("all" in column) return (n) => column.all[n];
  if ("of" in column) return (n) => column.kinds[column.of[n]];
  const odd = new Map(column.at.map((n, at) => [n, column.are[at]]));
  return (n) => (odd.has(n) ? odd.get(n) : column.usual);
}

/** @param {Record<string, Packed>} columns @returns {Record<string, (n: number) => any>} */
const readers = (columns) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, reader(column)]));

/** @type {Facts} */
const facts = carried("facts");
const { sources, themes, lanes, ticks } = facts;
const told_ = readers(facts.papers);
const nodes_ = carried("nodes");
const edges_ = carried("edges");
/** @type {string[]} all papers, those with a place first */
const keys = nodes_.id;
const labelAt = reader(nodes_.label);

/** The facts about a paper, read from their columns when somebody asks. */
class Paper {
  /** @param {number} n its row */
  constructor(n) {
    this.n = n;
  }

  /** @returns {string | null} */
  get title() { return told_.title(this.n); }
  /** @returns {string} */
  get name() { return told_.name(this.n) ?? this.title; }
  /** @returns {string[]} */
  get also() { return told_.also(this.n); }
  /** @returns {string[]} */
  get authors() { return told_.authors(this.n); }
  /** How many authors are not named. @returns {number} */
  get more() { return told_.more(this.n); }
  /** @returns {boolean} */
  get allAuthors() { return told_.allAuthors(this.n); }
  /** @returns {string | null} */
  get date() { return told_.date(this.n); }
  get year() { return this.date === null ? null : Number(this.date.slice(0, 4)); }
  /** @returns {string | null} */
  get basis() { return told_.basis(this.n); }
  /** @returns {string | null} */
  get published() { return told_.published(this.n); }
  /** @returns {string | null} */
  get venue() { return told_.venue(this.n); }
  /** @returns {Link[]} */
  get links() { return told_.links(this.n).map(linkOf); }
  /** @returns {string[]} */
  get unverified() { return told_.unverified(this.n); }
  /** @returns {string} */
  get role() { return told_.role(this.n); }
  /** @returns {number[]} */
  get numbers() { return told_.numbers(this.n); }
  /** @returns {string | null} */
  get lane() { return told_.lane(this.n); }
  /** @returns {string[]} */
  get themes() { return told_.themes(this.n); }
  /** @returns {[string, number][]} */
  get shares() {
    const flat = told_.shares(this.n);
    return flat.flatMap((/** @type {number} */ share, /** @type {number} */ n) => (n % 2 ? [[facts.order[flat[n - 1]], share]] : []));
  }
  /** @returns {string} */
  get coverage() { return told_.coverage(this.n); }
  /** @returns {[number, string, number | null][]} */
  get known() { return told_.known(this.n); }
  /** Its place in the lineage's order: the list by number, then the others by age. @returns {number} */
  get place() { return told_.place(this.n); }
}

/** @param {string | [string, string]} link an identifier, with its address where that does not follow from it @returns {Link} */
function linkOf(link) {
  if (typeof link !== "string") return { text: link[0], href: link[1] };
  const at = link.indexOf(":");
  return { text: link, href: facts.linkHeads[link.slice(0, at)] + link.slice(at + 1) };
}

/** @type {Record<string, Paper>} */
const papers = Object.create(null);
keys.forEach((key, n) => (papers[key] = new Paper(n)));

/** A citation; it runs cited -> citing. */
class Arc {
  /** @param {number} n its row @param {string} from @param {string} to */
  constructor(n, from, to) {
    this.n = n;
    this.from = from;
    this.to = to;
  }

  /** @returns {By[]} */
  get by() { return byAt(this.n); }
  /** Whether the cited paper is dated later. @returns {boolean} */
  get backwards() { return backwardsAt(this.n); }
}
const [byAt, backwardsAt] = [reader(edges_.by), reader(edges_.backwards)];

/** @type {Arc[]} */
const arcs = edges_.from.map((/** @type {number} */ from, /** @type {number} */ n) => new Arc(n, keys[from], keys[edges_.to[n]]));
/** @type {Arc[]} those between papers that have a place */
const drawnArcs = facts.drawn === keys.length ? arcs : arcs.filter((_, n) => edges_.from[n] < facts.drawn && edges_.to[n] < facts.drawn);

const [xAt, yAt, boxAt] = [reader(nodes_.x), reader(nodes_.y), reader(nodes_.box)];
/** @type {Spot[]} what the picture has: the papers with a place, then its guests */
const spots = keys.slice(0, facts.drawn).map((id, n) => ({ id, label: labelAt(n), x: xAt(n), y: yAt(n), box: boxAt(n) }));

/** @type {Map<string, Spot>} */
const spots_ = new Map(spots.map((spot) => [spot.id, spot]));
/** @type {Arc[]} */
const NONE = [];
/** @type {Map<string, Arc[]>} the arcs that end at a paper: what it cites */
const cites_ = new Map();
/** @type {Map<string, Arc[]>} the arcs that begin at a paper: who cites it */
const citedBy_ = new Map();
for (const arc of arcs) {
  for (const [side, key] of /** @type {[Map<string, Arc[]>, string][]} */ ([[cites_, arc.to], [citedBy_, arc.from]])) {
    const held = side.get(key);
    if (held) held.push(arc);
    else side.set(key, [arc]);
  }
}

/** @param {string} key */
const spotOf = (key) => /** @type {Spot} */ (spots_.get(key));
/** @param {string} key what it cites */
const citesOf = (key) => cites_.get(key) ?? NONE;
/** @param {string} key who cites it */
const citedByOf = (key) => citedBy_.get(key) ?? NONE;
/** @param {string} from @param {string} to */
const arcBetween = (from, to) => citedByOf(from).find((arc) => arc.to === to);
/** @param {string} key */
const isPaper = (key) => key in papers;

/** @param {Spot} spot @returns {number} where its box begins: the paper's date */
const left = (spot) => spot.x - spot.box[0] / 2;

/** @param {string} key */
const isIsolated = (key) => citesOf(key).length + citedByOf(key).length === 0;

/** Oldest first, papers without a date last. @param {string} a @param {string} b */
function byDate(a, b) {
  const [one, other] = [papers[a].date ?? "9999", papers[b].date ?? "9999"];
  return one < other ? -1 : one > other ? 1 : a < b ? -1 : 1;
}

/** Whether sources of two kinds assert a citation: two versions' bibliographies are one kind. @param {Arc} arc */
const isConfirmed = (arc) => new Set(arc.by.map(([source]) => sources[source].kind)).size > 1;

/** Whether a source calls a citation influential. @param {Arc} arc */
const isInfluential = (arc) => arc.by.some(([, , said]) => said?.influential === true);
