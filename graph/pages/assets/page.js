// The page: everything on it follows the state.

let appliedFilters = "";
const baseTitle = document.title;
let framedRelatives = "null"; // as JSON

/** Bring everything on the page into step with the state. */
function updatePage() {
  updatePathResults();
  const overflowChanged = updateOverflowLane();
  const { hiddenThemes, years, confirmed, influential, connected, relatives, request } = state;
  const filters = JSON.stringify([[...hiddenThemes], years, confirmed, influential, connected, relatives, hasFilters(state) && request]);
  if (filters !== appliedFilters || overflowChanged) {
    appliedFilters = filters;
    visibilityVersion += 1;
    updateVisibility();
    if (collapseGaps()) {
      if (isOpeningView) showWholePicture();
      else keepPictureInView();
    }
  }
  updateHighlight();
  updateFilterControls();
  updateEndFields();
  const panelChanged = updatePanel();
  if (panelChanged) {
    scrollPictureAbovePanel();
    fitToRoom();
  }
  updateTables();
  const relativesChanged = JSON.stringify(state.relatives) !== framedRelatives;
  framedRelatives = JSON.stringify(state.relatives);
  if ((panelChanged && state.selected === null) || (relativesChanged && state.relatives)) frameState();
  document.title = [titleOfState(), baseTitle].filter(Boolean).join(" - ");
  requestRedraw();
}

/** Whether a state has filters. @param {State} of */
const hasFilters = ({ hiddenThemes, years, confirmed, influential, connected, relatives }) =>
  hiddenThemes.size > 0 || years.some((year) => year !== null) || confirmed || influential || connected || relatives !== null;

/** Take the state from the address and show it. */
function restoreFromAddress() {
  awaitPaper(null);
  hideTooltip();
  readAddress();
  clearEndFields();
  showProblem(problemIn(location.hash));
  const { viewport } = state;
  state.viewport = null;
  showWholePicture();
  framesAtOnce = true;
  updatePage();
  framesAtOnce = false;
  if (viewport && showsPapers(viewport)) {
    isOpeningView = false;
    jumpTo(viewport[0], viewport[1], limitedScale(viewport[2]));
    keepPictureInView();
    state.viewport = viewport;
    writeAddress(true);
  } else frameStateAtOnce();
}

setUpViewport();
setUpViewLimits();
setUpInteraction();
setUpPathForm();
setUpFilters();
setUpStory();
setUpTables();
setUpDownloads();
restoreFromAddress();
window.addEventListener("popstate", restoreFromAddress);

// For tests, for the script of `lineage serve`, and for a reader's own console.
Object.assign(window, {
  lineagePage: {
    network,
    state,
    spots,
    arcs,
    papers,
    answerTo,
    totalInCorpus,
    hiddenOutside,
    shellWord,
    resolveName,
    foldText,
    select: selectPaper,
    close: closePanel,
    visibleArea,
    lanes,
    ticks,
    laneHeads: () => laneHeads,
    outlineColour,
    fillOf,
    cellsOf,
    plates: () => [...plates.values()],
    visible: () => [...visiblePapers],
    highlighted: () => highlightedPapers && [...highlightedPapers],
    settled: () => visibleArcs.length <= MANY_ARCS || arcLayer.whole,
  },
});
