// What the reader did, step by step: undo and redo, and the browser's Back. A step is the address of a state, which tells all of it.

/** What a copy that a reader saved opens with. @type {SavedView | null} */
const saved = embeddedJson("saved");
/** What the page opens with when its address says nothing. */
const opensWith = saved?.address ?? facts.preset;
/** The marks of the library with which the page was made, which all files of its site have: an address need not tell them. */
const libraryMarks = marksIn(new URLSearchParams(facts.marks));
const saidBySaved = new URLSearchParams(saved?.address ?? "");
/** The marks that the page opens with. */
const savedMarks = saysMarks(saidBySaved) ? marksIn(saidBySaved) : libraryMarks;

const LONGEST_ADDRESS = 30_000; // characters; some browsers take no more than twice as many, and mail programs far fewer
const NOTHING = "none"; // the address of a page that shows nothing of what it opens with

/** The addresses of the states, the current one at the position `step`. @type {string[]} */
const steps = [];
let step = 0;

/** The address of the current state. */
const currentAddress = () => addressOf(state) || (opensWith ? NOTHING : "");

/** Write the state into the address, as a step of its own, unless `quietly`. @param {boolean} quietly */
function writeAddress(quietly) {
  const address = currentAddress();
  if (address === steps[step]) return;
  if (!quietly) {
    step += 1;
    steps.length = step;
  }
  steps[step] = address;
  showInAddressBar(address, quietly);
}

/** What the browser is to be told of its address when this task ends. @type {{address: string, shown: string, quietly: boolean} | null} */
let untold = null;

/**
 * The browser keeps the whole state with the entry of its history; what is too long for an address bar is left out there.
 * It is told once of what one task writes into one entry: every time takes it some milliseconds.
 * @param {string} address @param {boolean} quietly
 */
function showInAddressBar(address, quietly) {
  const shown = address.length > LONGEST_ADDRESS ? addressOf({ ...state, marks: noMarks() }) : address;
  if (untold && quietly) Object.assign(untold, { address, shown });
  else {
    tellBrowser();
    untold = { address, shown, quietly };
    queueMicrotask(tellBrowser);
  }
}

function tellBrowser() {
  if (untold) history[untold.quietly ? "replaceState" : "pushState"](untold.address, "", `#${untold.shown}`);
  untold = null;
}

/** Where marks are kept, in a sentence. In the frame of a notebook a page has no address, and some have no room for all marks. */
function whereMarksAreKept() {
  if (sameMarks(state.marks, libraryMarks)) return "These marks came with the page, from your library.";
  const isInAddress = location.protocol !== "about:" && currentAddress().length <= LONGEST_ADDRESS;
  if (!isInAddress) return "Your marks are kept only while this page is open: save a copy to keep them.";
  return "Your marks are kept in the address of this page, not in the browser: bookmark it, copy the link or save a copy to keep them.";
}

/** The address that the browser has for what is to be shown; one that only puts the welcome away says nothing of it. */
function addressOfBrowser() {
  if (typeof history.state === "string") return history.state;
  const told = location.hash.replace(/^#/, "");
  return told === "" || told === "welcome=off" ? opensWith || told : told;
}

/** Show what the browser's address tells: at first, and after Back and Forward. */
function followAddress() {
  showState(addressOfBrowser());
  const address = currentAddress();
  const known = [step - 1, step + 1, step].find((n) => steps[n] === address) ?? steps.lastIndexOf(address);
  if (known >= 0) step = known;
  else {
    step = steps.length ? step + 1 : 0;
    steps.length = step;
    steps.push(address);
  }
  updateStepControls();
}

/** Show the state that the reader had so many steps ago, or after an undo so many steps later. @param {-1 | 1} by */
function goStep(by) {
  const word = by < 0 ? "undo" : "redo";
  if (steps[step + by] === undefined) return notify(`Nothing to ${word}`);
  step += by;
  showState(steps[step]);
  steps[step] = currentAddress();
  showInAddressBar(steps[step], false);
  updateStepControls();
  notify(by < 0 ? "Undone" : "Done again");
}

function updateStepControls() {
  byId("undo").setAttribute("aria-disabled", String(steps[step - 1] === undefined));
  byId("redo").setAttribute("aria-disabled", String(steps[step + 1] === undefined));
}

function setUpSteps() {
  onClick("undo", () => goStep(-1));
  onClick("redo", () => goStep(1));
  window.addEventListener("popstate", followAddress);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.closest("input:not([type=checkbox], [type=range]), select, textarea") !== null;
    if (isTyping || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    goStep(key === "y" || event.shiftKey ? 1 : -1);
  });
}
