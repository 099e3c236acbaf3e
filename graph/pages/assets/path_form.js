// Requests for paths: by two fields, by one field with an arrow, or by two clicks. And the results of the request.

/**
 * @typedef {{verdict: Verdict | undefined, total: bigint | null, source: Generator<string[], void, void>, paths: string[][], listed: number, done: boolean}} FoundPaths
 *   A group of paths, or all of them, without a verdict. `paths`: the first ones of its `source`, of which the panel lists the first `listed`; `done`: there are no others.
 * @typedef {{asked: PathRequest | null, request: string, answer: PathAnswer | null, groups: FoundPaths[]}} PathResults `asked`: the request without what the reader's marks leave out; `request`: the same as JSON
 */
const MOST_HIGHLIGHTED_PATHS = 500; // more would light up the whole picture
const PATHS_AT_ONCE = 10;

/** The results of the reader's request. @type {PathResults} */
let pathResults = { asked: null, request: "", answer: null, groups: [] };

/** What the next paper that the reader clicks or finds is for. @type {"from" | "to" | "via" | "avoid" | null} */
let awaitedRole = null;
/** @type {{from: string | null, to: string | null}} the ends of a request that are known while the page waits for the other */
const knownEnds = { from: null, to: null };

/** Find the paths that the reader asked for, unless they are known. */
function updatePathResults() {
  if (!state.request) return;
  const asked = withoutMarked(state.request, state);
  const request = JSON.stringify(asked);
  if (request === pathResults.request) return;
  const answer = answerTo(asked);
  const found = answer.grouped?.groups ?? [{ verdict: undefined, total: answer.total, paths: answer.paths }];
  const groups = found.map(({ verdict, total, paths }) => ({ verdict, total, source: paths, paths: [], listed: PATHS_AT_ONCE, done: false }));
  pathResults = { asked, request, answer, groups };
  for (const group of groups) takePaths(group, MOST_HIGHLIGHTED_PATHS);
  if (state.chosenPath !== null && chosenPathKeys() === null) Object.assign(state, firstPathOf(groups));
  if (state.chosenPath !== null) groups[state.chosenGroup].listed = Math.max(PATHS_AT_ONCE, state.chosenPath + 1);
}

/** The first path of the first group that has any. @param {FoundPaths[]} groups */
const firstPathOf = (groups) => ({ chosenPath: 0, chosenGroup: Math.max(0, groups.findIndex(({ paths }) => paths.length)) });

/** Take further paths of a group. @param {FoundPaths} group @param {number} most */
function takePaths(group, most) {
  for (let n = 0; n < most && !group.done; n += 1) {
    const step = group.source.next();
    if (step.done) group.done = true;
    else group.paths.push(step.value);
  }
}

/** The papers of the path that the reader chose; null: none is chosen. @returns {string[] | null} */
const chosenPathKeys = () => (state.chosenPath === null ? null : (pathResults.groups[state.chosenGroup]?.paths[state.chosenPath] ?? null));
/** The paths that are known, of all groups. */
const foundPaths = () => pathResults.groups.flatMap(({ paths }) => paths);
/** Whether some paths meet the condition of the request, so that they alone are highlighted. */
const someMeetCondition = () => pathResults.groups[0]?.verdict === true && pathResults.groups[0].paths.length > 0;

/** The groups that are highlighted unless a path is chosen: the one that meets the condition, or all of them. */
const highlightedGroups = () => pathResults.groups.slice(0, someMeetCondition() ? 1 : undefined);
/** The paths that are highlighted. @param {boolean} listed only those that the panel lists */
function highlightedPaths(listed = false) {
  const chosen = chosenPathKeys();
  return chosen ? [chosen] : highlightedGroups().flatMap((group) => (listed ? group.paths.slice(0, group.listed) : group.paths));
}

/** Ask for the paths between two papers. @param {string} from @param {string} to @param {string[]} waypoints */
function requestPaths(from, to, waypoints = []) {
  awaitPaper(null);
  const { condition = null, rank } = state.request ?? {}; // how a reader looks at the paths of one question goes on to the next
  changeState({ request: { from, to, waypoints, via: [], avoid: [], listOnly: false, condition, ...NO_LIMITS, ...(rank && { rank }) }, chosenPath: 0, chosenGroup: 0, selected: null, arc: null });
  byId("panel").focus({ preventScroll: true });
  updateEndFields(); // now also the field that had the focus
  announce(byId("panel").querySelector(".answer")?.textContent ?? "");
}

/** Change the reader's request. @param {Partial<PathRequest>} patch */
const changeRequest = (patch) => state.request && changeState({ request: { ...state.request, ...patch }, chosenPath: 0, chosenGroup: 0, selected: null, arc: null });

/** Ask what a text asks. @param {string} text @returns {string} the problem, or "" */
function requestPathsByText(text) {
  const query = parseQuery(text);
  if (typeof query === "string") return query;
  const { kind, keys } = query;
  if (kind === "before" || kind === "after") {
    changeState({ relatives: { key: keys[0], kind, depth: 0 }, request: null, selected: keys[0], arc: null });
    return "";
  }
  if (keys.length < 2) return EXAMPLE;
  const [from, to] = [keys[0], keys[keys.length - 1]];
  const reversed = kind === "either" && !between(pageGraph(), from, to) && between(pageGraph(), to, from);
  requestPaths(reversed ? to : from, reversed ? from : to, keys.slice(1, -1));
  return "";
}

