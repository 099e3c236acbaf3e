// The picture and the data of what is shown, as files.

/** The picture as it is on the screen, as SVG. */
function asSvg() {
  const { clientWidth: width, clientHeight: height } = container;
  const view = inView();
  const pen = new SvgPen();
  drawScene(/** @type {any} */ (pen), view, shownArcs.length <= 20000);
  const box = [view.left, view.top, view.right - view.left, view.bottom - view.top].map(short);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box.join(" ")}" font-family="${xml(FONT)}">\n` +
    `<title>${xml(facts.title)}</title>\n<desc>${xml(shownInWords())}</desc>\n` +
    `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${scheme.paper}"/>\n${pen.parts.join("\n")}\n</svg>\n`
  );
}

/** The picture as it is on the screen, twice as fine. @returns {Promise<Blob | null>} */
function asPng() {
  const { clientWidth: width, clientHeight: height } = container;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * width, height: 2 * height });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const view = inView();
  ctx.fillStyle = scheme.paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(2 * zoom, 2 * zoom);
  ctx.translate(-view.left, -view.top);
  drawScene(ctx, view, true);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** @param {string} name @param {Blob | null} blob */
function save(name, blob) {
  if (!blob) return;
  const href = URL.createObjectURL(blob);
  const link = /** @type {HTMLAnchorElement} */ (element("a", { href, download: name }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  announce(`${name} is saved`);
}

/** @param {string} name @param {string} text @param {string} type */
const saveText = (name, text, type) => save(name, new Blob([text], { type: `${type};charset=utf-8` }));

function setUpTakeaway() {
  const on = (/** @type {string} */ id, /** @type {() => void} */ action) => byId(id).addEventListener("click", action);
  on("save-png", () => asPng().then((blob) => save("lineage.png", blob)));
  on("save-svg", () => saveText("lineage.svg", asSvg(), "image/svg+xml"));
  on("save-graphml", () => saveText("lineage.graphml", asGraphml(), "application/xml"));
  on("save-papers", () => saveText("papers.csv", papersCsv(), "text/csv"));
  on("save-citations", () => saveText("citations.csv", citationsCsv(), "text/csv"));
  on("copy-link", () => copy(location.href).then(() => announce("Link copied"), () => announce("The link is the address of this page")));
  on("print", () => window.print());
}
