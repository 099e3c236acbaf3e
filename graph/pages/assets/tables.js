// The papers that are shown, and the paths that are asked for, as tables.

const ROWS = 400;

/** @type {{by: string, down: boolean}} */
const sorting = { by: "Date", down: false };

/** @typedef {{name: string, number?: boolean, cell: (key: string) => Node | string, value: (key: string) => string | number}} TableColumn */
/** @type {TableColumn[]} */
const PAPER_TABLE = [
  { name: "No.", number: true, cell: (key) => papers[key].numbers.join(", "), value: (key) => papers[key].numbers[0] ?? Infinity },
  { name: "Paper", cell: (key) => paperButton(key), value: (key) => fold(papers[key].name) },
  { name: "Authors", cell: (key) => bdi(authorsOf(key, 3)), value: (key) => fold(papers[key].authors[0] ?? "\uffff") },
  { name: "Date", cell: (key) => papers[key].date ?? "undated", value: (key) => papers[key].date ?? "9999-99" },
  { name: "Theme", cell: (key) => bdi(mainThemeOf(key)), value: (key) => lanes.findIndex((lane) => lane.theme === papers[key].lane) },
  { name: "Role", cell: (key) => papers[key].role, value: (key) => papers[key].role },
  { name: "Cites", number: true, cell: (key) => String(citesOf(key).length), value: (key) => citesOf(key).length },
  { name: "Cited by", number: true, cell: (key) => String(citedByOf(key).length), value: (key) => citedByOf(key).length },
];

/** Those, and the measure that marks grow with. */
function tableColumns() {
  const one = measures.find(({ id }) => id === state.size);
  if (!one) return PAPER_TABLE;
  const cell = (/** @type {string} */ key) => {
    const value = one.of(key);
    return value === null ? "unknown" : readable(value);
  };
  return [...PAPER_TABLE, { name: one.label, number: true, cell, value: (/** @type {string} */ key) => one.of(key) ?? -Infinity }];
}
let rowsShown = ROWS;
let tableShows = "";

/** Fill the tables that are open. */
function fillTables() {
  const details = /** @type {HTMLDetailsElement} */ (byId("papers"));
  byId("papers-summary").textContent = isFiltered ? `The ${grouped(shown.size)} papers that are shown, as a table` : `The ${counted(spots.length, "paper", "papers")}${facts.drawn < keys.length ? " of the picture" : ""} as a table`;
  const what = [shownVersion, state.size, sorting.by, sorting.down, rowsShown].join();
  if (details.open && what !== tableShows) {
    tableShows = what;
    paperTable();
  }
  const paths = /** @type {HTMLDetailsElement} */ (byId("paths-table"));
  paths.hidden = state.ask === null || !asked_.paths.length;
  if (paths.open && !paths.hidden) pathTable();
}

function paperTable() {
  const columns = tableColumns();
  const column = columns.find(({ name }) => name === sorting.by) ?? columns[3];
  const keys = shownInOrder();
  const values = new Map(keys.map((key) => [key, column.value(key)]));
  const order = (/** @type {string} */ a, /** @type {string} */ b) => {
    const [one, other] = [values.get(a) ?? "", values.get(b) ?? ""];
    return (one < other ? -1 : one > other ? 1 : 0) * (sorting.down ? -1 : 1);
  };
  keys.sort(order);
  const head = columns.map(({ name, number }) => {
    const sorted = name === column.name;
    const sort = button(name, () => {
      Object.assign(sorting, { by: name, down: sorted ? !sorting.down : false });
      fillTables();
      /** @type {HTMLElement | null} */ (byId("list").querySelector(`[data-sort="${name}"]`))?.focus();
    }, { "data-sort": name });
    return element("th", { scope: "col", ...(number && { class: "number" }), "aria-sort": sorted ? (sorting.down ? "descending" : "ascending") : "none" }, sort);
  });
  const rows = keys.slice(0, rowsShown).map((key) => element("tr", {}, ...columns.map(({ cell, number }) => element("td", number ? { class: "number" } : {}, cell(key)))));
  const table = element("table", {}, element("caption", { class: "unseen" }, shownInWords()), element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows));
  const more = button(`Show ${grouped(Math.min(ROWS, keys.length - rowsShown))} more rows`, () => {
    rowsShown += ROWS;
    fillTables();
  });
  byId("list").replaceChildren(table, ...(keys.length > rowsShown ? [more] : []));
}

function pathTable() {
  const rows = asked_.paths.slice(0, asked_.listed).flatMap((path, n) =>
    path.slice(1).map((key, at) => {
      const arc = arcBetween(path[at], key);
      const cells = [String(n + 1), String(at + 1), paperButton(path[at]), papers[path[at]].date ?? "undated", paperButton(key), papers[key].date ?? "undated", bdi(mainThemeOf(key)), bdi(arc ? assertedBy(arc) : "")];
      return element("tr", {}, ...cells.map((cell, column) => element("td", column < 2 ? { class: "number" } : {}, cell)));
    }),
  );
  const names = ["Path", "Hop", "Cited", "Date", "Citing", "Date", "Theme", "Evidence"];
  const head = names.map((name, n) => element("th", { scope: "col", ...(n < 2 && { class: "number" }) }, name));
  byId("paths-list").replaceChildren(element("table", {}, element("caption", { class: "unseen" }, "The paths that are listed, a row a hop"), element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows)));
}

function setUpTables() {
  for (const id of ["papers", "paths-table"]) byId(id).addEventListener("toggle", fillTables);
}
