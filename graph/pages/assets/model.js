// The data that the page carries, indexed.

/**
 * @typedef {{id: string, label: string, x: number, y: number, box: [number, number]}} Spot
 * @typedef {{influential?: boolean, intents?: string[], contexts?: string[], mentioned?: string}} AssertionDetails what a source says of a citation besides that there is one; `mentioned`: how often and where, in words
 * @typedef {[number, number[], AssertionDetails?]} Assertion the position of a source, the entries of its list, and what else it says
 * @typedef {[string, string[], string[], string, string]} Reason what a citing paper takes from the cited one, the intents, the sections, how it is known, and the text that was read
 * @typedef {{text: string, href: string}} Link
 * @typedef {{all: any[]} | {usual: any, at: number[], are: any[]} | {kinds: any[], of: number[]}} PackedColumn as `packed` of graph/pages/columnar.py made it
 * @typedef {{theme: string | null, name: string, colour: string, top: number, bottom: number, letter: string, count: string}} Lane `letter` says what the colour says; `count`: how many papers, in words
 * @typedef {[string, number, boolean]} Tick a year or a stretch of years, where it begins, and whether it is a stretch without papers
 * @typedef {{label: string, note: string | null, kind: string}} Source
 * @typedef {object} PageFacts
 * @property {Record<string, PackedColumn>} papers @property {Source[]} sources @property {Record<string, string>} themes
 * @property {Record<string, string>} colours by theme @property {string} unthemedColour @property {Record<string, string>} roles
 * @property {Lane[]} lanes @property {{one: string, many: string, none: string, basis: string}} lanesBy what a lane is called @property {Record<string, string>} themeLetters
 * @property {Tick[]} ticks @property {[number, number]} size @property {number} circleSteps
 * @property {string[]} order the themes, in the order of the list
 * @property {Record<string, number[]>} otherYears the years by which people cite a paper beside that of its first version
 * @property {Story} story what the page tells without being asked
 * @property {string[]} smallWords that an abbreviation may leave out
 * @property {string[]} intents for what a paper can be cited
 * @property {Record<string, string>} shown what texts with markup show: the words by which they are found
 * @property {Record<string, string>} letters what letters without a decomposition are folded to
 * @property {string} preset @property {string} title @property {string} marks of the library with which the page was made, as in an address
 * @property {number} drawn how many papers the picture has room for: the first of all papers
 * @property {Record<string, string>} linkHeads how an address begins, by scheme of identifiers
 * @property {{nodes: [string, string][], edges: [string, string][], papers: string[], citations: string[]}} columns of the files that the page saves
 * @property {Record<string, string>} shareColumns the themes of the columns with their shares
 * @property {{id: string, label: string, meaning: string, values: PackedColumn, why: PackedColumn}[]} measures of the drawn papers
 * @property {string} measuresLeftOut
 * @property {SiteFacts | null} site
 * @property {OutsideFacts} outside @property {string} example a question: two papers that a path joins, with an arrow between; or "" @property {string[]} examplePath its shortest path @property {boolean} welcome a first visit is told what the page is @property {string[]} provenance who asserts the citations
 */

/** The element with this id. @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** The input field with this id. @param {string} id */
const inputById = (id) => /** @type {HTMLInputElement} */ (byId(id));

/** @param {string} id @returns {any} the JSON of a script element */
const embeddedJson = (id) => JSON.parse(byId(id).textContent ?? "");

/** @param {PackedColumn} column @returns {(n: number) => any} the value of a row */
function columnReader(column) {
  if (!column) return () => null;
  if ("all" in column) return (n) => column.all[n];
  if ("of" in column) return (n) => column.kinds[column.of[n]];
  /** @type {Map<number, any> | undefined} made for the first reader: most columns have none before a paper is chosen */
  let exceptions;
  return (n) => {
    exceptions ??= new Map(column.at.map((row, at) => [row, column.are[at]]));
    return exceptions.has(n) ? exceptions.get(n) : column.usual;
  };
}

