// What the page tells without being asked: the main path, a reading trail, and what the list lacks. Python has computed it.

/**
 * @typedef {"main" | "trail" | "suggested"} StoryName
 * @typedef {{name: string, title?: string | null, key: string | null, year: number | null, buildsOn?: string[], citedBy?: string[]}} StoryPaper
 * @typedef {object} Story
 * @property {{within: string, papers: string[], arcs: [string, string][], lacks: number}} [main]
 * @property {ReadingTrail} [trail] @property {StoryPaper[]} [suggested]
 */

/** @type {Record<StoryName, string>} */
const STORY_TITLES = { main: "Main path", trail: "Reading trail", suggested: "What the list lacks" };
const storyNames = /** @type {StoryName[]} */ (Object.keys(STORY_TITLES).filter((name) => name in facts.story));

/** The story that an address names, or null. @param {string | null} name */
const storyIn = (name) => storyNames.find((known) => known === name) ?? null;

/** The papers and arcs that a story lights. @param {StoryName} name @returns {{papers: string[], arcs: Arc[]}} */
function litByStory(name) {
  const { main, suggested } = facts.story;
  if (name === "main" && main) return { papers: main.papers, arcs: main.arcs.flatMap(([cited, citing]) => arcBetween(cited, citing) ?? []) };
  const told = (name === "trail" ? storyTrail().trail?.steps : suggested) ?? [];
  const lit = told.flatMap(({ key }) => (key !== null && isPaper(key) ? [key] : []));
  return { papers: lit, arcs: lit.flatMap((key) => citesOf(key).filter((arc) => lit.includes(arc.from))) };
}

/** The panel's content: tabs for the stories, and the one that is open. @param {StoryName} name @returns {HTMLElement[]} */
function storyDetails(name) {
  const tab = (/** @type {StoryName} */ other) => button(STORY_TITLES[other], () => changeState({ story: other }), { "aria-pressed": String(other === name) });
  const tabs = element("div", { class: "segments", role: "group", "aria-label": "What the page tells" }, ...storyNames.map(tab));
  const content = { main: mainPathDetails, trail: () => trailList(storyTrail()), suggested: suggestedDetails }[name]();
  return [element("p", { class: "role" }, "What the citations tell by themselves"), element("h2", { id: "panel-title" }, STORY_TITLES[name]), tabs, ...content];
}

/** @returns {HTMLElement[]} */
function mainPathDetails() {
  const { main } = facts.story;
  if (!main) return [];
  const where = main.within === "list" ? "the list" : "the list's neighbourhood";
  const lacks = main.lacks ? ` ${counted(main.lacks, "paper", "papers")} of it are not on this page.` : "";
  const step = (/** @type {string} */ key) => {
    const before = main.arcs.filter(([, citing]) => citing === key).map(([cited]) => cited);
    const why = before.slice(0, MOST_TAKEN).flatMap((cited) => {
      const arc = arcBetween(cited, key);
      return arc ? [element("small", {}, "cites ", bdi(papers[cited].name)), ...whyLine(arc)] : [];
    });
    return element("li", {}, paperButton(key), element("small", {}, `${yearOf(key)} · `, bdi(mainThemeOf(key))), ...why);
  };
  return [
    element("p", { class: "outside" }, `The citations that most paths of ${where} run through, from papers that cite none of the others to those that none cites (search path counts).${lacks} `, element("code", {}, `lineage main-path --within ${main.within}`)),
    element("ol", { class: "hops" }, ...main.papers.map(step)),
  ];
}

/** A paper of a story: a button where the page has it. @param {StoryPaper} paper @param {string} note */
function storyItem({ name, title, key, year }, note) {
  const named = key !== null && isPaper(key) ? paperButton(key) : element("strong", {}, bdi(name));
  const more = title && title !== name ? [element("small", {}, bdi(title))] : [];
  return element("li", {}, named, ` (${year ?? "undated"})`, ...more, ...(note ? [element("small", {}, bdi(note))] : []));
}

/** @returns {HTMLElement[]} */
function suggestedDetails() {
  const items = (facts.story.suggested ?? []).map((paper) => storyItem(paper, `cited by ${paper.citedBy?.join(", ")}`));
  return [element("p", { class: "outside" }, "Papers outside the list that most of its papers cite. ", element("code", {}, "lineage suggest")), element("ul", { class: "arcs" }, ...items)];
}

function setUpStory() {
  const opener = byId("story");
  opener.hidden = !storyNames.length;
  opener.addEventListener("click", () => {
    changeState({ story: state.story ? null : storyNames[0], selected: null, arc: null, request: null, chosenPath: null, chosenGroup: 0 });
    if (state.story) byId("panel").focus({ preventScroll: true });
  });
}
