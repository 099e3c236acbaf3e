// The paths that the reader asked for, in the panel: how many there are, which, and who asserts their citations; or why there is none.

/** @returns {HTMLElement[]} */
function pathsDetails() {
  const request = /** @type {PathRequest} */ (state.request);
  const answer = /** @type {PathAnswer} */ (pathResults.answer);
  const { from, waypoints, to } = request;
  const head = element("h2", { id: "panel-title" }, bdi(papers[from].name), " → ", ...waypoints.flatMap((key) => [bdi(papers[key].name), " → "]), bdi(papers[to].name));
  const role = element("p", { class: "role" }, "How the idea travelled: every paper is cited by the next");
  const controls = constraintControls(request);
  if (!pathResults.paths.length) return [role, head, ...noPathDetails(request, answer), controls];
  return [role, head, element("p", { class: "answer" }, answerSentence(request, answer)), ...furtherPathsLine(request, answer.total), controls, highlightControls(), pathList(), ...morePathsLine(answer), pathCopyActions()];
}

/** The answer in a sentence. @param {PathRequest} request @param {PathAnswer} answer */
function answerSentence(request, answer) {
  const direct = arcBetween(request.from, request.to) ? "A direct citation" : "No direct citation";
  const many = answer.total === null ? "more paths than can be counted" : counted(answer.total, "path", "paths");
  const within = request.listOnly ? " within the list" : answer.inList === null ? "" : `, ${answer.inList ? formatCount(answer.inList) : "none"} of them within the list`;
  return `${direct}; ${many}${within}.`;
}

/** Controls for the conditions of a request: only the list, via, without. @param {PathRequest} request */
function constraintControls(request) {
  const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: "list-only" }));
  box.checked = request.listOnly;
  box.addEventListener("change", () => {
    changeRequest({ listOnly: box.checked });
    byId("list-only").focus();
  });
  const chips = (/** @type {"via" | "avoid"} */ condition, /** @type {string} */ word) =>
    request[condition].map((key) => {
      const remove = () => changeRequest({ [condition]: request[condition].filter((other) => other !== key) });
      return element("span", { class: "chip" }, `${word} `, bdi(papers[key].name), button("×", remove, { "aria-label": `No longer ${word} ${papers[key].name}` }));
    });
  return element(
    "div",
    { class: "conditions" },
    element("label", {}, box, " Only papers of the list between"),
    element(
      "div",
      { role: "group", "aria-label": "Conditions" },
      ...chips("via", "via"),
      ...chips("avoid", "without"),
      button("Via…", () => awaitPaper("via"), { title: "Then click a paper that the paths must pass" }),
      button("Without…", () => awaitPaper("avoid"), { title: "Then click a paper that the paths must leave out" }),
    ),
  );
}

/** Highlight all paths, or one. */
function highlightControls() {
  const { chosenPath } = state;
  const choose = (/** @type {number | null} */ n) => {
    changeState({ chosenPath: n });
    byId(n === null ? "light-all" : "light-one").focus();
  };
  return element(
    "div",
    { class: "segments", role: "group", "aria-label": "Which paths are highlighted" },
    button("All paths", () => choose(null), { id: "light-all", "aria-pressed": String(chosenPath === null) }),
    button("One path", () => choose(chosenPath ?? 0), { id: "light-one", "aria-pressed": String(chosenPath !== null) }),
    element("span", { class: "role" }, chosenPath !== null ? `Path ${chosenPath + 1}` : pathResults.done ? "" : `The first ${formatCount(pathResults.paths.length)} are highlighted`),
  );
}

function pathList() {
  const items = pathResults.paths.slice(0, pathResults.listed).map((path, n) => {
    const between = path.slice(1, -1);
    const names = between.map((key) => papers[key].name);
    const isOpen = state.chosenPath === n;
    const where = !between.length ? "" : between.every((key) => papers[key].numbers.length) ? ", within the list" : ", with bridges";
    const head = button(
      element("span", {}, element("strong", {}, `${counted(path.length - 1, "hop", "hops")}${where}`), " ", bdi(names.length ? `by ${names.join(" → ")}` : "direct")),
      () => {
        changeState({ chosenPath: isOpen ? null : n });
        /** @type {HTMLElement | null} */ (byId("panel").querySelector(`[data-path="${n}"]`))?.focus();
      },
      { "aria-expanded": String(isOpen), "data-path": String(n), class: "path" },
    );
    return element("li", {}, head, ...(isOpen ? [hopList(path)] : []));
  });
  return element("ol", { class: "paths" }, ...items);
}

/** Each paper of a path with its date and theme, who asserts that it cites the one before, and why it does. @param {string[]} path */
function hopList(path) {
  const rows = path.map((key, n) => {
    const arc = n ? arcBetween(path[n - 1], key) : undefined;
    const dateAndTheme = element("small", {}, `${papers[key].date ?? "undated"} · `, bdi(mainThemeOf(key)));
    if (!arc) return element("li", {}, paperButton(key), dateAndTheme);
    const note = arc.backwards ? " The cited paper is dated later." : "";
    const why = button("why", () => changeState({ arc: `${arc.from}:${arc.to}` }), { class: "link why", "aria-label": `why: who asserts that ${papers[key].name} cites ${papers[arc.from].name}` });
    return element("li", {}, paperButton(key), " ", why, dateAndTheme, element("small", {}, `cites ${papers[arc.from].name}, `, bdi(assertedBy(arc)), note), ...whyLine(arc));
  });
  return element("ol", { class: "hops" }, ...rows);
}

/** How many paths are not listed yet, with a button that lists some of them. @param {PathAnswer} answer */
function morePathsLine(answer) {
  const listed = Math.min(pathResults.listed, pathResults.paths.length);
  if (pathResults.done && listed === pathResults.paths.length) return [];
  const remaining = answer.total === null ? "More" : `${formatCount(answer.total - BigInt(listed))} more`;
  const showMore = () => {
    pathResults.listed += PATHS_AT_ONCE;
    if (pathResults.listed > pathResults.paths.length) takePaths(PATHS_AT_ONCE);
    updatePage();
    /** @type {HTMLElement | null} */ (byId("panel").querySelector(`[data-path="${listed}"]`))?.focus();
  };
  return [element("p", { class: "more" }, `${remaining}, no shorter than the last. `, button(`Show ${PATHS_AT_ONCE} more`, showMore, { id: "more-paths" }))];
}

/** What relates two papers that no path joins, and what could hide a path. @param {PathRequest} request @param {PathAnswer} answer */
function noPathDetails(request, answer) {
  if (request.from === request.to) return [element("p", { class: "answer" }, "One and the same paper.")];
  const { reverse, ancestors, descendants, undirected, hiddenBy } = answer.noPath();
  const [start, end] = [papers[request.from].name, papers[request.to].name];
  const withinList = request.listOnly ? " within the list" : "";
  const isConditional = request.via.length + request.avoid.length + request.waypoints.length > 0;
  const content = [element("p", { class: "answer" }, `No path from ${start} to ${end}${withinList}${isConditional ? " that keeps to the conditions" : ""} on this page.`)];
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

/** Buttons that copy the listed paths. */
function pathCopyActions() {
  const asMarkdown = copyButton("Copy as Markdown", () => pathsAsMarkdown(pathResults.paths.slice(0, pathResults.listed)));
  const link = copyButton("Copy a link", () => location.href);
  return element("div", { class: "actions" }, element("div", { role: "group", "aria-label": "Copy" }, asMarkdown, link), copiedTextBox());
}
