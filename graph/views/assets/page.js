// The page: vis-network draws and finds what is under the pointer, the other parts say how and what.

const container = document.getElementById("graph");
const panel = document.getElementById("panel");
const tip = document.getElementById("tip");
const announcer = document.getElementById("announcer");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const inOrder = spots.map((spot) => spot.id).sort(byDate);

for (const spot of spots) spot.ctxRenderer = drawMark;
const network = new vis.Network(container, { nodes: new vis.DataSet(spots), edges: new vis.DataSet() }, carried("options"));
network.canvas.frame.tabIndex = -1; // the container takes the focus, once

const NARROW = 760; // pixels, as in the style sheet
let moving = false;
let untouched = true; // the reader has neither moved nor zoomed the picture

network.on("beforeDrawing", (ctx) => {
  zoom = network.getScale();
  bright = lit();
  drawLanes(ctx, inView(network, container));
  drawArcs(ctx, moving);
  drawLitArcs(ctx);
});
network.on("afterDrawing", (ctx) => drawYears(ctx, inView(network, container)));

/** Show the whole picture, or on a narrow screen as much as can be read of where most papers are. */
function home() {
  const [width, height] = facts.size;
  const { clientWidth, clientHeight } = container;
  const [top, bottom] = [lanes[0]?.top ?? 0, lanes.at(-1)?.bottom ?? height];
  const tall = (clientHeight - STRIP - 20) / (bottom - top);
  const whole = Math.min(clientWidth / width, tall, 1.6);
  const scale = clientWidth < NARROW ? Math.max(whole, 0.8) : whole;
  const x = scale > whole ? crowdedFrom(clientWidth / scale) + clientWidth / 2 / scale : width / 2;
  const y = scale > tall ? top + (clientHeight / 2 - STRIP - 6) / scale : (top + bottom) / 2 - STRIP / 2 / scale;
  network.moveTo({ position: { x, y }, scale });
  untouched = true;
}

/** Where a stretch of this width begins that holds the most papers. */
function crowdedFrom(width) {
  const [starts, ends] = [spots.map(left), spots.map((spot) => left(spot) + spot.box[0])];
  for (const some of [starts, ends]) some.sort((a, b) => a - b);
  let [best, most, begun, ended] = [0, 0, 0, 0];
  for (const start of starts) {
    while (ends[ended] < start) ended += 1;
    while (begun < starts.length && starts[begun] < start + width) begun += 1;
    if (begun - ended > most) [best, most] = [start, begun - ended];
  }
  return best - 12;
}

/** Move the picture just as far as it takes to have a paper in view beside the panel, and its arcs if they fit. */
function reveal(key) {
  const scale = network.getScale();
  const area = container.getBoundingClientRect();
  const cover = panel.hidden ? area : panel.getBoundingClientRect();
  const beside = cover.left > area.left + 200;
  const right = panel.hidden || !beside ? area.width : cover.left - area.left;
  const bottom = panel.hidden || beside ? area.height : Math.max(120, Math.min(area.height, cover.top - area.top));
  const shift = (low, high, from, to) => (low < from ? low - from : Math.max(0, high - to));
  const around = (some) => (fit) => {
    const sides = some.flatMap((one) => {
      const { x, y, box: [width, height] } = spotOf.get(one);
      const low = network.canvasToDOM({ x: x - width / 2, y: y - height / 2 });
      const high = network.canvasToDOM({ x: x + width / 2, y: y + height / 2 });
      return [[low.x, low.y], [high.x, high.y]];
    });
    const [xs, ys] = [sides.map((side) => side[0]), sides.map((side) => side[1])];
    return fit(Math.min(...xs) - 12, Math.max(...xs) + 12, Math.min(...ys) - 12, Math.max(...ys) + 12);
  };
  const fits = (x1, x2, y1, y2) => x2 - x1 <= right && y2 - y1 <= bottom - STRIP;
  const together = around([...lit()]);
  const alone = around([key]);
  let [dx, dy] = (together(fits) ? together : alone)((x1, x2, y1, y2) => [shift(x1, x2, 0, right), shift(y1, y2, STRIP, bottom)]);
  // Where they do not fit, the paper goes to the middle, so that as many as possible show on both sides.
  if (!panel.hidden && beside && !together(fits)) dx = alone((x1, x2) => (x1 + x2) / 2 - right / 2);
  if (!dx && !dy) return;
  const { x: cx, y: cy } = network.getViewPosition();
  const position = { x: cx + dx / scale, y: cy + dy / scale };
  network.moveTo({ position, scale, animation: calm.matches ? false : { duration: 250, easingFunction: "easeOutQuad" } });
}

/** Point at a paper, or at none: its arcs stand out, a line tells what it is. */
function point(key) {
  state.pointed = key;
  tip.hidden = key === null;
  if (key !== null) fillTip(key);
  network.redraw();
}

function fillTip(key) {
  const { title, name, year } = papers[key];
  const cited = counted(citedByOf.get(key).length, "paper", "papers");
  const cites = counted(citesOf.get(key).length, "paper", "papers");
  tip.replaceChildren(
    element("strong", {}, bdi(title ?? name)),
    element("span", {}, bdi(`${authorsOf(key, 3)}, ${year ?? "undated"}`)),
    element("span", {}, bdi(themesOf(key))),
    element("span", {}, `Cites ${cites} of this view, cited by ${cited}`),
  );
  const at = network.canvasToDOM({ x: spotOf.get(key).x, y: spotOf.get(key).y });
  const below = at.y + (spotOf.get(key).box[1] / 2) * network.getScale() + 10;
  const { clientWidth, clientHeight } = container;
  const top = below + tip.offsetHeight > clientHeight ? at.y - tip.offsetHeight - 24 * network.getScale() : below;
  tip.style.left = `${Math.max(8, Math.min(clientWidth - tip.offsetWidth - 8, at.x - tip.offsetWidth / 2))}px`;
  tip.style.top = `${Math.max(STRIP + 4, top)}px`;
}

