// The picture as it leaves the page: what the reader sees, whole, under a title and above a legend and its source.

const SHEET = { margin: 24, title: 20, line: 18, text: 13, small: 11.5, narrowest: 620, widest: 2400 };

/**
 * @typedef {{viewport: Viewport, scale: number}} SheetArea what is drawn of the picture, in its own units, and how large
 * @typedef {{draw: (ctx: Pen, x: number, middle: number) => void, text: string}} LegendItem `draw` writes a symbol 26 wide
 * @typedef {{area: SheetArea, width: number, height: number, title: string[], subtitle: string[], legend: LegendItem[][], source: string[], top: number}} Sheet
 *   `legend` is by rows; `top` is where the picture begins
 */

/** The papers that the state is about, and that are drawn; none when it is about the whole picture. */
function papersInFocus() {
  const { request, arc, selected, relatives } = state;
  if (request || arc || selected || state.story) return [...(highlightedPapers ?? [])].filter((key) => spotByKey.has(key) && visiblePapers.has(key));
  return relatives ? [...visiblePapers] : [];
}

/** What of the picture goes on the sheet: the papers in focus with their lanes, else what is in view; no box is cut. @returns {SheetArea} */
function areaOfSheet() {
  const focus = papersInFocus();
  const inView = isOpeningView ? [...visiblePapers] : spotsIn(uncoveredViewport()).map(({ id }) => id);
  const bounds = boundsOf(focus.length ? focus : inView);
  const crossed = lanes.filter(({ top, bottom }) => bottom > bounds.top && top < bounds.bottom);
  const [top, bottom] = [crossed[0]?.top ?? bounds.top, crossed.at(-1)?.bottom ?? bounds.bottom];
  const fitting = Math.min(1, SHEET.widest / (bounds.right - bounds.left));
  const scale = fitting < LEGIBLE_ZOOM ? network.getScale() : fitting;
  return { scale, viewport: { left: bounds.left, right: Math.max(bounds.right, bounds.left + SHEET.narrowest / scale), top: top - YEAR_STRIP / scale, bottom, onlyWhole: true } };
}

/** The part of the picture that is in view beside the panel. @returns {Viewport} */
function uncoveredViewport() {
  const { right, bottom } = uncoveredArea();
  const { left, top } = visibleArea();
  const corner = network.DOMtoCanvas({ x: right, y: bottom });
  return { left, top, right: corner.x, bottom: corner.y };
}

/** The bounds of some papers in the picture, with a margin. @param {string[]} some @returns {Viewport} */
function boundsOf(some) {
  if (!some.length) return { left: 0, top: lanes[0]?.top ?? 0, right: facts.size[0], bottom: lanes.at(-1)?.bottom ?? facts.size[1] };
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const key of some) {
    const { x, y, box: [width, height] } = spotOf(key);
    bounds.left = Math.min(bounds.left, x - width / 2 - 20);
    bounds.right = Math.max(bounds.right, x + width / 2 + 20);
    bounds.top = Math.min(bounds.top, y - height / 2 - 8);
    bounds.bottom = Math.max(bounds.bottom, y + height / 2 + 8);
  }
  return bounds;
}

/** What the picture shows, in a few words. */
const titleOfSheet = () => titleOfState() || facts.title;

/** What the state is about, in a few words; "" when it is about the whole picture. */
function titleOfState() {
  const { request, arc, selected, relatives } = state;
  if (request) return [request.from, ...request.waypoints, request.to].map((key) => papers[key].name).join(" → ");
  if (arc) return arc.split(":").reverse().map((key) => papers[key].name).join(" cites ");
  if (selected) return papers[selected].name;
  if (relatives) return { around: "Around ", before: "What led to ", after: "What came of " }[relatives.kind] + papers[relatives.key].name;
  if (state.story) return STORY_TITLES[state.story];
  return "";
}

/** How much it shows, of what. */
function subtitleOfSheet() {
  const { request, chosenPath } = state;
  const chosen = chosenPathKeys();
  const which = chosen === null ? "" : ` Path ${(chosenPath ?? 0) + 1}: ${chosen.map((key) => papers[key].name).join(" → ")}.`;
  const said = request && pathResults.answer && foundPaths().length ? `${[answerSentence(request, pathResults.answer) + groupsSentence(), leftOutSentence()].filter(Boolean).join(" ")}${which}` : `${describeVisibility()}.`;
  return titleOfSheet() === facts.title ? said : `${facts.title}. ${said}`;
}

/** Who asserts the citations, and when the picture was saved. */
function sourceOfSheet() {
  const by = facts.provenance.length ? `Citations are asserted by ${facts.provenance.join("; ")}. ` : "";
  return `${by}Arcs run from the cited, older paper to the citing, newer one. Saved from ${facts.title} by citation-lineage on ${new Date().toISOString().slice(0, 10)}.`;
}

