// What the reader sees and asks, and how the address tells it: "#from=devlin2018&to=ouyang2022".

/** @typedef {{key: string, kind: "around" | "before" | "after", depth: number}} Relatives a paper with what is around, before or after it; depth 0: all the way */

/** What a page shows that says nothing else. */
const initialState = () => ({
  pointed: /** @type {string | null} */ (null), // the paper under the mouse, or reached by keys
  selected: /** @type {string | null} */ (null), // the paper whose details are open
  several: /** @type {string[]} */ ([]), // the papers that are selected together; fewer than two: none are
  arc: /** @type {string | null} */ (null), // the citation whose details are open, as "cited:citing"
  request: /** @type {PathRequest | null} */ (null), // the paths that the reader asked for
  chosenPath: /** @type {number | null} */ (null), // the position of the path that is highlighted alone; null: none is
  chosenGroup: 0, // the group that has the path: its position in VERDICTS, or 0 where paths are not grouped
  hiddenThemes: /** @type {Set<string>} */ (new Set()), // "" stands for papers without a theme
  years: /** @type {Years} */ ([null, null]), // the first and the last that are shown
  confirmed: false, // only citations that two origins assert
  influential: false, // only citations that a source calls so
  connected: false, // only papers with a citation that is shown
  relatives: /** @type {Relatives | null} */ (null), // only these papers are shown
  author: "", // only papers of an author with these words are shown
  venue: "", // and only those of a venue with these
  marks: noMarks(), // the reader's own
  starredOnly: false, // only papers with a star are shown
  leaveOut: /** @type {MarkKind[]} */ ([]), // papers with one of these marks are not shown
  size: "", // the measure by which papers are sized, or ""
  aside: /** @type {Parameter[]} */ ([]), // what the address tells that only another page has
  along: /** @type {string[] | null} */ (null), // the papers of a path that another page had chosen, until it is found here
  welcome: false, // the page says what it is, as on a first visit
  story: /** @type {StoryName | null} */ (null), // what the page tells without being asked, while no paper, citation or path is
  viewport: /** @type {[number, number, number] | null} */ (null), // the middle of what is in view, and its scale; null: as the page opens
});
/** @typedef {ReturnType<typeof initialState>} State */

const state = initialState();

/** Whether this page has something to say to a reader who comes for the first time: it is not a part of another. */
const hasWelcome = facts.welcome && window.parent === window;
/** @typedef {string | number | null | undefined | false} ParameterValue what an address leaves out when it is empty */

/** A state as the part of an address after "#". @param {State} from */
function addressOf(from) {
  const address = new URLSearchParams();
  const hidden = [...from.hiddenThemes].sort().map((theme) => /** @type {Parameter} */ (["off", theme]));
  const view = VIEW_PARAMETERS.map(([name, value]) => /** @type {[string, ParameterValue]} */ ([name, value(from)]));
  for (const [name, value] of [...questionParameters(from), ...hidden, ...view, ...(sameMarks(from.marks, libraryMarks) && sameMarks(savedMarks, libraryMarks) ? [] : markParameters(from.marks))]) {
    const isSaid = value !== null && value !== undefined && value !== false && value !== "";
    if (isSaid || name === "off") address.append(name, String(value));
  }
  if (countMarks(from.marks) === 0 && countMarks(savedMarks)) address.append("marks", NOTHING); // not those of the copy
  for (const [name, value] of from.aside) if (name !== "avoid" || !from.request) address.append(name, value);
  if (!from.welcome && hasWelcome && !address.size) address.append("welcome", "off"); // what tells nothing is a first visit
  return readable(address);
}

/** What the reader asks and looks at. @param {State} from @returns {[string, ParameterValue][]} */
function questionParameters({ request, chosenPath, chosenGroup, selected, several, arc, aside }) {
  const looksAt = /** @type {[string, ParameterValue][]} */ ([["p", selected], ["several", several.join(",")], ["arc", arc]]);
  if (!request) return looksAt;
  const avoidedElsewhere = aside.filter(([name]) => name === "avoid").map(([, value]) => value);
  return [
    ["from", request.from],
    ["to", request.to],
    ["way", request.waypoints.join(",")],
    ["via", request.via.join(",")],
    ["avoid", [...request.avoid, ...avoidedElsewhere].join(",")],
    ["list", request.listOnly && 1],
    ...limitParameters(request),
    ["intent", request.condition?.intent],
    ["about", request.condition?.about],
    ["meets", request.condition && chosenPath !== null && verdictName(VERDICTS[chosenGroup])],
    ["path", chosenPath === null ? "all" : chosenPath + 1],
    ...looksAt,
  ];
}

/**
 * Which papers the reader wants to see, and how: the name of each parameter, what an address tells by it of a state, and what of a state is read from it.
 * @type {[string, (from: State) => ParameterValue, (told: string | null) => Partial<State>][]}
 */
