// Tables of the papers that are visible, and of the paths that the reader asked for.

const ROWS_AT_ONCE = 400;

/** @type {{by: string, descending: boolean}} */
const tableOrder = { by: "Date", descending: false };

/** @typedef {{name: string, number?: boolean, cell: (key: string) => Node | string, value: (key: string) => string | number}} TableColumn `value` sorts */
/** @type {TableColumn[]} */
const PAPER_COLUMNS = [
  { name: "No.", number: true, cell: (key) => papers[key].numbers.join(", "), value: (key) => papers[key].numbers[0] ?? Infinity },
  { name: "Paper", cell: (key) => paperButton(key), value: (key) => foldText(papers[key].name) },
  { name: "Authors", cell: (key) => bdi(authorsOf(key, 3)), value: (key) => foldText(papers[key].authors[0] ?? "\uffff") },
  { name: "Date", cell: (key) => papers[key].date ?? "undated", value: (key) => papers[key].date ?? "9999-99" },
  { name: laneHeading, cell: (key) => bdi(mainThemeOf(key)), value: (key) => lanes.findIndex((lane) => lane.theme === papers[key].lane) },
  { name: "Role", cell: (key) => papers[key].role, value: (key) => papers[key].role },
  { name: "Cites", number: true, cell: (key) => String(citesOf(key).length), value: (key) => citesOf(key).length },
  { name: "Cited by", number: true, cell: (key) => String(citedByOf(key).length), value: (key) => citedByOf(key).length },
];

/** Those, and the chosen measure of the corpus. */
function tableColumns() {
  const measure = corpusMeasures.find(({ id }) => id === state.size);
  if (!measure) return PAPER_COLUMNS;
  const cell = (/** @type {string} */ key) => {
    const value = measure.of(key);
    return value === null ? "unknown" : formatValue(value);
  };
  return [...PAPER_COLUMNS, { name: measure.label, number: true, cell, value: (/** @type {string} */ key) => measure.of(key) ?? -Infinity }];
}
let rowsShown = ROWS_AT_ONCE;
let paperTableContent = "";

/** Fill the tables that are open. */
function updateTables() {
  const drawn = `The ${counted(spots.length, "paper", "papers")}${facts.drawn < keys.length ? " of the picture" : ""} as a table`;
  byId("papers-summary").textContent = isFiltered ? `The ${formatCount(visiblePapers.size)} papers that are shown, as a table` : drawn;
  const content = [visibilityVersion, state.size, tableOrder.by, tableOrder.descending, rowsShown].join();
  if (/** @type {HTMLDetailsElement} */ (byId("papers")).open && content !== paperTableContent) {
    paperTableContent = content;
    fillPaperTable();
  }
  const pathDetails = /** @type {HTMLDetailsElement} */ (byId("paths-table"));
  pathDetails.hidden = state.request === null || !foundPaths().length;
  if (pathDetails.open && !pathDetails.hidden) fillPathTable();
}

function fillPaperTable() {
  const columns = tableColumns();
  const sortedBy = columns.find(({ name }) => name === tableOrder.by) ?? columns[3];
  const keys = visibleInOrder();
  const values = new Map(keys.map((key) => [key, sortedBy.value(key)]));
  keys.sort((a, b) => {
    const [valueA, valueB] = [values.get(a) ?? "", values.get(b) ?? ""];
    return (valueA < valueB ? -1 : valueA > valueB ? 1 : 0) * (tableOrder.descending ? -1 : 1);
  });
  const head = columns.map(({ name, number }) => {
    const isSorted = name === sortedBy.name;
    const sortButton = button(name, () => {
      Object.assign(tableOrder, { by: name, descending: isSorted && !tableOrder.descending });
      updateTables();
      /** @type {HTMLElement | null} */ (byId("list").querySelector(`[data-sort="${name}"]`))?.focus();
    }, { "data-sort": name });
    return element("th", { scope: "col", ...(number && { class: "number" }), "aria-sort": isSorted ? (tableOrder.descending ? "descending" : "ascending") : "none" }, sortButton);
  });
  const rows = keys.slice(0, rowsShown).map((key) => element("tr", {}, ...columns.map(({ cell, number }) => element("td", number ? { class: "number" } : {}, cell(key)))));
  const more = button(`Show ${formatCount(Math.min(ROWS_AT_ONCE, keys.length - rowsShown))} more rows`, () => {
    rowsShown += ROWS_AT_ONCE;
    updateTables();
  });
  byId("list").replaceChildren(tableOf(describeVisibility(), head, rows), ...(keys.length > rowsShown ? [more] : []));
}

function fillPathTable() {
  const isGrouped = Boolean(pathResults.answer?.grouped);
  const isNumber = (/** @type {number} */ column) => column - Number(isGrouped) === 0 || column - Number(isGrouped) === 1;
  const listed = pathResults.groups.flatMap(({ verdict, paths, listed: most }) => paths.slice(0, most).map((path, n) => ({ verdict, path, n })));
  const rows = listed.flatMap(({ verdict, path, n }) =>
    path.slice(1).map((citing, hop) => {
      const cited = path[hop];
      const arc = arcBetween(cited, citing);
      const cells = [
        ...(isGrouped ? [verdictName(verdict)] : []),
        ...[String(n + 1), String(hop + 1)],
        ...[paperButton(cited), papers[cited].date ?? "undated", paperButton(citing), papers[citing].date ?? "undated"],
        ...[bdi(mainThemeOf(citing)), bdi(arc ? assertedBy(arc) : "")],
      ];
      return element("tr", {}, ...cells.map((cell, column) => element("td", isNumber(column) ? { class: "number" } : {}, cell)));
    }),
  );
  const names = [...(isGrouped ? ["Meets it"] : []), "Path", "Hop", "Cited", "Date", "Citing", "Date", laneHeading, "Evidence"];
  const head = names.map((name, n) => element("th", { scope: "col", ...(isNumber(n) && { class: "number" }) }, name));
  byId("paths-list").replaceChildren(tableOf("The paths that are listed, a row a hop", head, rows));
}

/** @param {string} caption for screen readers @param {HTMLElement[]} head @param {HTMLElement[]} rows */
const tableOf = (caption, head, rows) =>
  element("table", {}, element("caption", { class: "unseen" }, caption), element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));

function setUpTables() {
  for (const id of ["papers", "paths-table"]) byId(id).addEventListener("toggle", updateTables);
}
