// The paths that the reader asked for, in the panel: how many there are, which, and who asserts their citations; or why there is none.

/** @returns {HTMLElement[]} */
function pathsDetails() {
  const request = /** @type {PathRequest} */ (state.request);
  const asked = /** @type {PathRequest} */ (pathResults.asked);
  const answer = /** @type {PathAnswer} */ (pathResults.answer);
  const { from, waypoints, to } = request;
  const head = element("h2", { id: "panel-title" }, bdi(papers[from].name), " → ", ...waypoints.flatMap((key) => [bdi(papers[key].name), " → "]), bdi(papers[to].name));
  const role = element("p", { class: "role" }, "How the idea travelled: every paper is cited by the next");
  const said = leftOutSentence();
  const leftOut = said ? [element("p", { class: "role", id: "left-out" }, said)] : [];
  const [all] = pathResults.groups;
  if (!answer.grouped && answer.total === 0n) return [role, head, ...noPathDetails(asked, answer), ...leftOut, pathConditions(request, false)];
  const lists = answer.grouped ? groupSections(answer.grouped) : [pathList(all, 0), ...morePathsLine(all, 0)];
  const travelled = mostTravelledSection(request, answer);
  const sentence = element("p", { class: "answer" }, answerSentence(request, answer));
  const body = state.chosenPath === null ? [...travelled, ...lists] : [...lists, ...travelled];
  const strip = pathsOfStrip().length ? [pathStrip()] : [];
  return [role, head, sentence, ...leftOut, ...furtherPathsLine(asked, answer.total), ...strip, highlightControls(request), ...body, trailSection(request), pathConditions(request, true), pathCopyActions()];
}

/** That marks of the reader leave papers out, in a sentence; "" where they leave out none. */
function leftOutSentence() {
  const asked = (pathResults.asked?.avoid ?? []).filter((key) => !state.request?.avoid.includes(key));
  const kinds = state.leaveOut.filter((kind) => asked.some((key) => state.marks[kind].includes(key)));
  const words = kinds.map((kind) => (kind === "own" ? "own" : "have read")).join(" or ");
  return asked.length ? `Paths through ${counted(asked.length, "paper", "papers")} that you ${words} are left out.` : "";
}

/** The answer in a sentence. @param {PathRequest} request @param {PathAnswer} answer */
function answerSentence(request, answer) {
  const direct = arcBetween(request.from, request.to) ? "A direct citation" : "No direct citation";
  const many = answer.total === null ? "more paths than can be counted" : counted(answer.total, "path", "paths");
  const otherwise = [...request.waypoints, ...request.via].every((key) => papers[key].numbers.length) ? "" : "otherwise ";
  const within = request.listOnly ? ` ${otherwise}within the list` : answer.inList === null ? "" : `, ${howMany(answer.total, answer.inList)}${otherwise}within the list`;
  const limits = describeLimits(request);
  return `${direct}; ${many}${within}${limits && ` (${limits})`}.`;
}

/** How many of all paths keep to something, before the words for that. @param {bigint | null} total @param {bigint} some */
function howMany(total, some) {
  if (total === 1n) return some ? "" : "not ";
  if (!some) return "none of them ";
  return some === total ? "all " : `${formatCount(some)} of them `;
}

/** Highlight all paths, or one; and in which order they come. @param {PathRequest} request */
function highlightControls(request) {
  const { chosenPath } = state;
  const choose = (/** @type {boolean} */ isOne) => {
    if (!isOne) changeState({ chosenPath: null, chosenGroup: 0 });
    else if (chosenPath === null) changeState(firstPathOf(pathResults.groups));
    byId(isOne ? "light-one" : "light-all").focus();
  };
  const isAllHighlighted = highlightedGroups().every(({ done }) => done);
  return element(
    "div",
    { class: "segments", role: "group", "aria-label": "Which paths are highlighted" },
    button("One path", () => choose(true), { id: "light-one", "aria-pressed": String(chosenPath !== null) }),
    button(someMeetCondition() ? "All that meet it" : "All paths", () => choose(false), { id: "light-all", "aria-pressed": String(chosenPath === null) }),
    orderControl(request),
    element("span", { class: "role" }, chosenPath !== null || isAllHighlighted ? "" : `${highlightedGroups().length > 1 ? "" : "The first "}${formatCount(highlightedPaths().length)}${highlightedGroups().length > 1 ? " of them" : ""} are highlighted`),
  );
}

