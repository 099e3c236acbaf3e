// The panel: the details of a paper, of a citation, or of the paths that the reader asked for.

/** @type {Record<string, string>} */
const DATE_BASES = {
  first_version: "first version",
  arxiv_identifier: "month of its arXiv identifier",
  stated_year: "year as a bibliography states it",
  corrected: "corrected by hand",
};
/** @type {Record<string, string>} */
const COVERAGE_TEXTS = {
  complete: "All of them are known.",
  partial: "Only some of them are known.",
  elided: "Withheld by the publisher: what it cites is unknown, not nothing.",
  capped: "The source stops at a limit: there are more than are known.",
  failed: "Fetching them failed: what it cites is unknown, not nothing.",
  not_fetched: "Not fetched: what it cites is unknown, not nothing.",
};

/** What a paper with such references cites is unknown, so that none on this page means nothing. */
const UNKNOWN_REFERENCES = new Set(["elided", "failed", "not_fetched"]);

/** Show in the panel what the state says, or hide it. @returns {boolean} whether it changed */
function updatePanel() {
  const panel = byId("panel");
  const { selected, arc, request, several } = state;
  const content = panelContent();
  if (panel.dataset.shows === content) return false;
  const wasAlsoPaths = panel.dataset.shows?.startsWith("paths") && content.startsWith("paths");
  const scrollTop = wasAlsoPaths ? panel.scrollTop : 0;
  const wasOpen = !panel.hidden;
  panel.dataset.shows = content;
  panel.hidden = content === "";
  if (!content) {
    panel.replaceChildren();
    panel.removeAttribute("aria-labelledby");
    return true;
  }
  const isDetail = selected !== null || arc !== null;
  const backTo = !isDetail ? "" : several.length > 1 ? `The ${several.length} papers` : request ? "The paths" : "";
  const back = backTo ? [button(`← ${backTo}`, () => changeState({ selected: null, arc: null }), { class: "back" })] : [];
  const closer = button("×", () => closePanel(), { class: "close", "aria-label": "Close the details" });
  const details = selected !== null ? paperDetails(selected) : arc !== null ? citationDetails(arc) : isAboutSeveral() ? severalDetails() : request ? pathsDetails() : storyDetails(/** @type {StoryName} */ (state.story));
  panel.replaceChildren(element("div", { class: "bar" }, ...back, closer), ...details);
  panel.setAttribute("aria-labelledby", "panel-title");
  if (wasOpen) panel.scrollTop = scrollTop;
  return true;
}

/** What the panel is to show, as a text that changes whenever that changes; "" for nothing. */
function panelContent() {
  const { selected, arc, request, chosenPath, chosenGroup, several } = state;
  if (selected !== null) return `paper ${selected} ${request !== null} ${several.length}`;
  if (arc !== null) return `arc ${arc} ${request !== null} ${several.length}`;
  if (several.length > 1) return `several ${several.join()}`;
  const leftOut = [...hiddenByMarks(state)].join(); // what to read depends on it
  if (request === null) return state.story === null ? "" : `story ${state.story} ${leftOut}`;
  return `paths ${pathResults.request} ${leftOut} ${leftOutSentence()} ${chosenGroup} ${chosenPath} ${pathResults.groups.map(({ listed }) => listed).join()}`;
}

/** @param {string} key */
function paperDetails(key) {
  const paper = papers[key];
  const content = [element("p", { class: "role" }, facts.roles[paper.role]), element("h2", { id: "panel-title" }, bdi(numberedName(key)))];
  if (paper.title !== null && paper.title !== paper.name) content.push(element("p", { class: "title" }, bdi(paper.title)));
  content.push(element("p", { class: "authors" }, bdi(authorsOf(key))), paperActions(key), marksSection(key), factList(paper), ...measuresSection(key), relatedSection(key));
  if (isIsolated(key)) content.push(element("p", { class: "note" }, whyIsolated(key)));
  const cites = citesOf(key);
  content.push(
    ...(cites.length || !UNKNOWN_REFERENCES.has(paper.coverage) ? citationList("Cites", cites, (arc) => arc.from) : [element("h3", {}, "What it cites is unknown")]),
    ...citationList("Cited by", citedByOf(key), (arc) => arc.to),
  );
  return content;
}

