// The page: everything on it follows the state.

let appliedFilters = "";
const baseTitle = document.title;
let framedRelatives = "null"; // as JSON

/** Bring everything on the page into step with the state. */
function updatePage() {
  previewedPath = null;
  updatePathResults();
  const overflowChanged = updateOverflowLane();
  const { hiddenThemes, years, confirmed, influential, connected, relatives, request, author, venue, marks, starredOnly } = state;
  const filters = JSON.stringify([[...hiddenThemes], years, confirmed, influential, connected, relatives, author, venue, [...hiddenByMarks(state)], starredOnly && marks.starred, hasFilters(state) && request, presentation?.kind === "years" && presentation.at]);
  if (filters !== appliedFilters || overflowChanged) {
    appliedFilters = filters;
    visibilityVersion += 1;
    updateVisibility();
    if (collapseGaps()) {
      if (isOpeningView) showWholePicture();
      else keepPictureInView();
    }
    limitToYear();
  }
  updateHighlight();
  startDrawingPath();
  updateFilterControls();
  updateEndFields();
  updateWelcome();
  const panelChanged = updatePanel();
  updateTables();
  updateSite();
  updateMarks();
  updateNameFilters();
  updateStepControls();
  if (panelChanged) { // now that all is written: what asks for places would have the page laid out before every change
    scrollPictureAbovePanel();
    fitToRoom();
  }
  const relativesChanged = JSON.stringify(state.relatives) !== framedRelatives;
  framedRelatives = JSON.stringify(state.relatives);
  if ((panelChanged && state.selected === null) || (relativesChanged && state.relatives)) frameState();
  document.title = [titleOfState(), baseTitle].filter(Boolean).join(" - ");
  requestRedraw();
}

/** Whether a state has filters. @param {State} of */
const hasFilters = ({ hiddenThemes, years, confirmed, influential, connected, relatives, author, venue, marks, starredOnly, leaveOut }) =>
  hiddenThemes.size > 0 || starredOnly || author !== "" || venue !== "" || [...hiddenByMarks({ marks, leaveOut })].some(isPaper) || yearsText(years) !== "" || confirmed || influential || connected || relatives !== null;

/** Show the state that an address tells. @param {string} address */
function showState(address) {
  awaitPaper(null);
  hideTooltip();
  Object.assign(state, stateFromAddress(address), { welcome: hasWelcome && address === "" });
  clearEndFields();
  showProblem(problemIn(address));
  const { viewport } = state;
  state.viewport = null;
  showWholePicture();
  chooseCarriedPath();
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
setUpWelcome();
setUpFilters();
setUpStory();
setUpTables();
setUpDownloads();
setUpNameFilters();
setUpLasso();
setUpMarks();
setUpPresentation();
setUpSteps();
followAddress();

// For tests, for the script of `lineage serve`, and for a reader's own console.
Object.assign(window, {
  lineagePage: {
    network,
    state,
    spots,
    arcs,
    papers,
    answerTo,
    mostTravelled,
    readingTrail,
    drawnPart,
    lines: () => [...pathShares()].map(([arc, share]) => ({ arc: arcName(arc.from, arc.to), share, width: widthOfShare(share) })),
    totalInCorpus,
    hiddenOutside,
    shellWord,
    resolveName,
    foldText,
    citedWith,
    builtAlike,
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