/** The listed paths of a group. @param {FoundPaths} group @param {number} position of the group */
function pathList({ paths, listed }, position) {
  const items = paths.slice(0, listed).map((path, n) => {
    const between = path.slice(1, -1);
    const names = between.map((key) => papers[key].name);
    const isOpen = state.chosenPath === n && state.chosenGroup === position;
    const where = !between.length ? "" : between.every((key) => papers[key].numbers.length) ? ", within the list" : ", with bridges";
    const retracted = path.some((key) => papers[key].retraction?.startsWith("RETRACTED")) ? ", with a retracted paper" : "";
    const head = button(
      element("span", {}, element("strong", {}, `${counted(path.length - 1, "hop", "hops")}${where}${retracted}`), " ", bdi(names.length ? `by ${names.join(" → ")}` : "direct")),
      () => {
        changeState({ chosenPath: isOpen ? null : n, chosenGroup: isOpen ? 0 : position });
        focusPath(position, n);
      },
      { "aria-expanded": String(isOpen), "data-group": String(position), "data-path": String(n), class: "path" },
    );
    previewOnPointing(head, path);
    return element("li", {}, head, ...(isOpen ? [hopList(path)] : []));
  });
  return element("ol", { class: "paths" }, ...items);
}

/** Light a path while the mouse or the focus is on its row. @param {HTMLElement} row @param {string[]} path */
function previewOnPointing(row, path) {
  for (const event of ["pointerenter", "focus"]) row.addEventListener(event, () => previewPath(path));
  for (const event of ["pointerleave", "blur"]) row.addEventListener(event, () => previewPath(null));
}

/** Each paper of a path with its date and theme, who asserts that it cites the one before, and why it does. @param {string[]} path */
function hopList(path) {
  const rows = path.map((key, n) => {
    const arc = n ? arcBetween(path[n - 1], key) : undefined;
    const dateAndTheme = element("small", {}, `${papers[key].date ?? "undated"} · `, bdi(mainThemeOf(key)));
    if (!arc) return element("li", {}, paperButton(key), dateAndTheme);
    const note = arc.backwards ? " The cited paper is dated later." : "";
    const why = button("why", () => changeState({ arc: `${arc.from}:${arc.to}` }), { class: "link why", "aria-label": `why: who asserts that ${papers[key].name} cites ${papers[arc.from].name}` });
    return element("li", {}, paperButton(key), " ", why, dateAndTheme, element("small", {}, `cites ${papers[arc.from].name}, `, bdi(assertedBy(arc)), note), ...hopReason(arc));
  });
  return element("ol", { class: "hops" }, ...rows);
}

/** @param {number} group @param {number} n */
const focusPath = (group, n) => /** @type {HTMLElement | null} */ (byId("panel").querySelector(`[data-group="${group}"][data-path="${n}"]`))?.focus();

/** What is known of the paths behind those that are listed. @type {Record<Rank, string>} */
const ORDER_OF_THE_REST = {
  shortest: ", no shorter than the last",
  longest: ", no longer than the last",
  strongest: ", with no better evidence than the last",
  main: ", along less travelled citations",
  diverse: "",
};