/** The symbols of what is on the sheet. @param {SheetArea} area @returns {LegendItem[]} */
function legendOfSheet({ viewport, scale }) {
  const shown = spotsIn(viewport).map(({ id }) => papers[id]);
  const themesShown = lanes.filter(({ top, bottom, theme }) => theme !== OVERFLOW_THEME && bottom > viewport.top + YEAR_STRIP / scale && top < viewport.bottom);
  const swatches = themesShown.map(({ name, colour }) => ({ text: name, draw: drawSwatch(colour) }));
  const roles = Object.keys(facts.roles).filter((role) => shown.some((paper) => paper.role === role));
  return [...swatches, ...roles.map((role) => ({ text: facts.roles[role].split(":")[0], draw: drawRoleSymbol(role, scale >= LEGIBLE_ZOOM) }))];
}

/** @param {string} colour @returns {LegendItem["draw"]} */
const drawSwatch = (colour) => (ctx, x, middle) => {
  traceBox(ctx, x + 6, middle - 7, 14, 14, 3);
  fillPath(ctx, colour);
};

/** @param {string} role @param {boolean} isNear whether papers have boxes, and not squares alone @returns {LegendItem["draw"]} */
const drawRoleSymbol = (role, isNear) => (ctx, x, middle) => {
  ctx.beginPath();
  if (role === "list" && isNear) ctx.roundRect(x, middle - 6, 24, 12, 3);
  else if (role === "bridge" && isNear) ctx.roundRect(x + 1, middle - 5, 22, 10, 3);
  else if (role === "ancestor" && isNear) ctx.arc(x + 12, middle, 4, 0, 2 * Math.PI);
  else if (role === "other" && isNear) tracePolygon(ctx, [[x + 7, middle], [x + 12, middle - 5], [x + 17, middle], [x + 12, middle + 5]]);
  else ctx.rect(x + 9, middle - 3, 6, 6);
  ctx.strokeStyle = pageColours.ink;
  ctx.lineWidth = 1.3;
  if (role === "bridge" && isNear) ctx.stroke();
  else fillPath(ctx, pageColours.ink);
  if (role === "list" && !isNear) drawOutline(ctx, x + 9, middle - 3, 6, 6, { grow: 2, colour: pageColours.ink, thick: 1.3 });
};

/** A text in lines that fit into a width. @param {Pen} ctx @param {string} text @param {number} width @returns {string[]} */
function linesOf(ctx, text, width) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (ctx.measureText(longer).width <= width || !lines[lines.length - 1]) lines[lines.length - 1] = fitText(ctx, longer, width);
    else lines.push(fitText(ctx, word, width));
  }
  return lines;
}

/** Legend items in rows that fit into a width. @param {Pen} ctx @param {LegendItem[]} items @param {number} width @returns {LegendItem[][]} */
function rowsOfLegend(ctx, items, width) {
  /** @type {LegendItem[][]} */
  const rows = [[]];
  let room = width;
  for (const item of items) {
    const text = fitText(ctx, item.text, width - 50);
    const taken = 50 + ctx.measureText(text).width;
    if (taken > room && rows[rows.length - 1].length) {
      rows.push([]);
      room = width;
    }
    rows[rows.length - 1].push({ ...item, text });
    room -= taken;
  }
  return rows;
}

/** Lay the sheet out. @param {Pen} ctx measures texts @returns {Sheet} */
function layOutSheet(ctx) {
  const area = areaOfSheet();
  const { viewport: { left, top, right, bottom }, scale } = area;
  const inner = (right - left) * scale;
  ctx.font = fontOf(SHEET.title, 700);
  const title = linesOf(ctx, titleOfSheet(), inner);
  ctx.font = fontOf(SHEET.text);
  const subtitle = linesOf(ctx, subtitleOfSheet(), inner);
  const legend = rowsOfLegend(ctx, legendOfSheet(area), inner);
  ctx.font = fontOf(SHEET.small);
  const source = linesOf(ctx, sourceOfSheet(), inner);
  const begin = SHEET.margin + title.length * (SHEET.title + 6) + subtitle.length * SHEET.line + 8;
  const height = begin + (bottom - top) * scale + 12 + (legend.length + source.length) * SHEET.line + SHEET.margin;
  return { area, width: Math.ceil(inner + 2 * SHEET.margin), height: Math.ceil(height), title, subtitle, legend, source, top: begin };
}

