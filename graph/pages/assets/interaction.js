// Mouse and keys in the picture: point at papers, open their details, go from paper to paper.

/** From how many papers before it a tooltip says what a paper takes. */
const MOST_TAKEN = 3;

/** @type {string | null} the paper from which the arrow keys go on */
let keyboardPaper = null;

/** @type {Arc | null} the arc on which the mouse rests */
let hoveredArc = null;
let restTimer = 0;
const REST_MILLISECONDS = 150; // faint arcs run everywhere: one is meant only where the mouse stays
const REST_REACH = 3; // pixels

/** Light the arc under the mouse once that rests there, so that a click opens only what the reader sees lit. @param {number} x @param {number} y */
function awaitRest(x, y) {
  clearTimeout(restTimer);
  const maySelect = highlightedPapers === null && !awaitedRole;
  if (maySelect && hoveredArc && arcAt([hoveredArc], x, y)) return; // still on it
  lightArc(null);
  if (maySelect) restTimer = window.setTimeout(() => lightArc(arcAt(visibleArcs, x, y, REST_REACH)), REST_MILLISECONDS);
}

/** @param {Arc | null} arc */
function lightArc(arc) {
  if (arc === hoveredArc) return;
  hoveredArc = arc;
  graphElement.classList.toggle("on-arc", arc !== null);
  requestRedraw();
}

/** The lit arc at a point of the picture. @param {number} x @param {number} y */
const litArcAt = (x, y) => arcAt(highlightedArcs, x, y) ?? (hoveredArc && arcAt([hoveredArc], x, y));

/** Point at a paper, or at none: its arcs are highlighted, and a tooltip says what it is. @param {string | null} key */
function pointAt(key) {
  state.pointed = key;
  const tooltip = byId("tip");
  tooltip.hidden = key === null;
  updateHighlight();
  if (key !== null) fillTooltip(tooltip, key);
  requestRedraw();
}

/** Point at nothing any more: what the page shows next is not to be covered. */
function hideTooltip() {
  state.pointed = null;
  byId("tip").hidden = true;
}

/** @param {HTMLElement} tooltip @param {string} key */
function fillTooltip(tooltip, key) {
  const { title, name } = papers[key];
  const cited = counted(citedByOf(key).length, "paper", "papers");
  const cites = counted(citesOf(key).length, "paper", "papers");
  tooltip.replaceChildren(
    element("strong", {}, bdi(title ?? name)),
    element("span", {}, bdi(`${authorsOf(key, 3)}, ${yearOf(key)}`)),
    element("span", {}, bdi(themesOf(key))),
    element("span", {}, `Cites ${cites} of this view, cited by ${cited}`),
    ...storyLines(key).map((line) => element("span", { class: "story" }, bdi(line))),
  );
  keepToCorner(tooltip, key);
}

/** The tooltip stands in the lower right corner of the picture, or in the left one where it would cover its paper. @param {HTMLElement} tooltip @param {string} key */
function keepToCorner(tooltip, key) {
  const [left, top, right, bottom] = rectangleOf(spotOf(key));
  const start = network.canvasToDOM({ x: left, y: top });
  const end = network.canvasToDOM({ x: right, y: bottom });
  tooltip.classList.remove("at-left");
  const covers = end.x > tooltip.offsetLeft - 8 && start.x < tooltip.offsetLeft + tooltip.offsetWidth + 8 && end.y > tooltip.offsetTop - 8;
  tooltip.classList.toggle("at-left", covers);
}

/** What a paper brought, and on the paths that are highlighted what it takes from the papers before it. @param {string} key */
function storyLines(key) {
  const { brought } = papers[key];
  const shown = state.request === null ? [] : highlightedPaths(true);
  const before = new Set(shown.map((path) => path[path.indexOf(key) - 1]).filter((other) => other !== undefined));
  const takes = [...before].slice(0, MOST_TAKEN).flatMap((other) => {
    const arc = arcBetween(other, key);
    return arc && hasReasons ? [`From ${papers[other].name}: ${whyCited(arc)}`] : [];
  });
  return [...(brought === null ? [] : [brought]), ...takes];
}

/** Open the details of a paper. @param {string} key */
function selectPaper(key, { focusPanel = true } = {}) {
  keyboardPaper = key;
  changeState({ selected: key, arc: null });
  bringIntoView(key);
  if (focusPanel) byId("panel").focus({ preventScroll: true });
  announce(`${numberedName(key)}: details are open`);
}

/** Close what was opened last. The focus goes back to the picture, and the arrow keys go on from the paper that was open. */
function closePanel() {
  const key = state.selected;
  byId("panel").dataset.shows = "?"; // so that it is filled anew
  if (state.selected !== null || state.arc !== null) changeState({ selected: null, arc: null });
  else if (state.several.length) changeState({ several: [] });
  else changeState({ request: null, chosenPath: null, chosenGroup: 0, story: null });
  if (key !== null) keyboardPaper = key;
  if (state.request) byId("panel").focus({ preventScroll: true });
  else graphElement.focus({ preventScroll: true });
  if (isOpeningView && graphElement.clientWidth >= NARROW_SCREEN && !state.request) showWholePicture();
  pointAt(null);
  if (!state.request) rememberViewport();
}

