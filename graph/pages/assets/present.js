// Presentation: the picture and large type alone, hop by hop along a path with the reason of every hop, or year by year.

/**
 * @typedef {{kind: "path", path: string[], viewport: State["viewport"], at: number, last: number}} PathPresentation `at`: how many hops are told
 * @typedef {{kind: "years", years: number[], viewport: State["viewport"], at: number, last: number}} YearPresentation
 */

const LARGEST_PRESENTED = 2.4; // the scale of the picture
const PLAY_MILLISECONDS = 1400; // for a year

/** What is presented; null: nothing is. @type {PathPresentation | YearPresentation | null} */
let presentation = null;
let playTimer = 0;

/** The path that a presentation tells: the one that is chosen, or the first. */
const pathToPresent = () => (state.request ? (chosenPathKeys() ?? foundPaths()[0] ?? null) : null);

/** Begin to present a path, or the years. @param {"path" | "years"} kind */
function present(kind) {
  const viewport = presentation ? presentation.viewport : state.viewport;
  const path = pathToPresent();
  stopPlaying();
  presentation = null;
  updatePage(); // all that passes the filters is visible again
  if (kind === "path" && path) presentation = { kind, path, viewport, at: 0, last: path.length - 1 };
  else {
    const years = [...new Set([...visiblePapers].map((key) => papers[key].year))].filter((year) => year !== null).sort((a, b) => a - b);
    if (!years.length) return notify("There is nothing to present: no paper that is shown has a year");
    presentation = { kind: "years", years, viewport, at: 0, last: years.length - 1 };
  }
  state.viewport = null;
  document.body.classList.add("presenting");
  byId("stage").hidden = false;
  byId("stage").focus({ preventScroll: true });
  byId("stage-play").hidden = presentation.kind === "path" || reducedMotion.matches;
  byId("stage-path").hidden = !path;
  byId("stage-path").setAttribute("aria-pressed", String(presentation.kind === "path"));
  byId("stage-years").setAttribute("aria-pressed", String(presentation.kind === "years"));
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {}); // some frames may not: it fills the window then
  showStep(0);
}

/** @param {number} at */
function showStep(at) {
  if (!presentation) return;
  presentation.at = Math.max(0, Math.min(presentation.last, at));
  byId("stage-text").replaceChildren(...(presentation.kind === "path" ? captionOfHop(presentation) : captionOfYear(presentation)));
  byId("stage-count").textContent = `${presentation.at + 1} of ${presentation.last + 1}`;
  byId("stage-back").setAttribute("aria-disabled", String(presentation.at === 0));
  byId("stage-on").setAttribute("aria-disabled", String(presentation.at === presentation.last));
  if (presentation.at === presentation.last) stopPlaying();
  updatePage();
  frameStep();
}

/** A paper of the path, what it brought, and why it cites the one before. @param {PathPresentation} told */
function captionOfHop({ path, at }) {
  const key = path[at];
  const { title, name, brought } = papers[key];
  const lines = [element("p", { class: "stage-year" }, yearOf(key)), element("h1", {}, bdi(name))];
  if (title !== null && title !== name) lines.push(element("p", { class: "stage-title" }, bdi(title)));
  if (at === 0 && brought !== null) lines.push(element("p", { class: "stage-reason" }, bdi(brought)));
  const arc = at ? arcBetween(path[at - 1], key) : undefined;
  if (!arc) return lines;
  const cited = papers[path[at - 1]].name;
  const why = arc.why ? whyCited(arc) : [`cites ${cited}`, whyCited(arc)].filter(Boolean).join(": ");
  return [...lines, element("p", { class: "stage-reason" }, bdi(why)), element("p", { class: "stage-source" }, bdi(`${name} cites ${cited}, ${assertedBy(arc)}`))];
}

/** A year, and the papers that it brought. @param {YearPresentation} told */
function captionOfYear({ years, at }) {
  const year = years[at];
  const added = [...visibleUntil(year)].filter((key) => papers[key].year === year).sort(byListOrder);
  const names = added.slice(0, 8).flatMap((key, n) => [n ? ", " : "", bdi(papers[key].name)]);
  return [
    element("h1", {}, String(year)),
    element("p", { class: "stage-reason" }, `${counted(added.length, "paper", "papers")}: `, ...names, added.length > 8 ? ` and ${formatCount(added.length - 8)} more` : ""),
  ];
}

/** The papers that pass the filters and are no younger than a year; the undated ones with the last year. @param {number} year */
function visibleUntil(year) {
  const isLast = presentation?.kind === "years" && year === presentation.years.at(-1);
  return new Set(presentedPapers.filter((key) => (papers[key].year === null ? isLast : Number(papers[key].year) <= year)));
}

