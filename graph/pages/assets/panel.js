// The details of one paper, or of one citation, built of elements and texts.

/** @type {Record<string, string>} */
const BASES = {
  first_version: "first version",
  arxiv_identifier: "month of its arXiv identifier",
  stated_year: "year as a bibliography states it",
  corrected: "corrected by hand",
};
/** @type {Record<string, string>} */
const COVERAGE = {
  complete: "All of them are known.",
  partial: "Only some of them are known.",
  elided: "Withheld by the publisher: what it cites is unknown, not nothing.",
  capped: "The source stops at a limit: there are more than are known.",
  failed: "Fetching them failed: what it cites is unknown, not nothing.",
  not_fetched: "Not fetched: what it cites is unknown, not nothing.",
};

/** Of a paper with such references none here says nothing. */
const UNKNOWN = new Set(["elided", "failed", "not_fetched"]);

/** Fill the panel with what is selected, or asked, or hide it. @returns {boolean} whether it was filled anew */
function fillPanel() {
  const panel = byId("panel");
  const { selected, arc, ask, chosen } = state;
  const what = selected !== null ? `paper ${selected} ${ask !== null}` : arc !== null ? `arc ${arc} ${ask !== null}` : ask !== null ? `paths ${asked_.wish} ${chosen} ${asked_.listed}` : "";
  if (panel.dataset.shows === what) return false;
  const same = panel.dataset.shows?.startsWith("paths") && what.startsWith("paths");
  const scrolled = same ? panel.scrollTop : 0;
  const wasOpen = !panel.hidden;
  panel.dataset.shows = what;
  panel.hidden = what === "";
  if (!what) {
    panel.replaceChildren();
    panel.removeAttribute("aria-labelledby");
    return true;
  }
  const closer = button("×", () => closePanel(), { class: "close", "aria-label": "Close the details" });
  const back = ask !== null && (selected !== null || arc !== null) ? [button("← The paths", () => change({ selected: null, arc: null }), { class: "back" })] : [];
  const content = selected !== null ? paperDetails(selected) : arc !== null ? arcDetails(arc) : pathsDetails();
  panel.replaceChildren(closer, ...back, ...content);
  panel.setAttribute("aria-labelledby", "panel-title");
  if (wasOpen) panel.scrollTop = scrolled;
  return true;
}

/** @param {string} key */
function paperDetails(key) {
  const paper = papers[key];
  const told = [element("p", { class: "role" }, facts.roles[paper.role]), element("h2", { id: "panel-title" }, bdi(nameOf(key)))];
  if (paper.title !== null && paper.title !== paper.name) told.push(element("p", { class: "title" }, bdi(paper.title)));
  told.push(element("p", { class: "authors" }, bdi(authorsOf(key))), actionsOf(key), details(paper), ...measuresFold(key));
  if (isIsolated(key)) told.push(element("p", { class: "note" }, whyIsolated(key)));
  const cites = citesOf(key);
  told.push(
    ...(cites.length || !UNKNOWN.has(paper.coverage) ? arcList("Cites", cites, (arc) => arc.from) : [element("h3", {}, "What it cites is unknown")]),
    ...arcList("Cited by", citedByOf(key), (arc) => arc.to),
  );
  return told;
}

/** What can be done with a paper. @param {string} key */
function actionsOf(key) {
  const around = (/** @type {Kin["kind"]} */ kind, depth = 0) => change({ kin: { key, kind, depth } });
  return element(
    "div",
    { class: "actions" },
    element(
      "div",
      { role: "group", "aria-label": "Paths" },
      button("Paths from here", () => askFrom(key, "from")),
      button("Paths to here", () => askFrom(key, "to")),
    ),
    element(
      "div",
      { role: "group", "aria-label": "Show only" },
      button("Ancestors", () => around("before"), { title: "Show only what led to it" }),
      button("Descendants", () => around("after"), { title: "Show only what it led to" }),
      button("Around it", () => around("around", 1), { title: "Show only what it cites and what cites it" }),
    ),
    citeActions(key),
  );
}

/** @param {Paper} paper */
function details(paper) {
  const list = element("dl");
  /** @param {string} name @param {...(Node | string)} content */
  const row = (name, ...content) => list.append(element("dt", {}, name), element("dd", {}, ...content));
  row("Public", paper.date ? `${paper.date} (${BASES[paper.basis ?? ""] ?? "basis unknown"})` : "date unknown");
  if (paper.published) row("Published", paper.published);
  if (paper.venue) row("Venue", bdi(paper.venue));
  if (paper.links.length) row("Identifiers", listOf(paper.links.map(linkTo)));
  if (paper.themes.length) row("Themes", listOf(paper.themes.map((id) => bdi(themes[id]))));
  else if (!paper.shares.length) row("Themes", "unknown: no citation connects it with the list");
  else row("Themes, inferred", listOf(paper.shares.map(([id, share]) => element("span", {}, bdi(themes[id]), ` ${percent(share)}`))));
  row("References", listOf([COVERAGE[paper.coverage], ...paper.known.map(knownBy)]));
  if (paper.also.length) row("Also called", listOf(paper.also.map(bdi)));
  if (paper.unverified.length) row("Not verified", paper.unverified.join(", "));
  return list;
}