/** Open a paper that the reader chose in the picture, or use it for what the page waits for. @param {string} key @param {boolean} focusPanel */
function choosePaper(key, focusPanel) {
  if (awaitedRole) useAwaitedPaper(key);
  else selectPaper(key, { focusPanel });
}

/** The visible one of some papers that is nearest to another. @param {string} from @param {string[]} some @returns {string | undefined} */
const nearestOf = (from, some) => some.filter((other) => visiblePapers.has(other)).sort((a, b) => distance(from, a) - distance(from, b))[0];
/** The nearest on one side of a paper. @param {string} from @param {(here: Spot, there: Spot) => boolean} isThere */
const nearestWhere = (from, isThere) => nearestOf(from, visibleInOrder().filter((other) => isThere(spotOf(from), spotOf(other))));
/** The paper some steps before or behind another, oldest first. @param {string} from @param {number} by @returns {string | undefined} */
const steppedFrom = (from, by) => visibleInOrder()[visibleInOrder().indexOf(from) + by];

/** The paper to which a key leads from another. @type {Record<string, (from: string) => string | undefined>} */
const MOVES = {
  ArrowLeft: (from) => nearestOf(from, referencesOf(from)) ?? nearestWhere(from, (here, there) => leftOf(there) < leftOf(here)),
  ArrowRight: (from) => nearestOf(from, citersOf(from)) ?? nearestWhere(from, (here, there) => leftOf(there) > leftOf(here)),
  ArrowUp: (from) => nearestWhere(from, (here, there) => there.y < here.y - 4),
  ArrowDown: (from) => nearestWhere(from, (here, there) => there.y > here.y + 4),
  PageUp: (from) => steppedFrom(from, -1),
  PageDown: (from) => steppedFrom(from, 1),
  Home: () => visibleInOrder()[0],
  End: () => visibleInOrder().at(-1),
};

/** How far two papers are from each other in the picture. @param {string} a @param {string} b */
const distance = (a, b) => Math.hypot(leftOf(spotOf(a)) - leftOf(spotOf(b)), spotOf(a).y - spotOf(b).y);

/** @param {KeyboardEvent} event */
function onPictureKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !visiblePapers.size) return;
  if (markByKey(event.key, paperForKeys())) return event.preventDefault();
  if (event.key === "Enter" && event.shiftKey && keyboardPaper !== null) toggleSeveral(keyboardPaper);
  else if (event.key === "Enter" && keyboardPaper !== null) choosePaper(keyboardPaper, true);
  else if (event.key === "+" || event.key === "-") zoomBy(event.key === "+" ? 1.3 : 1 / 1.3);
  else if (Object.hasOwn(MOVES, event.key)) {
    const from = keyboardPaper !== null && visiblePapers.has(keyboardPaper) ? keyboardPaper : null;
    keyboardPaper = MOVES[from === null && event.key !== "End" ? "Home" : event.key](from ?? "") ?? keyboardPaper;
    if (keyboardPaper === null) return;
    state.pointed = keyboardPaper; // before the picture moves: the papers of its arcs are to be in view
    updateHighlight();
    bringIntoView(keyboardPaper);
    pointAt(keyboardPaper);
    announce(`${numberedName(keyboardPaper)}, ${yearOf(keyboardPaper)}, cites ${citesOf(keyboardPaper).length}, cited by ${citedByOf(keyboardPaper).length}`);
  } else return;
  event.preventDefault();
}

function setUpInteraction() {
  // vis-network's own hovering knows only nodes of its own, and does not notice that the mouse has left.
  graphElement.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const area = graphElement.getBoundingClientRect();
    const { x, y } = network.DOMtoCanvas({ x: event.clientX - area.left, y: event.clientY - area.top });
    const key = paperAt(x, y);
    const isOnHead = key === null && laneHeadAt(x, y) !== null;
    graphElement.classList.toggle("on-paper", key !== null || isOnHead || (!awaitedRole && arcAt(highlightedArcs, x, y) !== null));
    graphElement.title = isOnHead ? `Show or hide this ${facts.lanesBy.one}` : "";
    if (key !== state.pointed) {
      keyboardPaper = key ?? keyboardPaper;
      pointAt(key);
    }
    awaitRest(x, y);
  });
  graphElement.addEventListener("pointerleave", () => {
    clearTimeout(restTimer);
    lightArc(null);
    if (state.pointed !== null) pointAt(null);
  });
  graphElement.addEventListener("blur", () => state.pointed !== null && pointAt(null));
  graphElement.addEventListener("keydown", onPictureKey);
  network.on("click", ({ pointer: { canvas: { x, y } } }) => {
    graphElement.focus({ preventScroll: true });
    const key = paperAt(x, y);
    if (key !== null) return choosePaper((keyboardPaper = key), false);
    const head = laneHeadAt(x, y);
    if (head) return switchTheme(head.lane.theme ?? "");
    const arc = awaitedRole ? null : litArcAt(x, y);
    clearTimeout(restTimer);
    lightArc(null);
    if (arc) {
      changeState({ arc: `${arc.from}:${arc.to}`, selected: null });
      announce(`${papers[arc.to].name} cites ${papers[arc.from].name}: details are open`);
    } else if (state.selected !== null || state.arc !== null) closePanel();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (awaitedRole) awaitPaper(null);
      else if (!byId("panel").hidden) closePanel();
      else if (state.welcome) endWelcome();
      else pointAt(null);
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      inputById("from").select(); // which focuses it
    }
  });
}
