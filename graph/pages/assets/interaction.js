// Pointing, clicking and walking from paper to paper by keys.

/** @type {string | null} where the arrow keys go from */
let cursor = null;

/** Point at a paper, or at none: its arcs stand out, a line tells what it is. @param {string | null} key */
function point(key) {
  state.pointed = key;
  const tip = byId("tip");
  tip.hidden = key === null;
  light();
  if (key !== null) fillTip(tip, key);
  paint();
}

/** @param {HTMLElement} tip @param {string} key */
function fillTip(tip, key) {
  const { title, name } = papers[key];
  const cited = counted(citedByOf(key).length, "paper", "papers");
  const cites = counted(citesOf(key).length, "paper", "papers");
  tip.replaceChildren(
    element("strong", {}, bdi(title ?? name)),
    element("span", {}, bdi(`${authorsOf(key, 3)}, ${yearOf(key)}`)),
    element("span", {}, bdi(themesOf(key))),
    element("span", {}, `Cites ${cites} of this view, cited by ${cited}`),
  );
  const { x, y, box: [width, height] } = spotOf(key);
  const at = network.canvasToDOM({ x: zoom < SPECK ? x - width / 2 : x, y });
  const below = at.y + (height / 2) * network.getScale() + 10;
  const { clientWidth, clientHeight } = container;
  const top = below + tip.offsetHeight > clientHeight ? at.y - tip.offsetHeight - 24 * network.getScale() : below;
  tip.style.left = `${Math.max(8, Math.min(clientWidth - tip.offsetWidth - 8, at.x - tip.offsetWidth / 2))}px`;
  tip.style.top = `${Math.max(STRIP + 4, top)}px`;
}

/** Open the details of a paper. @param {string} key */
function select(key, { focusPanel = true } = {}) {
  cursor = key;
  state.pointed = null;
  byId("tip").hidden = true;
  change({ selected: key, arc: null });
  if (focusPanel) byId("panel").focus({ preventScroll: true });
  announce(`${nameOf(key)}: details are open`);
  reveal(key);
}

/** Close what is open last; the keys are back at the picture, at the paper that was open. */
function closePanel() {
  const key = state.selected;
  byId("panel").dataset.shows = "?"; // whatever it showed is gone
  if (state.selected !== null || state.arc !== null) change({ selected: null, arc: null });
  else change({ ask: null, chosen: null });
  if (key !== null) cursor = key;
  if (state.ask) byId("panel").focus({ preventScroll: true });
  else container.focus({ preventScroll: true });
  if (untouched && container.clientWidth >= NARROW && !state.ask) home();
  point(null);
  rememberView();
}

/** A paper of the picture was chosen. @param {string} key @param {boolean} focusPanel */
function chosen(key, focusPanel) {
  if (picking) picked(key);
  else select(key, { focusPanel });
}

/** The paper to which a key leads from another. @param {string} key @param {string} from @returns {string | undefined} */
function next(key, from) {
  const walkable = shownInOrder();
  const position = walkable.indexOf(from);
  const nearest = (/** @type {string[]} */ keys) => keys.filter((one) => shown.has(one)).sort((a, b) => distance(from, a) - distance(from, b))[0];
  const towards = (/** @type {(here: Spot, there: Spot) => boolean} */ ahead) => nearest(walkable.filter((other) => ahead(spotOf(from), spotOf(other))));
  switch (key) {
    case "ArrowLeft":
      return nearest(citesOf(from).map((arc) => arc.from)) ?? towards((here, there) => left(there) < left(here));
    case "ArrowRight":
      return nearest(citedByOf(from).map((arc) => arc.to)) ?? towards((here, there) => left(there) > left(here));
    case "ArrowUp":
      return towards((here, there) => there.y < here.y - 4);
    case "ArrowDown":
      return towards((here, there) => there.y > here.y + 4);
    case "PageUp":
      return walkable[position - 1];
    case "PageDown":
      return walkable[position + 1];
    case "Home":
      return walkable[0];
    default:
      return walkable.at(-1);
  }
}

/** @param {string} a @param {string} b */
const distance = (a, b) => Math.hypot(left(spotOf(a)) - left(spotOf(b)), spotOf(a).y - spotOf(b).y);

const WALKING = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];

/** @param {KeyboardEvent} event */
function walk(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !shown.size) return;
  if (event.key === "Enter" && cursor !== null) chosen(cursor, true);
  else if (event.key === "+" || event.key === "-") zoomBy(event.key === "+" ? 1.3 : 1 / 1.3);
  else if (WALKING.includes(event.key)) {
    const from = cursor !== null && shown.has(cursor) ? cursor : null;
    if (from !== null || event.key === "End") cursor = next(event.key, from ?? "") ?? cursor;
    else cursor = next("Home", "") ?? null;
    if (cursor === null) return;
    state.pointed = cursor; // before the picture moves: its arcs count
    light();
    reveal(cursor);
    point(cursor);
    announce(`${nameOf(cursor)}, ${yearOf(cursor)}, cites ${citesOf(cursor).length}, cited by ${citedByOf(cursor).length}`);
  } else return;
  event.preventDefault();
}

function setUpWalk() {
  // Not vis-network's own hovering, which knows its own nodes alone and does not notice that the mouse has left.
  container.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const area = container.getBoundingClientRect();
    const { x, y } = network.DOMtoCanvas({ x: event.clientX - area.left, y: event.clientY - area.top });
    const key = paperAt(x, y);
    container.classList.toggle("on-paper", key !== null);
    if (key === state.pointed) return;
    cursor = key ?? cursor;
    point(key);
  });
  container.addEventListener("pointerleave", () => state.pointed !== null && point(null));
  container.addEventListener("blur", () => state.pointed !== null && point(null));
  container.addEventListener("keydown", walk);
  network.on("click", ({ pointer: { canvas: { x, y } } }) => {
    container.focus({ preventScroll: true });
    const key = paperAt(x, y);
    if (key !== null) return chosen((cursor = key), false);
    const arc = picking ? null : arcAt(x, y);
    if (arc) {
      change({ arc: `${arc.from}:${arc.to}`, selected: null });
      announce(`${papers[arc.to].name} cites ${papers[arc.from].name}: details are open`);
    } else if (state.selected !== null || state.arc !== null) closePanel();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
    if (event.key === "Escape") {
      if (picking) pick(null);
      else if (!byId("panel").hidden) closePanel();
      else point(null);
    } else if (event.key === "/" && !typing) {
      event.preventDefault();
      field("search").focus();
    }
  });
}
