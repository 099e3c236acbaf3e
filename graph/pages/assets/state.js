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
  for (const [name, value] of [...questionParameters(from), ...filterParameters(from), ...(sameMarks(from.marks, libraryMarks) && sameMarks(savedMarks, libraryMarks) ? [] : markParameters(from.marks))]) {
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

/** Which papers the reader wants to see, and how. @param {State} from @returns {[string, ParameterValue][]} */
function filterParameters({ hiddenThemes, years, confirmed, influential, connected, relatives, author, venue, starredOnly, leaveOut, size, story, viewport }) {
  return [
    .../** @type {[string, string][]} */ ([...hiddenThemes].sort().map((theme) => ["off", theme])),
    ["years", yearsText(years)],
    ["confirmed", confirmed && 1],
    ["influential", influential && 1],
    ["connected", connected && 1],
    ["kin", relatives && `${relatives.kind},${relatives.depth},${relatives.key}`],
    ["author", author],
    ["venue", venue],
    ["only", starredOnly && MARK_PARAMETERS.starred],
    ["leave", leaveOut.join(",")],
    ["size", size],
    ["story", story],
    ["at", viewport && viewport.map((value, n) => value.toFixed(n < 2 ? 0 : 3)).join(",")],
  ];
}

/** @param {URLSearchParams} address */
const readable = (address) => address.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");

/** The state that an address tells; what this page does not have is left out. @param {string} address @returns {State} */
function stateFromAddress(address) {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const read = initialState();
  /** @param {string} name */
  const keys = (name) => (given.get(name) ?? "").split(",").filter((key, n, all) => isPaper(key) && all.indexOf(key) === n);
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
  readFilters(given, read);
  read.marks = saysMarks(given) ? marksIn(given) : savedMarks;
  const viewport = (given.get("at") ?? "").split(",").map(Number);
  if (viewport.length === 3 && viewport.every(Number.isFinite)) read.viewport = [viewport[0], viewport[1], viewport[2]];
  return read;
}

/** What an address names that is no paper of this page, and of no other that is known here. @param {string} address */
function unknownPapersIn(address) {
  const given = new URLSearchParams(address.replace(/^#/, ""));
  const named = ["from", "to", "way", "via", "avoid", "p", "several", MARK_PARAMETERS.hidden].flatMap((name) => (given.get(name) ?? "").split(","));
  const ends = (given.get("arc") ?? "").split(":");
  return [...new Set([...named, ...ends, given.get("kin")?.split(",")[2] ?? ""])].filter((key) => key !== "" && !isPaper(key) && !isElsewhere(key));
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

/** @param {URLSearchParams} given @param {State} read gets the filters */
function readFilters(given, read) {
  read.hiddenThemes = new Set(given.getAll("off").filter((theme) => lanes.some((lane) => (lane.theme ?? "") === theme)));
  read.years = yearsOfText(given.get("years"));
  read.confirmed = given.has("confirmed");
  read.influential = given.has("influential");
  read.connected = given.has("connected");
  read.author = beginningOf(given.get("author") ?? "", LONGEST_NAME);
  read.venue = beginningOf(given.get("venue") ?? "", LONGEST_NAME);
  read.starredOnly = given.get("only") === MARK_PARAMETERS.starred;
  read.leaveOut = LEFT_OUT_BY.filter((kind) => (given.get("leave") ?? "").split(",").includes(kind));
  const relatives = /^(around|before|after),(\d{1,2}),(.*)$/.exec(given.get("kin") ?? "");
  if (relatives && isPaper(relatives[3])) read.relatives = { kind: /** @type {Relatives["kind"]} */ (relatives[1]), depth: Number(relatives[2]), key: relatives[3] };
  read.story = storyIn(given.get("story"));
  read.size = findMeasure(given.get("size"))?.id ?? "";
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