/** Draw the sheet. @param {Pen} ctx @param {Sheet} sheet */
function drawSheet(ctx, { area, width, height, title, subtitle, legend, source, top }) {
  ctx.fillStyle = pageColours.paper;
  ctx.fillRect(0, 0, width, height);
  drawAreaOfSheet(ctx, area, top);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  let y = SHEET.margin + (SHEET.title + 6) / 2;
  const write = (/** @type {string[]} */ lines, /** @type {string} */ font, /** @type {string} */ colour, /** @type {number} */ step) => {
    ctx.font = font;
    ctx.fillStyle = colour;
    for (const line of lines) {
      ctx.fillText(line, SHEET.margin, y);
      y += step;
    }
  };
  write(title, fontOf(SHEET.title, 700), pageColours.ink, SHEET.title + 6);
  y -= 4;
  write(subtitle, fontOf(SHEET.text), pageColours.quiet, SHEET.line);
  y = top + (area.viewport.bottom - area.viewport.top) * area.scale + 12 + SHEET.line / 2;
  for (const row of legend) {
    drawLegendRow(ctx, row, y);
    y += SHEET.line;
  }
  write(source, fontOf(SHEET.small), pageColours.quiet, SHEET.line);
}

/** The part of the picture, at its scale. @param {Pen} ctx @param {SheetArea} area @param {number} top */
function drawAreaOfSheet(ctx, { viewport, scale }, top) {
  const onScreen = zoom;
  zoom = scale;
  finishDrawingPath();
  ctx.save();
  ctx.translate(SHEET.margin - viewport.left * scale, top - viewport.top * scale);
  ctx.scale(scale, scale);
  ctx.beginPath();
  ctx.rect(viewport.left, viewport.top, viewport.right - viewport.left, viewport.bottom - viewport.top);
  ctx.clip();
  drawFrame(ctx, viewport, true);
  ctx.restore();
  zoom = onScreen;
}

/** @param {Pen} ctx @param {LegendItem[]} row @param {number} y */
function drawLegendRow(ctx, row, y) {
  let x = SHEET.margin;
  for (const { text, draw } of row) {
    draw(ctx, x, y);
    ctx.font = fontOf(SHEET.text);
    ctx.fillStyle = pageColours.ink;
    ctx.fillText(text, x + 32, y);
    x += 50 + ctx.measureText(text).width;
  }
}

/** What a pen has drawn as an SVG document. @param {SvgPen} pen @param {number} width @param {number} height @param {string} title @param {string} description */
function svgDocument(pen, width, height, title, description) {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(FONT)}">\n` +
    `<title>${escapeXml(title)}</title>\n<desc>${escapeXml(description)}</desc>\n${pen.parts.join("\n")}\n</svg>\n`
  );
}

/** The sheet as SVG 1.1. */
function sheetAsSvg() {
  const pen = new SvgPen();
  const sheet = layOutSheet(/** @type {any} */ (pen));
  drawSheet(/** @type {any} */ (pen), sheet);
  return svgDocument(pen, sheet.width, sheet.height, titleOfSheet(), `${subtitleOfSheet()} ${sourceOfSheet()}`);
}

const LARGEST_CANVAS = 16_000; // pixels; browsers draw nothing on a larger one

/**
 * A sheet with twice its pixels.
 * @template {{width: number, height: number}} S @param {(ctx: CanvasRenderingContext2D) => S} layOut @param {(ctx: CanvasRenderingContext2D, sheet: S) => void} draw @returns {Promise<Blob | null>}
 */
function sheetOnCanvas(layOut, draw) {
  const canvas = document.createElement("canvas");
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const sheet = layOut(ctx);
  const density = Math.min(2, LARGEST_CANVAS / sheet.width, LARGEST_CANVAS / sheet.height);
  Object.assign(canvas, { width: Math.floor(sheet.width * density), height: Math.floor(sheet.height * density) });
  ctx.scale(density, density);
  draw(ctx, sheet);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** @returns {Promise<Blob | null>} */
const sheetAsPng = () => sheetOnCanvas(layOutSheet, drawSheet);

/** A name for a file of what is shown: of the papers that it is about, else of the page. */
function nameOfSheet() {
  const { request, arc, selected, relatives } = state;
  const keysInName = request ? [request.from, "to", request.to] : arc ? arc.split(":").reverse() : selected ? [selected] : relatives ? [relatives.kind, relatives.key] : [nameOfPage()];
  return keysInName.map(asFileName).join("-");
}

/** The name of the page's own file, without its ending. */
const nameOfPage = () => decodeAddress(location.pathname.split("/").at(-1) ?? "").replace(/\.html?$/i, "") || "lineage";

/** @param {string} text a part of an address */
function decodeAddress(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A text as a part of a file's name on any system. @param {string} text */
const asFileName = (text) => beginningOf(text.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, ""), 60) || "lineage";
