// Save the picture and the data of what is visible as files.

/** The part of the picture that is on the screen, as SVG. */
function pictureAsSvg() {
  const { clientWidth: width, clientHeight: height } = graphElement;
  const viewport = visibleArea();
  const { left, top, right, bottom } = viewport;
  const pen = new SvgPen();
  drawFrame(/** @type {any} */ (pen), viewport, visibleArcs.length <= 20000);
  const box = [left, top, right - left, bottom - top].map(shortNumber);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${box.join(" ")}" font-family="${escapeXml(FONT)}">\n` +
    `<title>${escapeXml(facts.title)}</title>\n<desc>${escapeXml(describeVisibility())}</desc>\n` +
    `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${pageColours.paper}"/>\n${pen.parts.join("\n")}\n</svg>\n`
  );
}

/** The part of the picture that is on the screen, with twice its pixels. @returns {Promise<Blob | null>} */
function pictureAsPng() {
  const { clientWidth: width, clientHeight: height } = graphElement;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 2 * width, height: 2 * height });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const viewport = visibleArea();
  ctx.fillStyle = pageColours.paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(2 * zoom, 2 * zoom);
  ctx.translate(-viewport.left, -viewport.top);
  drawFrame(ctx, viewport, true);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** @param {string} name @param {Blob | null} blob */
function saveFile(name, blob) {
  if (!blob) return;
  const href = URL.createObjectURL(blob);
  const link = /** @type {HTMLAnchorElement} */ (element("a", { href, download: name }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  announce(`${name} is saved`);
}

/** @param {string} name @param {string} text @param {string} type */
const saveText = (name, text, type) => saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));

function setUpDownloads() {
  const onClick = (/** @type {string} */ id, /** @type {() => void} */ action) => byId(id).addEventListener("click", action);
  onClick("save-png", () => pictureAsPng().then((blob) => saveFile("lineage.png", blob)));
  onClick("save-svg", () => saveText("lineage.svg", pictureAsSvg(), "image/svg+xml"));
  onClick("save-graphml", () => saveText("lineage.graphml", asGraphml(), "application/xml"));
  onClick("save-papers", () => saveText("papers.csv", `\ufeff${papersCsv()}`, "text/csv"));
  onClick("save-citations", () => saveText("citations.csv", `\ufeff${citationsCsv()}`, "text/csv"));
  onClick("copy-link", () => copyToClipboard(location.href).then(() => announce("Link copied"), () => announce("The link is the address of this page")));
  onClick("print", () => window.print());
}