const VIEW_PARAMETERS = [
  ["years", ({ years }) => yearsText(years), (told) => ({ years: yearsOfText(told) })],
  ["confirmed", ({ confirmed }) => confirmed && 1, (told) => ({ confirmed: told !== null })],
  ["influential", ({ influential }) => influential && 1, (told) => ({ influential: told !== null })],
  ["connected", ({ connected }) => connected && 1, (told) => ({ connected: told !== null })],
  ["kin", ({ relatives }) => relatives && `${relatives.kind},${relatives.depth},${relatives.key}`, (told) => ({ relatives: relativesIn(told) })],
  ["author", ({ author }) => author, (told) => ({ author: beginningOf(told ?? "", LONGEST_NAME) })],
  ["venue", ({ venue }) => venue, (told) => ({ venue: beginningOf(told ?? "", LONGEST_NAME) })],
  ["only", ({ starredOnly }) => starredOnly && MARK_PARAMETERS.starred, (told) => ({ starredOnly: told === MARK_PARAMETERS.starred })],
  ["leave", ({ leaveOut }) => leaveOut.join(","), (told) => ({ leaveOut: LEFT_OUT_BY.filter((kind) => told?.split(",").includes(kind)) })],
  ["size", ({ size }) => size, (told) => ({ size: findMeasure(told)?.id ?? "" })],
  ["story", ({ story }) => story, (told) => ({ story: storyIn(told) })],
  ["at", ({ viewport }) => viewport?.map((value, n) => value.toFixed(n < 2 ? 0 : 3)).join(","), (told) => ({ viewport: viewportIn(told) })],
];

/** @param {string | null} told @returns {Relatives | null} */
function relativesIn(told) {
  const [, kind, depth, key = ""] = /^(around|before|after),(\d{1,2}),(.*)$/.exec(told ?? "") ?? [];
  return isPaper(key) ? { kind: /** @type {Relatives["kind"]} */ (kind), depth: Number(depth), key } : null;
}

/** @param {string | null} told @returns {State["viewport"]} */
function viewportIn(told) {
  const [x, y, scale, ...more] = (told ?? "").split(",").map(Number);
  return [x, y, scale].every(Number.isFinite) && !more.length ? [x, y, scale] : null;
}

/** @param {URLSearchParams} address */
const readable = (address) => address.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");

/** The state that an address tells; what this page does not have is left out. @param {string} address @returns {State} */
function stateFromAddress(address) {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const read = initialState();
  const keys = (/** @type {string} */ name) => [...new Set(keysUnder(given, name))].filter(isPaper);
  read.aside = setAside(given);
  const [from, to] = [given.get("from") ?? "", given.get("to") ?? ""];
  if (isPaper(from) && isPaper(to) && !read.aside.some(([name]) => name === "from")) {
    const condition = conditionIn(given);
    read.request = { from, to, waypoints: keys("way"), via: keys("via").slice(0, MOST_VIA), avoid: keys("avoid"), listOnly: given.has("list"), condition: typeof condition === "string" ? null : condition, ...limitsIn(given) };
    if (read.request.condition) read.chosenGroup = Math.max(0, VERDICTS.findIndex((verdict) => verdictName(verdict) === given.get("meets")));
    const path = Number(given.get("path"));
    if (given.get("path") !== "all") read.chosenPath = Number.isInteger(path) && path > 0 && path <= 10000 ? path - 1 : 0;
    if (given.has("along")) read.along = keys("along");
  }
  read.selected = keys("p")[0] ?? null;
  const together = [...new Set(given.getAll("several").flatMap((list) => list.split(",")))].filter(isPaper).slice(0, MOST_SEVERAL);
  read.several = together.length > 1 ? together : [];
  const [cited, citing] = (given.get("arc") ?? ":").split(":");
  if (isPaper(cited) && arcBetween(cited, citing)) read.arc = `${cited}:${citing}`;
  read.hiddenThemes = new Set(given.getAll("off").filter((theme) => lanes.some((lane) => (lane.theme ?? "") === theme)));
  read.marks = saysMarks(given) ? marksIn(given) : savedMarks;
  return Object.assign(read, ...VIEW_PARAMETERS.map(([name, , told]) => told(given.get(name))));
}

/** What an address names that is no paper of this page, and of no other that is known here. @param {string} address */
function unknownPapersIn(address) {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const named = ["from", "to", "way", "via", "avoid", "p", "several", MARK_PARAMETERS.hidden, "arc", "kin"].flatMap((name) => keysUnder(given, name));
  return [...new Set(named)].filter((key) => !isPaper(key) && !isElsewhere(key));
}

/** The condition on reasons that an address has, or what is wrong with it. @param {URLSearchParams} given */
const conditionIn = (given) => reasonCondition(given.get("intent"), given.get("about"));

/** What is wrong with what an address asks, in a sentence; "" when nothing is. @param {string} address */
function problemIn(address) {
  const unknown = unknownPapersIn(address).map((key) => `“${clipText(key, 60)}”`);
  if (unknown.length) {
    const names = `${unknown.slice(0, 3).join(", ")}${unknown.length > 3 ? " and others" : ""}`;
    return site ? `No paper of these pages has this name: ${names}.` : `The address names what is no paper of this page: ${names}. It may belong to another page.`;
  }
  const condition = conditionIn(new URLSearchParams(address.replace(/^#/, "")));
  return typeof condition === "string" ? condition : "";
}

const LONGEST_NAME = 200; // characters of an author or a venue
const MOST_VIA = 12; // every further one doubles the stages of a path

/** Change the state, and the page with it. It is a step for the browser's Back, unless `quietly`. @param {Partial<State>} patch */
function changeState(patch, { quietly = false } = {}) {
  hideTooltip();
  state.aside = stillAside(patch);
  if (patch.request) state.several = []; // the panel shows the answer
  Object.assign(state, { welcome: false }, patch);
  writeAddress(quietly);
  updatePage();
}
