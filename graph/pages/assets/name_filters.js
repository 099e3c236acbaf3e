// Filters by author and by venue. What a page does not know of a paper is said: such a paper is hidden, and may yet belong to what was asked for.

/** @param {string} typed @param {string} text */
const hasWords = (typed, text) => foldText(typed).split(/\s+/).filter(Boolean).every((word) => foldText(shownText(text)).includes(word));

/** Whether one author of a paper has all words that were typed. @param {string} key @param {string} typed */
const isBy = (key, typed) => papers[key].authors.some((author) => hasWords(typed, author));
/** @param {string} key @param {string} typed */
const isIn = (key, typed) => hasWords(typed, papers[key].venue ?? "");

/** A test for papers by the author and venue that the state asks for. @returns {(key: string) => boolean} */
function namesTest() {
  const { author, venue } = state;
  return (key) => (!author || isBy(key, author)) && (!venue || (papers[key].venue !== null && isIn(key, venue)));
}

/** Of how many papers it is not known whether they pass, in a sentence. */
function describeNames() {
  const { author, venue } = state;
  const isPartlyNamed = (/** @type {string} */ key) => !papers[key].authors.length || papers[key].more > 0 || !papers[key].allAuthors;
  const unsure = author ? keys.filter((key) => isPartlyNamed(key) && !isBy(key, author)).length : 0;
  const nowhere = venue ? keys.filter((key) => papers[key].venue === null).length : 0;
  return [
    unsure ? `${counted(unsure, "paper that is hidden names", "papers that are hidden name")} only some authors here, and may be by this one too.` : "",
    nowhere ? `Of ${counted(nowhere, "paper", "papers")} the venue is not known.` : "",
  ].filter(Boolean).join(" ");
}

const MOST_OFFERED = 200;

/** Offer the names that most papers have while the reader types. @param {string} id @param {(key: string) => string[]} namesOf */
function offerNames(id, namesOf) {
  const list = byId(`${id}-names`);
  inputById(id).addEventListener("focus", () => {
    if (list.children.length) return;
    const offered = [...tally(keys.flatMap(namesOf))].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_OFFERED);
    list.append(...offered.map(([name, count]) => element("option", { value: shownText(name) }, `${formatCount(count)}`)));
  });
}

function setUpNameFilters() {
  offerNames("author", (key) => papers[key].authors);
  offerNames("venue", (key) => (papers[key].venue === null ? [] : [papers[key].venue ?? ""]));
  for (const name of /** @type {("author" | "venue")[]} */ (["author", "venue"])) {
    inputById(name).addEventListener("change", () => changeState({ [name]: inputById(name).value.trim() }));
  }
}

function updateNameFilters() {
  for (const name of /** @type {("author" | "venue")[]} */ (["author", "venue"])) if (document.activeElement !== inputById(name) || state[name]) inputById(name).value = state[name];
  byId("names-note").textContent = describeNames();
}
