// What is shown as GraphML and as CSV, with the columns of graph/exports/: a test holds them together.

/** @typedef {string | number | boolean | null | undefined} Cell */
/** @typedef {[string, "string" | "long" | "int" | "double" | "boolean", (key: string) => Cell][]} NodeColumns */
/** @typedef {[string, "string" | "long" | "int" | "double" | "boolean", (arc: Arc) => Cell][]} ArcColumns */

/** @param {(string | number)[]} parts */
const joined = (parts) => parts.join("; ") || null;
/** @param {number} n */
const rounded = (n) => Math.round(n * 100) / 100;
/** @param {string} key the values of its identifiers in a scheme @param {string} scheme */
const identifiersOf = (key, scheme) => joined(papers[key].links.flatMap(({ text }) => (text.startsWith(`${scheme}:`) ? [text.slice(scheme.length + 1)] : [])));
/** @param {string} key */
const themeBasis = (key) => (papers[key].themes.length ? "chosen" : papers[key].shares.length ? "inferred" : null);
/** The authors, and how many more there are. @param {string} key */
const authorsCell = (key) => joined([...papers[key].authors, ...(papers[key].more ? [`and ${papers[key].more} more`] : [])]);
/** @param {Arc} arc */
const sourcesCell = (arc) => joined(arc.by.map(([source]) => sources[source].label));

/** How many shown papers cite each, and how many each cites. */
function degrees() {
  /** @type {Map<string, {cites: number, citedBy: number}>} */
  const counts = new Map([...shown].map((key) => [key, { cites: 0, citedBy: 0 }]));
  for (const arc of shownArcs) {
    const [cited, citing] = [counts.get(arc.from), counts.get(arc.to)];
    if (cited) cited.citedBy += 1;
    if (citing) citing.cites += 1;
  }
  return counts;
}

/** @param {string} key @param {number} n red, green or blue */
const channelOf = (key, n) => channels(colourOf(key))[n];

/** @returns {NodeColumns} */
function nodeColumns() {
  const counts = degrees();
  /** @type {NodeColumns} */
  const columns = [
    ["label", "string", (key) => spotOf(key).label],
    ["x", "double", (key) => spotOf(key).x],
    ["y", "double", (key) => 0 - spotOf(key).y],
    ["size", "double", (key) => rounded(8 + 3 * Math.sqrt(counts.get(key)?.citedBy ?? 0))],
    ["r", "int", (key) => channelOf(key, 0)],
    ["g", "int", (key) => channelOf(key, 1)],
    ["b", "int", (key) => channelOf(key, 2)],
    ["title", "string", (key) => papers[key].title],
    ["authors", "string", authorsCell],
    ["year", "long", (key) => papers[key].year],
    ["date", "string", (key) => papers[key].date],
    ["date_basis", "string", (key) => papers[key].basis],
    ["start", "long", (key) => papers[key].year],
    ["venue", "string", (key) => papers[key].venue],
    ["role", "string", (key) => papers[key].role],
    ["list_numbers", "string", (key) => joined(papers[key].numbers)],
    ["theme", "string", (key) => (papers[key].lane === null ? null : themes[papers[key].lane ?? ""])],
    ["theme_basis", "string", themeBasis],
    ["themes_chosen", "string", (key) => joined(papers[key].themes.map((id) => themes[id]))],
    ["references_known", "string", (key) => papers[key].coverage],
  ];
  for (const scheme of ["arxiv", "doi", "acl", "s2", "corpusid"]) columns.push([scheme, "string", (key) => identifiersOf(key, scheme)]);
  columns.push(["url", "string", (key) => papers[key].links[0]?.href]);
  const taken = new Set();
  facts.order.forEach((id, n) => {
    let name = `share_${fold(id).replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "") || n + 1}`;
    while (taken.has(name)) name = `${name}_${n + 1}`;
    taken.add(name);
    columns.push([name, "double", (key) => (papers[key].shares.length ? (papers[key].shares.find(([theme]) => theme === id)?.[1] ?? 0) : null)]);
  });
  return [...columns, ...measureColumns()];
}

/** A column for each measure of the corpus, to six digits. @returns {NodeColumns} */
const measureColumns = () => measures.map(({ id, of }) => [`measure_${id}`, "double", of]);