/** Buttons for what one can do with a paper. @param {string} key */
function paperActions(key) {
  const showRelatives = (/** @type {Relatives["kind"]} */ kind, depth = 0) => changeState({ relatives: { key, kind, depth } });
  return element(
    "div",
    { class: "actions" },
    element(
      "div",
      { role: "group", "aria-label": "Paths" },
      button("Paths from here", () => startRequest(key, "from")),
      button("Paths to here", () => startRequest(key, "to")),
    ),
    element(
      "div",
      { role: "group", "aria-label": "Show only" },
      button("Ancestors", () => showRelatives("before"), { title: "Show only what led to it" }),
      button("Descendants", () => showRelatives("after"), { title: "Show only what it led to" }),
      button("Around it", () => showRelatives("around", 1), { title: "Show only what it cites and what cites it" }),
    ),
    copyActions(...citationButtons(() => [key])),
  );
}

/** @param {Paper} paper */
function factList(paper) {
  const list = element("dl");
  /** @param {string} name @param {...(Node | string)} content */
  const row = (name, ...content) => list.append(element("dt", {}, name), element("dd", {}, ...content));
  if (paper.retraction !== null) row("Retraction", bdi(paper.retraction));
  if (paper.brought !== null) row("Brought", bdi(paper.brought));
  row("Public", paper.date ? `${paper.date} (${DATE_BASES[paper.basis ?? ""] ?? "basis unknown"})` : "date unknown");
  if (paper.published) row("Published", paper.published);
  if (paper.venue) row("Venue", bdi(paper.venue));
  if (paper.links.length) row("Identifiers", listOf(paper.links.map(linkElement)));
  if (paper.themes.length) row(facts.lanesBy.many, listOf(paper.themes.map((id) => bdi(themes[id]))));
  else if (!paper.shares.length) row(facts.lanesBy.many, isByTheme ? "unknown: no citation connects it with the list" : facts.lanesBy.none);
  else row("Themes, inferred", listOf(paper.shares.map(([id, share]) => element("span", {}, bdi(themes[id]), ` ${percent(share)}`))));
  row("References", listOf([COVERAGE_TEXTS[paper.coverage], ...paper.known.map(coverageLine)]));
  if (paper.also.length) row("Also called", listOf(paper.also.map(bdi)));
  if (paper.unverified.length) row("Not verified", paper.unverified.join(", "));
  return list;
}

