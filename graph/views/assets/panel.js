// The details of one paper, built of elements and texts.

const BASES = {
  first_version: "first version",
  arxiv_identifier: "month of its arXiv identifier",
  stated_year: "year as a bibliography states it",
  corrected: "corrected by hand",
};
const COVERAGE = {
  complete: "All of them are known.",
  partial: "Only some of them are known.",
  elided: "Withheld by the publisher: what it cites is unknown, not nothing.",
  capped: "The source stops at a limit: there are more than are known.",
  failed: "Fetching them failed: what it cites is unknown, not nothing.",
  not_fetched: "Not fetched: what it cites is unknown, not nothing.",
};

/**
 * Fill the panel.
 * @param {HTMLElement} panel
 * @param {string} key
 * @param {(key: string) => void} select
 * @param {() => void} close
 */
function fillPanel(panel, key, select, close) {
  const paper = papers[key];
  const closer = element("button", { type: "button", class: "close", "aria-label": "Close the details" }, "×");
  closer.addEventListener("click", close);
  panel.replaceChildren(closer, element("p", { class: "role" }, facts.roles[paper.role]), heading(key));
  if (paper.title !== null && paper.title !== paper.name) panel.append(element("p", { class: "title" }, bdi(paper.title)));
  panel.append(element("p", { class: "authors" }, bdi(authorsOf(key))), details(paper));
  if (isIsolated(key)) panel.append(element("p", { class: "note" }, whyIsolated(key)));
  panel.append(
    ...arcList("Cites", citesOf.get(key), (arc) => arc.from, select),
    ...arcList("Cited by", citedByOf.get(key), (arc) => arc.to, select),
  );
  panel.scrollTop = 0;
}

/** A text whose direction is its own business. */
const bdi = (text) => element("bdi", {}, text);

function heading(key) {
  return element("h2", { id: "paper" }, bdi(nameOf(key)));
}

function details(paper) {
  const list = element("dl");
  const row = (name, ...content) => list.append(element("dt", {}, name), element("dd", {}, ...content));
  row("Public", paper.date ? `${paper.date} (${BASES[paper.basis] ?? "basis unknown"})` : "date unknown");
  if (paper.published) row("Published", paper.published);
  if (paper.venue) row("Venue", bdi(paper.venue));
  if (paper.links.length) row("Identifiers", lines(paper.links.map(link)));
  row(...themeRow(paper));
  row("References", lines([COVERAGE[paper.coverage], ...paper.known.map(knownBy)]));
  if (paper.also.length) row("Also called", lines(paper.also.map(bdi)));
  if (paper.unverified.length) row("Not verified", paper.unverified.join(", "));
  return list;
}

function themeRow(paper) {
  if (paper.themes.length) return ["Themes", lines(paper.themes.map((id) => bdi(themes[id])))];
  if (!paper.shares.length) return ["Themes", "unknown: no citation connects it with the list"];
  return ["Themes, inferred", lines(paper.shares.map(([id, share]) => element("span", {}, bdi(themes[id]), ` ${percent(share)}`)))];
}

function lines(items) {
  return element("ul", {}, ...items.map((item) => element("li", {}, item)));
}

function link({ text, href }) {
  return element("a", { href, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
}

function knownBy([source, known, rows]) {
  const count = rows === null ? "" : `, ${counted(rows, "entry", "entries")}`;
  return element("small", {}, bdi(sources[source].label), `: ${known.replace("_", " ")}${count}`);
}

/** A heading and a list of buttons that select the paper at the other end, with who says so. */
function arcList(title, found, otherEnd, select) {
  const others = found.map((arc) => [otherEnd(arc), arc]);
  others.sort(([a], [b]) => byDate(a, b));
  const head = element("h3", {}, `${title} ${counted(found.length, "paper", "papers")} of this view`);
  if (!others.length) return [head];
  const items = others.map(([key, arc]) => {
    const button = element("button", { type: "button", "data-key": key }, bdi(nameOf(key)));
    button.addEventListener("click", () => select(key));
    const odd = arc.backwards ? " The cited paper is dated after the citing one." : "";
    return element("li", {}, button, element("small", {}, `${papers[key].year ?? "undated"} · `, bdi(assertedBy(arc)), odd));
  });
  return [head, element("ul", { class: "arcs" }, ...items)];
}

/** @param {Arc} arc @returns {string} */
function assertedBy(arc) {
  const said = arc.by.map(([source, entries]) => {
    const { label, note } = sources[source];
    const where = entries.length ? `, ${entries.length > 1 ? "entries" : "entry"} ${entries.join(", ")}` : "";
    return label + where + (note ? ` (${note})` : "");
  });
  return `asserted by ${said.join("; ")}.`;
}

/** @param {string} key why a paper stands alone, as far as the data tell */
function whyIsolated(key) {
  const others = spots.filter((spot) => spot.id !== key);
  const complete = others.filter((spot) => papers[spot.id].coverage === "complete").length;
  const own = papers[key].coverage === "complete" ? "Its own references are all known, and none is in this view." : "What it cites itself is not fully known.";
  return (
    `No citation connects it with another paper of this view. ${own} The references of ${complete} of the ` +
    `${counted(others.length, "other paper", "other papers")} are all known, and none of them lists it. ` +
    "An idea can also come down through papers that are not shown."
  );
}