/** Open the details of a paper. */
function select(key, { focusPanel = true } = {}) {
  state.selected = key;
  point(null);
  fillPanel(panel, key, select, close);
  panel.hidden = false;
  panel.setAttribute("aria-labelledby", "paper");
  if (focusPanel) panel.focus({ preventScroll: true });
  announcer.textContent = `${nameOf(key)}: details are open`;
  reveal(key);
  network.redraw();
}

/** Close the details; the keys are back at the picture, at the paper that was open. */
function close() {
  const key = state.selected;
  state.selected = null;
  panel.hidden = true;
  panel.replaceChildren();
  container.focus({ preventScroll: true });
  if (key !== null) cursor = key;
  if (untouched && container.clientWidth >= NARROW) home();
  point(null);
}

// Not vis-network's own hovering, which does not notice that the mouse has left the picture.
container.addEventListener("pointermove", (event) => {
  if (event.pointerType !== "mouse" || event.buttons) return;
  const area = container.getBoundingClientRect();
  const key = network.getNodeAt({ x: event.clientX - area.left, y: event.clientY - area.top }) ?? null;
  container.classList.toggle("on-paper", key !== null);
  if (key === state.pointed) return;
  cursor = key ?? cursor;
  point(key);
});
container.addEventListener("pointerleave", () => state.pointed !== null && point(null));
network.on("click", ({ nodes }) => {
  container.focus({ preventScroll: true });
  if (nodes.length) select((cursor = nodes[0]), { focusPanel: false });
  else if (state.selected !== null) close();
});

/** @type {string | null} where the arrow keys go from */
let cursor = null;

/** The paper to which a key leads from another. */
function next(key, from) {
  const position = inOrder.indexOf(from);
  const nearest = (keys) => keys.sort((a, b) => distance(from, a) - distance(from, b))[0];
  const towards = (ahead) => nearest(inOrder.filter((other) => ahead(spotOf.get(from), spotOf.get(other))));
  switch (key) {
    case "ArrowLeft":
      return nearest(citesOf.get(from).map((arc) => arc.from)) ?? towards((here, there) => left(there) < left(here));
    case "ArrowRight":
      return nearest(citedByOf.get(from).map((arc) => arc.to)) ?? towards((here, there) => left(there) > left(here));
    case "ArrowUp":
      return towards((here, there) => there.y < here.y - 4);
    case "ArrowDown":
      return towards((here, there) => there.y > here.y + 4);
    case "PageUp":
      return inOrder[position - 1];
    case "PageDown":
      return inOrder[position + 1];
    case "Home":
      return inOrder[0];
    case "End":
      return inOrder.at(-1);
  }
}

const distance = (a, b) => Math.hypot(left(spotOf.get(a)) - left(spotOf.get(b)), spotOf.get(a).y - spotOf.get(b).y);

const WALKING = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];
container.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !spots.length) return;
  if (event.key === "Enter" && cursor !== null) select(cursor);
  else if (WALKING.includes(event.key)) {
    cursor = cursor === null ? inOrder[0] : next(event.key, cursor) ?? cursor;
    state.pointed = cursor; // before the picture moves: its arcs count
    reveal(cursor);
    point(cursor);
    announcer.textContent = `${nameOf(cursor)}, ${papers[cursor].year ?? "undated"}, cites ${citesOf.get(cursor).length}, cited by ${citedByOf.get(cursor).length}`;
  } else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (state.selected !== null) close();
  else point(null);
});
container.addEventListener("blur", () => state.pointed !== null && point(null));

const touch = (event) => {
  untouched = false;
  moving = true;
  clearTimeout(touch.timer);
  if (event !== "drag") touch.timer = setTimeout(rest, 160);
  tip.hidden = true;
};
const rest = () => {
  moving = false;
  network.redraw();
};
network.on("dragStart", () => touch("drag"));
network.on("dragEnd", rest);
network.on("zoom", () => touch("zoom"));
network.on("resize", () => untouched && home());
const zoomBy = (factor) => {
  untouched = false;
  network.moveTo({ scale: network.getScale() * factor });
};
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.3));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
document.getElementById("zoom-all").addEventListener("click", home);

const whole = document.getElementById("papers");
whole.addEventListener("toggle", () => {
  if (!whole.open || document.getElementById("list").children.length) return;
  for (const lane of lanes) {
    const keys = inOrder.filter((key) => papers[key].lane === lane.theme);
    const items = keys.map((key) => {
      const button = element("button", { type: "button", "data-key": key }, bdi(nameOf(key)));
      button.addEventListener("click", () => select(key));
      return element("li", {}, button, ` ${papers[key].year ?? "undated"}`);
    });
    document.getElementById("list").append(element("h3", {}, bdi(lane.name)), element("ul", {}, ...items));
  }
});

setUpSearch((key) => select((cursor = key)));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  scheme = readScheme();
  network.redraw();
});
home();

// A handle for tests and for a reader's own console.
window.lineagePage = { network, state, point, select, close, spots, arcs, papers };