/** Ask what the two fields ask. @returns {string} the problem, or "" */
function requestPathsFromFields() {
  const fields = [inputById("from"), inputById("to")];
  const [from, to] = fields.map((input) => input.dataset.key);
  if (from && to) {
    requestPaths(from, to);
    return "";
  }
  const texts = fields.map((input) => input.value.trim());
  const filled = texts.filter(Boolean);
  if (filled.length === 1 && (hasArrow(filled[0]) || TO_WORD.test(filled[0]))) return requestPathsByText(filled[0]);
  const [pair] = filled.length === 1 && !from && !to ? pairsNamedBy(filled[0]) : [];
  if (pair) requestPaths(...pair);
  if (pair) return "";
  if (filled.length < 2) return filled.length ? ((from ?? to) ? "" : resolveName(filled[0]).problem) || "Name the other paper too." : EXAMPLE;
  const ends = fields.map((input, n) => (input.dataset.key ? { keys: [input.dataset.key] } : resolveName(texts[n])));
  const problems = ends.flatMap((end) => ("problem" in end && end.problem ? [end.problem] : []));
  if (problems.length) return problems.join(" ");
  requestPaths((ends[0].keys ?? [])[0], (ends[1].keys ?? [])[0]);
  return "";
}

/** Wait for the reader to choose a paper, and say what for; null: wait no longer. @param {typeof awaitedRole} role */
function awaitPaper(role) {
  awaitedRole = role;
  const prompts = {
    from: "Choose the paper where the paths begin",
    to: "Choose the paper that the paths lead to",
    via: "Choose a paper that the paths must pass",
    avoid: "Choose a paper that the paths must leave out",
  };
  byId("hint").hidden = role === null;
  if (role === null) return;
  byId("hint-text").textContent = `${prompts[role]}: click it, or find it.`;
  announce(`${prompts[role]}. Escape stops.`);
}

/** Use the paper that the page waited for. @param {string} key */
function useAwaitedPaper(key) {
  const role = awaitedRole;
  awaitPaper(null);
  if ((role === "via" || role === "avoid") && state.request) {
    const { from, to } = state.request;
    const via = state.request.via.filter((other) => other !== key);
    const avoid = state.request.avoid.filter((other) => other !== key);
    if (key === from || key === to) announce("The paths begin or end there.");
    else if (role === "via") changeRequest({ via: [...via, key].slice(-MOST_VIA), avoid });
    else changeRequest({ avoid: [...avoid, key], via });
    return;
  }
  if (role === "from" || role === "to") knownEnds[role] = key;
  if (knownEnds.from !== null && knownEnds.to !== null) requestPaths(knownEnds.from, knownEnds.to);
}

/** Begin a request with one end, and wait for the other. @param {string} key @param {"from" | "to"} end */
function startRequest(key, end) {
  knownEnds.from = knownEnds.to = null;
  knownEnds[end] = key;
  updateEndFields();
  awaitPaper(end === "from" ? "to" : "from");
}

/** Show the ends of the request in the two fields. */
function updateEndFields() {
  for (const end of /** @type {("from" | "to")[]} */ (["from", "to"])) {
    const key = awaitedRole === null && state.request ? state.request[end] : knownEnds[end];
    const input = inputById(end);
    if (key === null || document.activeElement === input) continue;
    input.value = numberedName(key);
    input.dataset.key = key;
  }
  updateClearButton();
}

/** Forget what the two fields name: another state has come. */
function clearEndFields() {
  knownEnds.from = knownEnds.to = null;
  for (const end of ["from", "to"]) {
    inputById(end).value = "";
    delete inputById(end).dataset.key;
  }
}

/** Show a problem with a request or an address, or with "" that there is none. @param {string} problem @returns {boolean} whether there is none */
function showProblem(problem) {
  byId("ask-fault").textContent = problem;
  byId("ask-fault").hidden = !problem;
  return !problem;
}

/** Use a paper that the reader chose in one of the two fields: for what the page waits for, as an end of the question, or, while the other end is open, to show it. @param {string} key @param {"from" | "to"} end */
function chooseInField(key, end) {
  const [input, other] = [inputById(end), inputById(end === "from" ? "to" : "from")];
  showProblem("");
  if (awaitedRole) {
    useAwaitedPaper(key);
    byId("panel").focus({ preventScroll: true });
    updateEndFields(); // now also the field that had the focus
    return;
  }
  input.value = numberedName(key);
  input.dataset.key = key;
  if (other.dataset.key) showProblem(requestPathsFromFields());
  else {
    if (!other.value.trim() && !state.request) selectPaper(key, { focusPanel: false });
    if (end === "from") other.focus();
  }
  updateClearButton();
}

/** A question can be cleared as soon as there is one. */
const updateClearButton = () => (byId("ask-clear").hidden = !state.request && !["from", "to"].some((end) => inputById(end).value));

/** Begin anew: without a question, and with empty fields. */
function clearQuestion() {
  awaitPaper(null);
  clearEndFields();
  showProblem("");
  changeState({ request: null, chosenPath: null, chosenGroup: 0, selected: null, arc: null });
  inputById("from").focus();
}

function setUpPathForm() {
  const requestByText = (/** @type {string} */ text) => showProblem(requestPathsByText(text));
  for (const end of /** @type {("from" | "to")[]} */ (["from", "to"])) {
    setUpSearchField(end, (key) => chooseInField(key, end), { keepText: true, requestByText });
    inputById(end).addEventListener("input", updateClearButton);
    inputById(end).addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.defaultPrevented) showProblem(requestPathsFromFields());
    });
  }
  byId("ask").addEventListener("submit", (event) => event.preventDefault());
  onClick("ask-go", () => showProblem(requestPathsFromFields()));
  onClick("ask-clear", clearQuestion);
  onClick("hint-stop", () => awaitPaper(null));
}