/** How many paths of a group are not listed yet, with a button that lists some of them. @param {FoundPaths} group @param {number} position of the group */
function morePathsLine(group, position) {
  const listed = Math.min(group.listed, group.paths.length);
  const remaining = group.total === null ? null : group.total - BigInt(listed);
  const isEveryFoundListed = group.done && listed === group.paths.length;
  if (remaining === 0n) return [];
  if (remaining === null && isEveryFoundListed) return listed ? [] : [element("p", { class: "more" }, "Citations run in too many circles here to say which paths are the longest.")];
  if (isEveryFoundListed) return [element("p", { class: "more" }, `${listed ? `${formatCount(remaining ?? 0)} more are not` : "None of them is"} among the first ${formatCount(MOST_TRIED)} paths in this order.`)];
  const showMore = () => {
    group.listed += PATHS_AT_ONCE;
    if (group.listed > group.paths.length) takePaths(group, PATHS_AT_ONCE);
    updatePage();
    focusPath(position, listed);
  };
  const more = button(`Show ${PATHS_AT_ONCE} more`, showMore, { id: position ? `more-paths-${position}` : "more-paths" });
  return [element("p", { class: "more" }, `${remaining === null ? "More" : `${formatCount(remaining)} more`}${ORDER_OF_THE_REST[state.request?.rank ?? "shortest"]}. `, more)];
}

/** What relates two papers that no path joins, and what could hide a path. @param {PathRequest} request @param {PathAnswer} answer */
function noPathDetails(request, answer) {
  if (request.from === request.to) return [element("p", { class: "answer" }, "One and the same paper.")];
  const { reverse, ancestors, descendants, undirected, hiddenBy } = answer.noPath();
  const [start, end] = [papers[request.from].name, papers[request.to].name];
  const withinList = request.listOnly ? " within the list" : "";
  const isConditional = request.via.length + request.avoid.length + request.waypoints.length > 0 || hasLimits(request);
  const limits = describeLimits(request);
  const content = [element("p", { class: "answer" }, `No path from ${start} to ${end}${withinList}${isConditional ? " that keeps to the conditions" : ""}${limits && ` (${limits})`} on this page.`)];
  /** @param {...(Node | string)} parts */
  const say = (...parts) => content.push(element("p", {}, ...parts));
  if (request.listOnly) say("Papers outside the list may lie on the way.");
  content.push(...furtherPathsLine(request, 0n));
  say(...otherDirection(request, reverse));
  const where = hasOutside ? " on this page" : "";
  if (ancestors.length) say(`Nearest common ancestors${where}, from which both descend: `, firstPapers(ancestors), ".");
  if (descendants.length) say(`Nearest common descendants${where}, which build on both: `, firstPapers(descendants), ".");
  if (undirected.length && !reverse) say(`The shortest chain of citations${where} whichever way they point, which is no lineage: ${undirected.map((key) => papers[key].name).join(" – ")}.`);
  return [...content, ...whatAbsenceProves(request, hiddenBy)];
}

/** Whether paths lead the other way. @param {PathRequest} request @param {bigint | null} onPage how many of them the page has @returns {(Node | string)[]} */
function otherDirection(request, onPage) {
  const [start, end] = [papers[request.from].name, papers[request.to].name];
  const back = { ...request, from: request.to, to: request.from };
  const isWhole = hasAllPaths(back);
  const total = hasConditions(request) ? undefined : totalInCorpus(back.from, back.to, onPage);
  if (onPage === 0n && (total === undefined || total === 0n)) {
    return [isWhole ? `Nor is there one in the other direction, from ${end} to ${start}.` : `Nor does this page have one in the other direction, from ${end} to ${start}.`];
  }
  const here = onPage === null ? "" : `, ${counted(onPage, "path", "paths")}${isWhole ? "" : " on this page"}`;
  const everywhere = isWhole || total === undefined ? "" : total === null ? ", too many to count in the corpus" : `, ${formatCount(total)} in the corpus`;
  return ["The other direction exists: ", button(bdi(`${end} → ${start}`), () => requestPaths(back.from, back.to), { class: "link", id: "other-direction" }), `${here}${everywhere}.`];
}

/** Buttons that copy the paths that are lit and listed, or their papers as a bibliography. */
function pathCopyActions() {
  const papersOfPaths = () => [...new Set(highlightedPaths(true).flat())].sort(byDate);
  const bibliographies = citationButtons(papersOfPaths).slice(0, 3); // Markdown has the paths
  return element("div", { class: "actions" }, copyActions(copyButton("Copy as Markdown", pathsAsMarkdown), ...bibliographies, copyButton("Copy a link", () => location.href)));
}