/** @type {ArcColumns} */
const ARC_COLUMNS = [
  ["weight", "double", (arc) => arc.by.length],
  ["kind", "string", () => "cites"],
  ["sources", "string", sourcesCell],
  ["asserted_by", "long", (arc) => arc.by.length],
  ["year", "long", (arc) => papers[arc.to].year],
  ["backwards", "boolean", (arc) => arc.backwards ?? false],
];

/** What is shown as GraphML, arcs cited -> citing. */
function asGraphml() {
  const columns = nodeColumns();
  const lines = ["<?xml version='1.0' encoding='UTF-8'?>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'];
  for (const [name, type] of columns) lines.push(`  <key id="n_${name}" for="node" attr.name="${name}" attr.type="${type}"/>`);
  for (const [name, type] of ARC_COLUMNS) lines.push(`  <key id="e_${name}" for="edge" attr.name="${name}" attr.type="${type}"/>`);
  lines.push('  <graph id="lineage" edgedefault="directed">');
  for (const key of shownInOrder()) {
    lines.push(`    <node id="${key}">`, ...columns.flatMap(([name, , value]) => dataLine("n", name, value(key))), "    </node>");
  }
  for (const arc of shownArcs) {
    lines.push(`    <edge id="${arc.from}:${arc.to}" source="${arc.from}" target="${arc.to}">`, ...ARC_COLUMNS.flatMap(([name, , value]) => dataLine("e", name, value(arc))), "    </edge>");
  }
  return `${[...lines, "  </graph>", "</graphml>"].join("\n")}\n`;
}

/** @param {string} prefix @param {string} name @param {Cell} value */
function dataLine(prefix, name, value) {
  const text = value === null || value === undefined ? "" : String(value);
  return text.trim() ? [`      <data key="${prefix}_${name}">${xml(text)}</data>`] : [];
}

/** Rows as CSV that a spreadsheet shows and never runs. @param {string[]} names @param {Cell[][]} rows */
function csv(names, rows) {
  const cell = (/** @type {Cell} */ value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (typeof value === "number") return String(value);
    const inert = /^'*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  };
  return `${[names, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

/** The papers that are shown. */
function papersCsv() {
  const counts = degrees();
  /** @type {[string, (key: string) => Cell][]} */
  const columns = [
    ["key", (key) => key],
    ["list_numbers", (key) => joined(papers[key].numbers)],
    ["name", (key) => papers[key].name],
    ["title", (key) => papers[key].title],
    ["authors", authorsCell],
    ["year", (key) => papers[key].year],
    ["date", (key) => papers[key].date],
    ["date_basis", (key) => papers[key].basis],
    ["publication_date", (key) => papers[key].published],
    ["venue", (key) => papers[key].venue],
    ["role", (key) => papers[key].role],
    ["themes", (key) => joined(papers[key].themes.map((id) => themes[id]))],
    ["inferred_themes", (key) => (themeBasis(key) === "inferred" ? joined(papers[key].shares.map(([id, share]) => `${themes[id]} ${percent(share).replace("under 1", "<1")}`)) : null)],
    ["references", (key) => papers[key].coverage],
    ["references_listed", (key) => papers[key].known.reduce((/** @type {number | null} */ most, [, , rows]) => (rows === null ? most : Math.max(most ?? 0, rows)), null)],
    ["cites_in_view", (key) => counts.get(key)?.cites || (["not_fetched", "failed"].includes(papers[key].coverage) ? null : 0)],
    ["cited_by_in_view", (key) => counts.get(key)?.citedBy],
    ["identifiers", (key) => papers[key].links.map(({ text }) => text).join(" ") || null],
    ["url", (key) => papers[key].links[0]?.href],
  ];
  for (const [name, , value] of measureColumns()) columns.push([name, value]);
  const keys = shownInOrder();
  return csv(columns.map(([name]) => name), keys.map((key) => columns.map(([, value]) => value(key))));
}

/** The citations that are shown. */
function citationsCsv() {
  const names = ["citing", "cited", "citing_name", "cited_name", "citing_year", "cited_year", "sources", "asserted_by", "backwards"];
  const rows = shownArcs.map((arc) => [arc.to, arc.from, papers[arc.to].name, papers[arc.from].name, papers[arc.to].year, papers[arc.from].year, sourcesCell(arc), arc.by.length, arc.backwards ?? false]);
  return csv(names, rows);
}
