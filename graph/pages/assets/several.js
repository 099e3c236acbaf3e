// Several papers at once: what they share, what connects them, and what one does with all of them.

const MOST_SEVERAL = 200; // papers that are selected together
const MOST_CONNECTED = 12; // of more, pairs are not connected one by one: there would be too many to read
const MOST_SHARED = 10;

/** Whether the panel and the picture are about several papers. */
const isAboutSeveral = () => state.several.length > 1 && state.selected === null && state.arc === null;

/** Select some papers together; one alone opens its details. @param {string[]} some */
function selectSeveral(some) {
  const several = [...new Set(some)].slice(0, MOST_SEVERAL);
  if (several.length === 1) return selectPaper(several[0], { focusPanel: false });
  changeState({ several, selected: null, arc: null });
  const left = some.length > MOST_SEVERAL ? `: the first ${MOST_SEVERAL} of ${formatCount(some.length)}` : "";
  announce(`${counted(several.length, "paper is", "papers are")} selected${left}`);
  if (left) notify(`Selected${left}`);
}

/** Take a paper to those that are selected, or away from them. @param {string} key */
function toggleSeveral(key) {
  const selected = state.several.length ? state.several : state.selected !== null ? [state.selected] : [];
  selectSeveral(selected.includes(key) ? selected.filter((other) => other !== key) : [...selected, key]);
}

/** The first of the shortest paths from one paper to another on this page; empty when there is none. @param {string} from @param {string} to */
const shortestPathBetween = (from, to) => shortestWalk(pageGraph(), from, to);

/** The shortest path of every two papers that a path joins, the older one first. @param {string[]} several */
function connectionsOf(several) {
  const inTime = [...several].sort(byDate);
  return inTime.flatMap((one, n) => inTime.slice(n + 1).flatMap((other) => {
    const path = shortestPathBetween(one, other);
    const found = path.length ? path : shortestPathBetween(other, one);
    return found.length ? [found] : [];
  }));
}

/** Those papers that at least two of several have as a neighbour, with how many have it, the most first. @param {string[]} several @param {(key: string) => string[]} neighbours @returns {[string, number][]} */
function sharedBy(several, neighbours) {
  return [...tally(several.flatMap((key) => [...new Set(neighbours(key))]))].filter(([, count]) => count > 1).sort(([a, n], [b, m]) => m - n || byListOrder(a, b));
}

/** Light several papers and what connects them; of many, the citations among them. */
function lightSeveral() {
  const { several } = state;
  const paths = several.length <= MOST_CONNECTED ? connectionsOf(several) : [];
  highlightedPapers = new Set([...several, ...paths.flat()]);
  const among = new Set(several);
  const amongThem = several.flatMap((key) => citesOf(key).filter((arc) => among.has(arc.from)));
  highlightedArcs = [...new Set([...arcsOfPaths(paths), ...amongThem])].filter(isArcVisible);
}

/** The details of several papers. @returns {HTMLElement[]} */
function severalDetails() {
  const { several } = state;
  return [
    element("h2", { id: "panel-title" }, counted(several.length, "paper", "papers")),
    element("ul", { class: "arcs" }, ...several.map(severalItem)),
    severalActions(several),
    ...connectionList(several),
    ...sharedList("They cite", several, referencesOf),
    ...sharedList("They are cited by", several, citersOf),
    ...otherShared(several),
  ];
}

/** @param {string} key */
function severalItem(key) {
  return element("li", {}, paperButton(key), " ", button("×", () => toggleSeveral(key), { class: "link why", "aria-label": `No longer select ${numberedName(key)}` }), element("small", {}, `${yearOf(key)} · `, bdi(authorsOf(key, 2))));
}

/** @param {string[]} several */
function severalActions(several) {
  const [older, newer] = [...several].sort(byDate);
  const isReversed = !shortestPathBetween(older, newer).length && shortestPathBetween(newer, older).length > 0;
  const askForPaths = () => (isReversed ? requestPaths(newer, older) : requestPaths(older, newer));
  const ask = several.length === 2 ? [button("Paths between them", askForPaths)] : [];
  return element(
    "div",
    { class: "actions" },
    element("div", { role: "group", "aria-label": "Marks" }, ...MARK_KINDS.map((kind) => button(MARK_WORDS[kind].name, () => toggleMark(kind, several))), ...ask),
    copyActions(...citationButtons(() => several)),
  );
}

/** What connects several papers. @param {string[]} several @returns {HTMLElement[]} */
function connectionList(several) {
  if (several.length > MOST_CONNECTED) return [element("h3", {}, "What connects them"), element("p", { class: "role" }, `Select at most ${MOST_CONNECTED} papers to see the shortest path of every two.`)];
  const paths = connectionsOf(several);
  const pairs = (several.length * (several.length - 1)) / 2;
  const item = (/** @type {string[]} */ path) => {
    const [from, to] = [path[0], path.at(-1) ?? ""];
    const between = path.slice(1, -1).map((key) => papers[key].name);
    const names = element("span", {}, bdi(papers[from].name), " → ", bdi(papers[to].name));
    return element("li", {}, button(names, () => requestPaths(from, to), { class: "link" }), element("small", {}, bdi(between.length ? `${counted(path.length - 1, "hop", "hops")}, by ${between.join(" → ")}` : "a direct citation")));
  };
  const none = pairs - paths.length;
  return [
    element("h3", {}, "What connects them: the shortest paths"),
    ...(paths.length ? [element("ul", { class: "arcs" }, ...paths.map(item))] : []),
    ...(none ? [element("p", { class: "role" }, `${counted(none, "pair has", "pairs have")} no path on this page, in either direction.`)] : []),
  ];
}

/** The neighbours that at least two of several papers share. @param {string} title @param {string[]} several @param {(key: string) => string[]} neighbours @returns {HTMLElement[]} */
function sharedList(title, several, neighbours) {
  const shared = sharedBy(several, neighbours);
  const everyone = several.length === 2 ? "both" : `all ${several.length}`;
  const items = shared.slice(0, MOST_SHARED).map(([key, count]) => element("li", {}, paperButton(key), element("small", {}, `${yearOf(key)} · ${count === several.length ? everyone : `${count} of ${several.length}`}`)));
  if (shared.length > MOST_SHARED) items.push(element("li", { class: "role" }, `and ${formatCount(shared.length - MOST_SHARED)} more`));
  return [element("h3", {}, `${title}, at least two of them: ${counted(shared.length, "paper", "papers")}`), ...(items.length ? [element("ul", { class: "arcs" }, ...items)] : [])];
}

/** Authors, venues and themes that at least two of several papers share. @param {string[]} several @returns {HTMLElement[]} */
function otherShared(several) {
  const rows = /** @type {[string, (key: string) => string[]][]} */ ([
    ["Authors", (key) => papers[key].authors],
    ["Venues", (key) => (papers[key].venue === null ? [] : [papers[key].venue ?? ""])],
    ...(isByTheme ? [["Themes", (/** @type {string} */ key) => papers[key].themes.map((id) => themes[id])]] : []),
  ]);
  const list = element("dl");
  for (const [name, namesOf] of rows) {
    const counts = tally(several.flatMap((key) => [...new Set(namesOf(key))]));
    const shared = [...counts].filter(([, count]) => count > 1).sort(([, n], [, m]) => m - n).slice(0, MOST_SHARED);
    if (shared.length) list.append(element("dt", {}, name), element("dd", {}, listOf(shared.map(([each, count]) => element("span", {}, bdi(each), ` ${count} of ${several.length}`)))));
  }
  return list.children.length ? [element("h3", {}, "In common, as far as is known"), list] : [];
}