/** @param {Link} link */
function linkTo({ text, href }) {
  return element("a", { href, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
}

/** @param {[number, string, number | null]} row */
function knownBy([source, known, rows]) {
  const entries = rows === null ? "" : `, ${counted(rows, "entry", "entries")}`;
  return element("small", {}, bdi(sources[source].label), `: ${known.replace("_", " ")}${entries}`);
}

const AT_FIRST = 50; // papers of a list, so that the details open at once

/** A heading and the papers at the other ends, with who says so. @param {string} title @param {Arc[]} arcs @param {(arc: Arc) => string} otherEnd */
function arcList(title, arcs, otherEnd) {
  const head = element("h3", {}, `${title} ${counted(arcs.length, "paper", "papers")} of this view`);
  const sorted = [...arcs].sort((a, b) => byDate(otherEnd(a), otherEnd(b)));
  if (!sorted.length) return [head];
  const item = (/** @type {Arc} */ arc) => {
    const key = otherEnd(arc);
    const odd = arc.backwards ? " The cited paper is dated after the citing one." : "";
    const why = button("why", () => change({ arc: `${arc.from}:${arc.to}`, selected: null }), { class: "link why", "aria-label": `why: who asserts the citation, ${nameOf(key)}` });
    return element("li", {}, paperButton(key), " ", why, element("small", {}, `${yearOf(key)} · `, bdi(assertedBy(arc)), odd));
  };
  const list = element("ul", { class: "arcs" }, ...sorted.slice(0, AT_FIRST).map(item));
  if (sorted.length <= AT_FIRST) return [head, list];
  const more = button(`Show the ${grouped(sorted.length - AT_FIRST)} others`, () => {
    const later = sorted.slice(AT_FIRST).map(item);
    more.remove();
    list.append(...later);
    /** @type {HTMLElement | null} */ (later[0].querySelector("button"))?.focus();
  });
  return [head, list, element("p", { class: "more" }, more)];
}

/** @param {string} ends "cited:citing" */
function arcDetails(ends) {
  const [cited, citing] = ends.split(":");
  const arc = /** @type {Arc} */ (arcBetween(cited, citing));
  const told = [
    element("p", { class: "role" }, "A citation"),
    element("h2", { id: "panel-title" }, bdi(nameOf(citing)), " cites ", bdi(nameOf(cited))),
    element("p", { class: "ends" }, paperButton(cited), ` (${yearOf(cited)}) → `, paperButton(citing), ` (${yearOf(citing)})`),
  ];
  if (arc.backwards) told.push(element("p", { class: "note" }, "The cited paper is dated after the citing one: the citation is from a later version, or a date is wrong."));
  told.push(element("h3", {}, `Asserted by ${counted(arc.by.length, "source", "sources")}`));
  const items = arc.by.map(([source, entries, said]) => {
    const { label, note } = sources[source];
    const lines = [bdi(label)];
    if (entries.length) lines.push(element("small", {}, `${entries.length > 1 ? "entries" : "entry"} ${entries.join(", ")} of its list`));
    if (note) lines.push(element("small", {}, bdi(note)));
    if (said?.influential === true) lines.push(element("small", {}, "called influential"));
    if (said?.intents?.length) lines.push(element("small", {}, `cited for ${said.intents.join(", ")}`));
    for (const sentence of said?.contexts ?? []) lines.push(element("blockquote", {}, bdi(sentence)));
    return element("li", {}, ...lines);
  });
  const silent = arc.by.every(([, , said]) => !said?.contexts?.length);
  told.push(element("ul", { class: "arcs" }, ...items));
  if (silent) told.push(element("p", { class: "role" }, "No source of this corpus gives the citing sentence."));
  return told;
}

/** @param {string} key why a paper stands alone, as far as the data tell */
function whyIsolated(key) {
  const others = keys.filter((other) => other !== key);
  const complete = others.filter((other) => papers[other].coverage === "complete").length;
  const own = papers[key].coverage === "complete" ? "Its own references are all known, and none is in this view." : "What it cites itself is not fully known.";
  return (
    `No citation connects it with another paper of this view. ${own} The references of ${complete} of the ` +
    `${counted(others.length, "other paper", "other papers")} are all known, and none of them lists it. ` +
    "An idea can also come down through papers that are not shown."
  );
}