/** @param {Link} link */
function linkElement({ text, href }) {
  return element("a", { href, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
}

/** @param {[number, string, number | null]} coverage */
function coverageLine([source, state, rows]) {
  const entries = rows === null ? "" : `, ${counted(rows, "entry", "entries")}`;
  return element("small", {}, bdi(sources[source].label), `: ${state.replace("_", " ")}${entries}`);
}

const LISTED_AT_FIRST = 20; // papers, so that the details of a much cited paper open at once

/** A heading, and the papers at the other ends of some citations with who asserts them. @param {string} title @param {Arc[]} arcs @param {(arc: Arc) => string} otherEnd */
function citationList(title, arcs, otherEnd) {
  const head = element("h3", {}, `${title} ${counted(arcs.length, "paper", "papers")} of this view`);
  const sorted = [...arcs].sort((a, b) => byDate(otherEnd(a), otherEnd(b)));
  if (!sorted.length) return [head];
  const item = (/** @type {Arc} */ arc) => {
    const key = otherEnd(arc);
    const note = arc.backwards ? " The cited paper is dated after the citing one." : "";
    const why = button("why", () => changeState({ arc: `${arc.from}:${arc.to}`, selected: null }), { class: "link why", "aria-label": `why: who asserts the citation, ${numberedName(key)}` });
    return element("li", {}, paperButton(key), " ", why, element("small", {}, `${yearOf(key)} · `, bdi(assertedBy(arc)), note), ...whyLine(arc));
  };
  const list = element("ul", { class: "arcs" }, ...sorted.slice(0, LISTED_AT_FIRST).map(item));
  if (sorted.length <= LISTED_AT_FIRST) return [head, list];
  const more = button(`Show the ${formatCount(sorted.length - LISTED_AT_FIRST)} others`, () => {
    const others = sorted.slice(LISTED_AT_FIRST).map(item);
    more.remove();
    list.append(...others);
    /** @type {HTMLElement | null} */ (others[0].querySelector("button"))?.focus();
  });
  return [head, list, element("p", { class: "more" }, more)];
}

/** @param {string} ends "cited:citing" */
function citationDetails(ends) {
  const [cited, citing] = ends.split(":");
  const arc = /** @type {Arc} */ (arcBetween(cited, citing));
  const content = [
    element("p", { class: "role" }, "A citation"),
    element("h2", { id: "panel-title" }, bdi(numberedName(citing)), " cites ", bdi(numberedName(cited))),
    element("p", { class: "ends" }, paperButton(cited), ` (${yearOf(cited)}) → `, paperButton(citing), ` (${yearOf(citing)})`),
  ];
  if (arc.backwards) content.push(element("p", { class: "note" }, "The cited paper is dated after the citing one: the citation is from a later version, or a date is wrong."));
  content.push(...reasonSection(arc), element("h3", {}, `Asserted by ${counted(arc.by.length, "source", "sources")}`));
  const items = arc.by.map(([source, entries, details]) => {
    const { label, note } = sources[source];
    const lines = [bdi(label)];
    if (entries.length) lines.push(element("small", {}, `${entries.length > 1 ? "entries" : "entry"} ${entries.join(", ")} of its list`));
    if (note) lines.push(element("small", {}, bdi(note)));
    if (details?.influential === true) lines.push(element("small", {}, "called influential"));
    if (details?.mentioned) lines.push(element("small", {}, details.mentioned));
    if (details?.intents?.length) lines.push(element("small", {}, `cited for ${details.intents.join(", ")}`));
    for (const sentence of details?.contexts ?? []) lines.push(element("blockquote", {}, bdi(sentence)));
    return element("li", {}, ...lines);
  });
  content.push(...originsNote(arc));
  const hasNoContext = arc.by.every(([, , details]) => !details?.contexts?.length);
  content.push(element("ul", { class: "arcs" }, ...items));
  if (hasNoContext) content.push(element("p", { class: "role" }, "No source of this corpus gives the citing sentence."));
  return content;
}

/** That some sources of a citation repeat others, where sources of several kinds have fewer origins. @param {Arc} arc */
function originsNote(arc) {
  const kinds = new Set(arc.by.map(([source]) => sources[source].kind));
  if (kinds.size <= arc.origins) return [];
  const independent = arc.origins === 1 ? "they count as one" : `${arc.origins} of them are independent`;
  return [element("p", { class: "note" }, `Not all of these sources are independent: Crossref, OpenAlex, OpenCitations and often Semantic Scholar repeat one deposit of the publisher. Here ${independent}.`)];
}

/** What the citing paper takes from the cited one, where that was seen, and in which text. @param {Arc} arc */
function reasonSection(arc) {
  if (!hasReasons) return [];
  const head = element("h3", {}, "What it takes from ", bdi(papers[arc.from].name));
  if (!arc.why) return [head, element("p", { class: "role" }, "No reason recorded: nobody has read for it.")];
  const [, , sections, , textRead] = arc.why;
  const where = sections.length ? [element("small", {}, "Cited in: ", bdi(sections.join("; ")))] : [];
  return [head, element("p", { class: "reason" }, bdi(whyCited(arc))), ...where, element("small", {}, "Text read: ", bdi(textRead))];
}

/** Why no citation joins a paper with another, as far as is known. @param {string} key */
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
