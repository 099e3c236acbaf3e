// The strip above the list of paths: the figure of the path that is lit, or of those that are listed, and its files.

const MOST_IN_STRIP = 5; // paths; the file has all that are listed
/** Small enough to stand beside the picture: names alone. @type {FigureStyle} */
const STRIP = { side: 20, card: 26, row: 34, gap: 26, hasDetails: false };

/** The paths of the figure: the one that is chosen, else those that are listed. */
const pathsOfFigure = () => highlightedPaths(true);
const pathsOfStrip = () => pathsOfFigure().slice(0, MOST_IN_STRIP);

/** The strip, and the buttons that save it. */
function pathStrip() {
  const paths = pathsOfStrip();
  const canvas = /** @type {HTMLCanvasElement} */ (element("canvas", { id: "strip", role: "img", "aria-label": paths.map((path) => path.map((key) => papers[key].name).join(" → ")).join("; ") }));
  drawStrip(canvas, paths);
  const save = (/** @type {string} */ text, /** @type {() => void} */ action, /** @type {string} */ kind) =>
    button(text, action, { id: `save-figure-${kind}`, "aria-label": `Save the figure as ${kind.toUpperCase()}` });
  return element(
    "figure",
    { class: "strip" },
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The figure of the path" }, canvas),
    element(
      "figcaption",
      {},
      "Figure: ",
      save("SVG", () => saveText(`${nameOfFigure()}.svg`, figureAsSvg(), "image/svg+xml"), "svg"),
      save("PNG", () => figureAsPng().then((blob) => saveFile(`${nameOfFigure()}.png`, blob)), "png"),
    ),
  );
}

/** @param {HTMLCanvasElement} canvas @param {string[][]} paths */
function drawStrip(canvas, paths) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const figure = layOutFigure(ctx, paths, 4, STRIP);
  const [width, height] = [Math.ceil(figure.width), Math.ceil(figure.bottom + 4)];
  const density = Math.min(Math.max(1, window.devicePixelRatio), LARGEST_CANVAS / width);
  Object.assign(canvas, { width: Math.round(width * density), height: Math.round(height * density) });
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  ctx.scale(density, density);
  drawFigure(ctx, figure);
}

/** Draw the strip again: the page's colours have changed. */
function redrawStrip() {
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.getElementById("strip"));
  if (canvas) drawStrip(canvas, pathsOfStrip());
}

/** A name for a file of the figure: as that of the picture, and which path it shows. */
const nameOfFigure = () => `${nameOfSheet()}${state.chosenPath === null ? "-paths" : `-path-${state.chosenPath + 1}`}`;

/** Draw in the colours of paper, whatever those of the screen are: the figure goes into documents. @template T @param {() => T} draw @returns {T} */
function onPaper(draw) {
  const onScreen = pageColours;
  pageColours = { ...onScreen, paper: "#ffffff", ink: "#1a1a1a", quiet: "#555555", line: "#cfcfcf" };
  try {
    return draw();
  } finally {
    pageColours = onScreen;
  }
}

/** The figure as SVG 1.1. */
function figureAsSvg() {
  const pen = new SvgPen();
  const paths = pathsOfFigure();
  const sheet = layOutFigureSheet(/** @type {any} */ (pen), paths);
  onPaper(() => drawFigureSheet(/** @type {any} */ (pen), sheet));
  return svgDocument(pen, sheet.width, sheet.height, sheet.question, paths.map((path) => path.map((key) => papers[key].name).join(" → ")).join("; "));
}

/** The figure with twice its pixels. @returns {Promise<Blob | null>} */
const figureAsPng = () => onPaper(() => sheetOnCanvas((ctx) => layOutFigureSheet(ctx, pathsOfFigure()), drawFigureSheet));
