// The page: what changes the state, and what follows from it.

let filtered = "";

/** Bring everything on the page into step with the state. */
function apply() {
  answerIfAsked();
  const changed = receiveGuests();
  const { off, years, confirmed, influential, connected, kin, ask } = state;
  const now = JSON.stringify([[...off], years, confirmed, influential, connected, kin, isFilteredBy(state) && ask]);
  if (now !== filtered || changed) {
    filtered = now;
    shownVersion += 1;
    filter();
  }
  light();
  showFilters();
  showEnds();
  const anew = fillPanel();
  if (anew) makeRoom();
  fillTables();
  if (anew && state.ask && state.selected === null && state.arc === null) frame([...(litPapers ?? [])]);
  if (anew && state.arc !== null) frame(state.arc.split(":"));
  paint();
}

/** @param {State} one whether filters leave something out */
const isFilteredBy = ({ off, years, confirmed, influential, connected, kin }) => off.size > 0 || years.some((year) => year !== null) || confirmed || influential || connected || kin !== null;

/** Take the state from the address and show it. */
function restore() {
  pick(null);
  recall();
  const strangers = strangersIn(location.hash).map((key) => `“${key.slice(0, 60)}”`);
  tellFault(strangers.length ? `The address names what is no paper of this page: ${strangers.slice(0, 3).join(", ")}${strangers.length > 3 ? " and others" : ""}. It may belong to another page.` : "");
  const { at } = state;
  if (at === null) home();
  apply();
  if (at) {
    untouched = false;
    network.moveTo({ position: { x: at[0], y: at[1] }, scale: at[2] });
    state.at = at;
  } else if (state.selected) reveal(state.selected);
}

setUpView();
setUpWalk();
setUpAsk();
setUpFilters();
setUpTables();
setUpTakeaway();
restore();
window.addEventListener("popstate", restore);

// A handle for tests and for a reader's own console.
Object.assign(window, {
  lineagePage: { network, state, point, select, close: closePanel, spots, arcs, papers, answerTo, layer, inView, ask, change, shown: () => [...shown], lit: () => litPapers && [...litPapers], settled: () => shownArcs.length <= MANY || layer.whole },
});