/** The papers that pass the filters. @type {string[]} */
let presentedPapers = [];

/** Leave out what is younger than the year that is presented. */
function limitToYear() {
  presentedPapers = [...visiblePapers];
  if (presentation?.kind !== "years") return;
  visiblePapers = visibleUntil(presentation.years[presentation.at]);
  visibleArcs = visibleArcs.filter(isArcVisible);
  isFiltered = true;
}

/** Light the path as far as it is told; of the years, light nothing apart. */
function lightStep() {
  const told = presentation?.kind === "path" ? presentation.path.slice(0, presentation.at + 1) : null;
  highlightedPapers = told && new Set(told);
  highlightedArcs = (told ?? []).slice(1).flatMap((key, n) => arcBetween(told?.[n] ?? "", key) ?? []);
}

/** Bring the whole path into view, then the two papers of a hop, as large as they fit; of the years, the whole picture. */
function frameStep() {
  if (presentation?.kind !== "path") return showWholePicture();
  const { path, at } = presentation;
  const boxes = (at ? path.slice(at - 1, at + 1) : path).flatMap((key) => spotByKey.get(key) ?? []);
  if (!boxes.length) return;
  const [left, right] = [Math.min(...boxes.map(leftOf)), Math.max(...boxes.map((spot) => leftOf(spot) + spot.box[0]))];
  const [top, bottom] = [Math.min(...boxes.map(({ y }) => y)) - 20, Math.max(...boxes.map(({ y }) => y)) + 20];
  const { clientWidth, clientHeight } = graphElement;
  const scale = limitedScale(Math.min(LARGEST_PRESENTED, (clientWidth - 60) / (right - left), (clientHeight - YEAR_STRIP - 24) / (bottom - top)));
  moveViewTo((left + right) / 2, (top + bottom - YEAR_STRIP / scale) / 2, scale);
}

/** Leave the presentation, and show what was shown before. */
function leavePresentation() {
  if (!presentation) return;
  const { viewport } = presentation;
  stopPlaying();
  presentation = null;
  document.body.classList.remove("presenting");
  byId("stage").hidden = true;
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  updatePage();
  state.viewport = viewport;
  network.setSize("100%", "100%");
  if (viewport) jumpTo(...viewport);
  else {
    showWholePicture();
    frameStateAtOnce();
  }
  writeAddress(true);
  byId("present").focus();
}

function stopPlaying() {
  clearInterval(playTimer);
  playTimer = 0;
  byId("stage-play").textContent = "Play";
}

/** Go on by a year every moment, from the beginning when the end is reached; or stop. */
function play() {
  if (playTimer || presentation?.kind !== "years") return stopPlaying();
  if (presentation.at === presentation.last) showStep(0);
  byId("stage-play").textContent = "Pause";
  playTimer = window.setInterval(() => showStep((presentation?.at ?? 0) + 1), PLAY_MILLISECONDS);
}

/** What the keys of a presentation do. @type {Record<string, (at: number, last: number) => void>} */
const STAGE_KEYS = {
  ArrowRight: (at) => showStep(at + 1),
  PageDown: (at) => showStep(at + 1),
  " ": (at) => showStep(at + 1),
  ArrowLeft: (at) => showStep(at - 1),
  PageUp: (at) => showStep(at - 1),
  Home: () => showStep(0),
  End: (_, last) => showStep(last),
  p: () => !byId("stage-play").hidden && play(),
  Escape: leavePresentation,
};

/** @param {KeyboardEvent} event */
function onStageKey(event) {
  if (!presentation || event.ctrlKey || event.metaKey || event.altKey) return;
  const isOnButton = event.target instanceof HTMLElement && event.target.closest("button") !== null;
  event.stopPropagation(); // no key reaches what the presentation hides
  const does = STAGE_KEYS[event.key];
  if (!does || (event.key === " " && isOnButton)) return;
  event.preventDefault();
  if (event.key.startsWith("Arrow")) stopPlaying();
  does(presentation.at, presentation.last);
}

function setUpPresentation() {
  onClick("present", () => present(pathToPresent() ? "path" : "years"));
  onClick("stage-path", () => present("path"));
  onClick("stage-years", () => present("years"));
  onClick("stage-back", () => showStep((presentation?.at ?? 0) - 1));
  onClick("stage-on", () => showStep((presentation?.at ?? 0) + 1));
  onClick("stage-play", play);
  onClick("stage-leave", leavePresentation);
  document.addEventListener("keydown", onStageKey, { capture: true });
  document.addEventListener("fullscreenchange", () => document.fullscreenElement === null && leavePresentation()); // Escape ends both
}