/** @param {Record<string, PackedColumn>} columns @returns {Record<string, (n: number) => any>} */
const columnReaders = (columns) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, columnReader(column)]));

/** @type {PageFacts} */
const facts = embeddedJson("facts");
const { sources, themes, lanes, ticks } = facts;
const isByTheme = facts.lanesBy.one === "theme";
/** What a lane stands for, as the heading of a column. */
const laneHeading = facts.lanesBy.one[0].toUpperCase() + facts.lanesBy.one.slice(1);
const paperColumns = columnReaders(facts.papers);
const embeddedNodes = embeddedJson("nodes");
const embeddedEdges = embeddedJson("edges");
/** @type {string[]} all papers, those that are drawn first */
const keys = embeddedNodes.id;
const labelAt = columnReader(embeddedNodes.label);

/** @type {Map<string, number[]>} */
const otherYears = new Map(Object.entries(facts.otherYears));

/**
 * @typedef {object} PaperColumns what a column says of a paper; see graph/pages/paper_facts.py
 * @property {string | null} title @property {string | null} called what people call it @property {string[]} also what else it is called
 * @property {string[]} authors @property {number} more how many further authors there are @property {boolean} allAuthors whether all are known
 * @property {string | null} date @property {string | null} basis of its date @property {string | null} published @property {string | null} venue
 * @property {string[]} unverified @property {string} role @property {number[]} numbers of its entries in the list
 * @property {string | null} lane @property {string[]} themes that a person chose @property {string} coverage @property {[number, string, number | null][]} known
 * @property {number} place its rank in the lineage's order: the list by number, then the others by age
 * @property {string | null} brought what it brought, where somebody has said so @property {string | null} retraction what is known of one, where somebody has looked
 * @typedef {PaperRow & PaperColumns} Paper
 */

/** The facts about a paper, read from their columns on demand. */
class PaperRow {
  /** @param {number} n its row */
  constructor(n) {
    this.n = n;
  }

  /** @returns {string} */
  get name() {
    const { length } = paperColumns.numbers(this.n).join("·");
    return paperColumns.name(this.n) ?? labelAt(this.n).slice(length && length + 1);
  }
  /** @returns {number | null} */
  get year() {
    const date = paperColumns.date(this.n);
    return date === null ? null : Number(date.slice(0, 4));
  }
  /** The years by which people cite it: of the first version, of the publication, and as the list states it. */
  get years() { return [...(this.year === null ? [] : [this.year]), ...(otherYears.get(keys[this.n]) ?? [])]; }
  /** @returns {Link[]} */
  get links() { return paperColumns.links(this.n).map(linkOf); }
  /** @returns {[string, number][]} */
  get shares() {
    const flat = paperColumns.shares(this.n);
    return flat.flatMap((/** @type {number} */ share, /** @type {number} */ n) => (n % 2 ? [[facts.order[flat[n - 1]], share]] : []));
  }
}
for (const name of [...Object.keys(facts.papers), "brought", "retraction"]) { // a page need not have the last two
  if (name in PaperRow.prototype) continue;
  const valueAt = columnReader(facts.papers[name]);
  Object.defineProperty(PaperRow.prototype, name, { get() { return valueAt(this.n); } });
}

/** @param {string | [string, string]} link an identifier, with its address where that does not follow from its scheme @returns {Link} */
function linkOf(link) {
  if (typeof link !== "string") return { text: link[0], href: link[1] };
  const colon = link.indexOf(":");
  return { text: link, href: facts.linkHeads[link.slice(0, colon)] + link.slice(colon + 1) };
}

/** The values of a paper's identifiers in a scheme, such as "arxiv". @param {string} scheme @param {string} key */
const identifiersIn = (scheme, key) => papers[key].links.flatMap(({ text }) => (text.startsWith(`${scheme}:`) ? [text.slice(scheme.length + 1)] : []));

