// What lies outside the page: how many paths the corpus has, and which references are not known there. The page carries these counts.

/**
 * @typedef {object} OutsideFacts as graph/pages/outside_facts.py makes it; papers go by their rows
 * @property {boolean} isPart the page was made from a part of a larger corpus: what lies outside is not known
 * @property {number} papers how many papers of the corpus are not on the page
 * @property {boolean} hasList whether the page has every paper of the list
 * @property {number[]} counted the papers between which all paths of the corpus are counted
 * @property {(number | string | null)[][]} totals of each paper: its row, then the row of another and the number of paths to it, for all others to which paths run through papers outside
 * @property {number[]} years where periods begin
 * @property {number[][]} hiding of each paper: its row, then each period and how many papers outside that lead to it have references that are not fully known
 */

const outside = facts.outside;
/** Whether the corpus has papers that are not on this page, as far as is known. */
const hasOutside = outside.isPart || outside.papers > 0;
const countedPapers = new Set(outside.counted);

/** The numbers that follow a row's first, two by two. @template T @param {T[]} row @returns {[T, T][]} */
const pairsOf = (row) => Array.from({ length: (row.length - 1) / 2 }, (_, n) => [row[2 * n + 1], row[2 * n + 2]]);

/** @type {Map<number, Map<number, bigint | null>>} */
const corpusTotals = new Map(
  outside.totals.map((row) => [Number(row[0]), new Map(pairsOf(row).map(([end, total]) => [Number(end), total === null ? null : BigInt(total)]))]),
);
/** @type {Map<number, [number, number][]>} */
const hidingOutside = new Map(outside.hiding.map((row) => [row[0], pairsOf(row)]));

/**
 * How many paths the corpus has from one paper to another: null when circles make them too many to count, undefined when this page does not know.
 * @param {string} from @param {string} to @param {bigint | null} onPage how many there are on the page
 */
function totalInCorpus(from, to, onPage) {
  const [start, end] = [papers[from].n, papers[to].n];
  if (corpusTotals.get(start)?.has(end)) return corpusTotals.get(start)?.get(end);
  return hasAllBetween(from, to) ? onPage : undefined;
}

/** Whether the page is known to have every paper of the corpus that lies between two. @param {string} from @param {string} to */
function hasAllBetween(from, to) {
  const [start, end] = [papers[from].n, papers[to].n];
  if (outside.isPart || corpusTotals.get(start)?.has(end)) return false;
  return !hasOutside || (countedPapers.has(start) && countedPapers.has(end));
}

/** Whether the page is known to have every path of the corpus that a request asks for. @param {PathRequest} request */
function hasAllPaths({ from, to, listOnly }) {
  return (listOnly && outside.hasList) || hasAllBetween(from, to);
}

/** Whether a request says more than the two ends. @param {PathRequest} request */
const hasConditions = (request) => request.listOnly || hasLimits(request) || request.waypoints.length + request.via.length + request.avoid.length > 0;

/**
 * How many papers outside the page could hide a path, because their references are not fully known; undefined when this page does not know.
 * @param {PathRequest} request
 */
function hiddenOutside({ from, to, listOnly }) {
  if (!hasOutside || (listOnly && outside.hasList)) return 0;
  const periods = hidingOutside.get(papers[to].n);
  if (!periods) return undefined;
  const { year } = papers[from];
  const first = year === null ? 0 : outside.years.findLastIndex((begin) => begin <= year) + 1;
  return periods.reduce((sum, [period, count]) => sum + (period >= first ? count : 0), 0);
}

/** A word as a shell takes it. @param {string} word */
const shellWord = (word) => (/^[\w.:/@%+=,-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** @param {ReasonCondition | null | undefined} condition */
const optionsOf = (condition) => (!condition ? [] : condition.intent !== null ? ["--intent", condition.intent] : ["--about", condition.about]);

/** The command that asks the whole corpus. @param {PathRequest} request */
function commandFor(request) {
  const { from, to, waypoints, via, avoid, listOnly, condition } = request;
  const question = waypoints.length ? [[from, ...waypoints, to].join(" → ")] : [from, to];
  const options = [...via.flatMap((key) => ["--via", key]), ...avoid.flatMap((key) => ["--avoid", key]), ...(listOnly ? ["--list-only"] : []), ...optionsOfLimits(request), ...optionsOf(condition)];
  return ["lineage path", ...[...question, ...options].map(shellWord)].join(" ");
}

/** @param {PathRequest} request */
const commandElement = (request) => element("code", {}, commandFor(request));

/** How many further paths the corpus has, in a sentence; "" when the page has them all. @param {PathRequest} request @param {bigint | null} onPage how many paths the page has */
function furtherPaths(request, onPage) {
  if (request.from === request.to || hasAllPaths(request)) return "";
  const total = hasConditions(request) ? undefined : totalInCorpus(request.from, request.to, onPage);
  const more = onPage === 0n ? "paths" : "more paths";
  if (total === undefined) return `The corpus may have ${more}, through papers that are not on this page.`;
  if (total === null || onPage === null) return `The corpus has ${more}, through papers that are not on this page: too many to count.`;
  if (total <= onPage) return "";
  return `The corpus has ${onPage ? `${formatCount(total - onPage)} more` : counted(total, "path", "paths")}, through papers that are not on this page.`;
}

/** The same with the command that lists them. @param {PathRequest} request @param {bigint | null} onPage @returns {HTMLElement[]} */
function furtherPathsLine(request, onPage) {
  const sentence = furtherPaths(request, onPage);
  if (!sentence) return [];
  const elsewhere = hasWiderPage ? [" ", widestPageLink(`See them in: ${site?.tabs[site.widest]}`), "."] : [];
  return [element("p", { class: "outside" }, sentence, ...elsewhere, " Ask for them: ", commandElement(request))];
}

/**
 * What absence proves: which papers could hide a path because their references are not fully known. Nothing where the corpus has paths or may have some.
 * @param {PathRequest} request @param {string[]} onPage such papers of this page @returns {HTMLElement[]}
 */
function whatAbsenceProves(request, onPage) {
  const elsewhere = hiddenOutside(request);
  const total = hasConditions(request) ? undefined : totalInCorpus(request.from, request.to, 0n);
  if (elsewhere === undefined || (total !== undefined && total !== 0n)) return [];
  const count = onPage.length + elsewhere;
  if (!count) return [element("p", {}, "Every paper that could lie on the way has fully known references.")];
  if (count === 1 && onPage.length) return [element("p", {}, "That proves little: the references of ", firstPapers(onPage), " are not fully known, and could hide a path.")];
  const dated = onPage.filter((key) => papers[key].date);
  const many = `${(request.avoid.length || hasLimits(request)) && elsewhere ? "up to " : ""}${counted(count, "paper", "papers")}`;
  return [
    element(
      "p",
      {},
      `That proves little: the references of ${many} before ${papers[request.to].name} are not fully known, and any of them could hide a path`,
      ...(dated.length ? [elsewhere ? ", among them on this page " : ", among them ", firstPapers(dated)] : []),
      ".",
    ),
  ];
}
