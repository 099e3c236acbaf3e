// The visible papers and citations as GraphML and CSV. The page carries the columns of graph/exports/; here are their values.

/** @typedef {string | number | boolean | null | undefined} Cell */

/** @param {(string | number)[]} parts */
const joinCells = (parts) => parts.join("; ") || null;
/** @param {number} n */
const roundToCents = (n) => Math.round(n * 100) / 100;
/** @param {string} key */
const themeBasis = (key) => (papers[key].themes.length ? facts.lanesBy.basis : papers[key].shares.length ? "inferred" : null);
/** The names of the chosen themes. @param {string} key */
const chosenThemes = (key) => joinCells(papers[key].themes.map((id) => themes[id]));
/** The authors, and how many more there are. @param {string} key */
const authorsCell = (key) => joinCells([...papers[key].authors, ...(papers[key].more ? [`and ${papers[key].more} more`] : [])]);
/** @param {Arc} arc */
const sourcesCell = (arc) => joinCells(arc.by.map(([source]) => sources[source].label));

/** The values of a paper by column: in GraphML, and in the table of papers. @returns {Record<string, (key: string) => Cell>} */
function paperValues() {
  const [cites, citedBy] = [tally(visibleArcs.map(({ to }) => to)), tally(visibleArcs.map(({ from }) => from))];
  const channel = (/** @type {number} */ n) => (/** @type {string} */ key) => channelsOf(laneColourOf(key))[n];
  /** @type {Record<string, (key: string) => Cell>} */
  const values = {
    key: (key) => key,
    label: (key) => spotOf(key).label,
    x: (key) => spotOf(key).x,
    y: (key) => 0 - spotOf(key).y, // not -y, which makes -0 of 0
    size: (key) => roundToCents(8 + 3 * Math.sqrt(citedBy.get(key) ?? 0)),
    r: channel(0),
    g: channel(1),
    b: channel(2),
    name: nameInFiles,
    title: (key) => papers[key].title,
    authors: authorsCell,
    year: (key) => papers[key].year,
    start: (key) => papers[key].year,
    date: (key) => papers[key].date,
    date_basis: (key) => papers[key].basis,
    publication_date: (key) => papers[key].published,
    venue: (key) => papers[key].venue,
    role: (key) => papers[key].role,
    list_numbers: (key) => joinCells(papers[key].numbers),
    theme: (key) => (papers[key].lane === null ? null : themes[papers[key].lane ?? ""]),
    theme_basis: themeBasis,
    themes_chosen: chosenThemes,
    themes: chosenThemes,
    inferred_themes: (key) => (themeBasis(key) === "inferred" ? joinCells(papers[key].shares.map(([id, share]) => `${themes[id]} ${percent(share).replace("under 1", "<1")}`)) : null),
    references_known: (key) => papers[key].coverage,
    references: (key) => papers[key].coverage,
    references_listed: (key) => papers[key].known.reduce((/** @type {number | null} */ most, [, , rows]) => (rows === null ? most : Math.max(most ?? 0, rows)), null),
    cites_in_view: (key) => cites.get(key) || (["not_fetched", "failed"].includes(papers[key].coverage) ? null : 0),
    cited_by_in_view: (key) => citedBy.get(key) ?? 0,
    identifiers: (key) => papers[key].links.map(({ text }) => text).join(" ") || null,
    url: (key) => papers[key].links[0]?.href,
    retraction: (key) => papers[key].retraction,
    measures_note: () => facts.measuresLeftOut,
  };
  for (const scheme of Object.keys(facts.linkHeads)) values[scheme] = (key) => joinCells(identifiersIn(scheme, key));
  for (const [column, theme] of Object.entries(facts.shareColumns)) {
    values[column] = (key) => (papers[key].shares.length ? (papers[key].shares.find(([id]) => id === theme)?.[1] ?? 0) : null);
  }
  for (const { id, of } of corpusMeasures) values[`measure_${id}`] = of;
  return values;
}

/** The values of a citation by column: in GraphML, and in the table of citations. @type {Record<string, (arc: Arc) => Cell>} */
const citationValues = {
  weight: (arc) => arc.by.length,
  kind: () => "cites",
  sources: sourcesCell,
  asserted_by: (arc) => arc.by.length,
  origins: (arc) => arc.origins,
  year: (arc) => papers[arc.to].year,
  backwards: (arc) => arc.backwards ?? false,
  citing: (arc) => arc.to,
  cited: (arc) => arc.from,
  citing_name: (arc) => nameInFiles(arc.to),
  cited_name: (arc) => nameInFiles(arc.from),
  citing_year: (arc) => papers[arc.to].year,
  cited_year: (arc) => papers[arc.from].year,
  intents: (arc) => joinCells([...new Set(intentsOf(arc))]),
  reason: (arc) => arc.why?.[0],
  reason_confidence: (arc) => arc.why?.[3],
  reason_sections: (arc) => joinCells(arc.why?.[2] ?? []),
  reason_text: (arc) => arc.why?.[4],
};

/** The visible papers and citations as GraphML, arcs from the cited to the citing paper. */
function asGraphml() {
  const values = paperValues();
  const { nodes, edges } = facts.columns;
  const lines = ["<?xml version='1.0' encoding='UTF-8'?>", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'];
  for (const [name, type] of nodes) lines.push(`  <key id="n_${name}" for="node" attr.name="${name}" attr.type="${type}"/>`);
  for (const [name, type] of edges) lines.push(`  <key id="e_${name}" for="edge" attr.name="${name}" attr.type="${type}"/>`);
  lines.push('  <graph id="lineage" edgedefault="directed">');
  for (const key of visibleInOrder()) {
    lines.push(`    <node id="${key}">`, ...nodes.flatMap(([name]) => dataElement("n", name, values[name](key))), "    </node>");
  }
  for (const arc of visibleArcs) {
    lines.push(`    <edge id="${arc.from}:${arc.to}" source="${arc.from}" target="${arc.to}">`, ...edges.flatMap(([name]) => dataElement("e", name, citationValues[name](arc))), "    </edge>");
  }
  return `${[...lines, "  </graph>", "</graphml>"].join("\n")}\n`;
}

/** @param {string} prefix @param {string} name @param {Cell} value */
function dataElement(prefix, name, value) {
  const text = value === null || value === undefined ? "" : String(value);
  return text.trim() ? [`      <data key="${prefix}_${name}">${escapeXml(text)}</data>`] : [];
}

/** Rows as CSV in which a spreadsheet runs no cell as a formula, as `csv_text` of graph/utils/files.py. @param {string[]} names @param {Cell[][]} rows */
function csvText(names, rows) {
  const cell = (/** @type {Cell} */ value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (typeof value === "number") return String(value);
    const inert = /^'*[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  };
  return `${[names, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

/** The table of the visible papers. */
function papersCsv() {
  const values = paperValues();
  const names = facts.columns.papers;
  return csvText(names, visibleInOrder().map((key) => names.map((name) => values[name](key))));
}

/** The table of the visible citations. */
function citationsCsv() {
  const names = facts.columns.citations;
  return csvText(names, visibleArcs.map((arc) => names.map((name) => citationValues[name](arc))));
}

/** What files call a paper, as `Paper.name` of graph/model/entities.py has it: what people call it, else its title. @param {string} key */
function nameInFiles(key) {
  const { called, title, name } = papers[key];
  return called ?? title ?? name;
}