/** @type {Record<string, Paper>} */
const papers = Object.create(null);
keys.forEach((key, n) => (papers[key] = /** @type {Paper} */ (new PaperRow(n))));

/** A citation; it runs from the cited to the citing paper. */
class Arc {
  /** @param {number} n its row @param {string} from @param {string} to */
  constructor(n, from, to) {
    this.n = n;
    this.from = from;
    this.to = to;
  }

  /** @returns {Assertion[]} */
  get by() { return byAt(this.n); }
  /** Whether the cited paper is dated later. @returns {boolean} */
  get backwards() { return backwardsAt(this.n); }
  /** How many independent origins its sources have. @returns {number} */
  get origins() { return originsAt(this.n); }
  /** What it costs by its evidence, in the units of graph/analysis/evidence.py. */
  get cost() { return BigInt(costAt(this.n)); }
  /** Why the one paper cites the other; null when no reason is recorded. @returns {Reason | null} */
  get why() { return whyAt(this.n); }
}
const [byAt, backwardsAt, originsAt, costAt, whyAt] = ["by", "backwards", "origins", "cost", "why"].map((name) => columnReader(embeddedEdges[name]));
/** Whether citations of this corpus have reasons, so that one without says that none is recorded. */
const hasReasons = embeddedEdges.why !== undefined;

/** @type {Arc[]} */
const arcs = embeddedEdges.from.map((/** @type {number} */ from, /** @type {number} */ n) => new Arc(n, keys[from], keys[embeddedEdges.to[n]]));
/** @type {Arc[]} the citations between papers that are drawn */
const drawnArcs = facts.drawn === keys.length ? arcs : arcs.filter((_, n) => embeddedEdges.from[n] < facts.drawn && embeddedEdges.to[n] < facts.drawn);

const [xAt, yAt, boxAt] = [columnReader(embeddedNodes.x), columnReader(embeddedNodes.y), columnReader(embeddedNodes.box)];
/** @type {Spot[]} what the picture shows: the papers that are drawn, then those of the overflow lane */
const spots = keys.slice(0, facts.drawn).map((id, n) => ({ id, label: labelAt(n), x: xAt(n), y: yAt(n), box: boxAt(n) }));

/** @type {Map<string, Spot>} */
const spotByKey = new Map(spots.map((spot) => [spot.id, spot]));
/** By paper the citations that end there: what it cites. */
const arcsByCiting = Map.groupBy(arcs, ({ to }) => to);
/** By paper the citations that begin there: what cites it. */
const arcsByCited = Map.groupBy(arcs, ({ from }) => from);
/** @type {Arc[]} */
const NO_ARCS = [];

/** @param {string} key */
const spotOf = (key) => /** @type {Spot} */ (spotByKey.get(key));
/** The citations by which a paper cites others. @param {string} key */
const citesOf = (key) => arcsByCiting.get(key) ?? NO_ARCS;
/** The citations by which others cite a paper. @param {string} key */
const citedByOf = (key) => arcsByCited.get(key) ?? NO_ARCS;
/** @param {string} from @param {string} to */
const arcBetween = (from, to) => citedByOf(from).find((arc) => arc.to === to);
/** @param {string} key */
const isPaper = (key) => key in papers;

/** @param {Spot} spot @returns {number} where its box begins: the paper's date */
const leftOf = (spot) => spot.x - spot.box[0] / 2;

/** Whether no citation of this page joins the paper with another. @param {string} key */
const isIsolated = (key) => citesOf(key).length + citedByOf(key).length === 0;

/** Oldest first, papers without a date last. @param {string} a @param {string} b */
function byDate(a, b) {
  const [dateA, dateB] = [papers[a].date ?? "9999", papers[b].date ?? "9999"];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Whether a source calls a citation influential. @param {Arc} arc */
const isInfluential = (arc) => arc.by.some(([, , details]) => details?.influential === true);

/** Whether sources of two origins assert a citation. @param {Arc} arc */
const isConfirmed = (arc) => arc.origins > 1;
