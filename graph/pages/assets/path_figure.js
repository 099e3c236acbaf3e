// Paths as a compact figure, as graph/exports/formats/svg_paths.py draws it: the two ends once, a row for each path, and who asserts each hop below.

/** @typedef {{side: number, card: number, row: number, gap: number, hasDetails: boolean}} FigureStyle the margin, the heights of a card and of a row, the width between two cards */
/** @type {FigureStyle} */
const FIGURE = { side: 20, card: 40, row: 52, gap: 74, hasDetails: true };
const FIGURE_HEAD = 70;
const NARROWEST_FIGURE = 560;
const [NAME_LENGTH, DETAIL_LENGTH] = [30, 40]; // characters
const FIGURE_FONTS = { title: fontOf(17, 700), name: fontOf(12.5, 700), detail: fontOf(10), text: fontOf(12) };

/**
 * @typedef {{key: string, left: number, y: number, width: number}} Card the box of a paper; `y` is its middle
 * @typedef {{rows: Card[][], numbers: Map<string, number>, width: number, bottom: number, style: FigureStyle}} Figure
 *   `numbers`: of the hops, by their arcs, in the order in which a reader meets them; `bottom` of the rows.
 */

/** The name of a paper, and below it the year, the theme and the numbers in the list. @param {string} key @returns {[string, string]} */
function linesOfCard(key) {
  const { name, year, lane, themes: chosen, numbers } = papers[key];
  const theme = lane === null ? [] : [`${chosen.length ? "" : "~"}${lane}`];
  const details = [String(year ?? "n.d."), ...theme, ...(numbers.length ? [`no. ${numbers.join("·")}`] : [])];
  return [clipText(shownText(name), NAME_LENGTH), clipText(details.join(" · "), DETAIL_LENGTH)];
}

/** @param {Pen} ctx @param {string} font @param {string} text */
function widthOfText(ctx, font, text) {
  ctx.font = font;
  return ctx.measureText(text).width;
}

/** Lay paths out, which all have the same two ends: the ends stand once, in the middle, and the n-th paper in the n-th column. @param {Pen} ctx measures texts @param {string[][]} paths @param {number} top where the rows begin @param {FigureStyle} style @returns {Figure} */
function layOutFigure(ctx, paths, top, style = FIGURE) {
  const widthOfCard = (/** @type {string} */ key) => {
    const [name, details] = linesOfCard(key);
    return Math.round(Math.max(widthOfText(ctx, FIGURE_FONTS.name, name), style.hasDetails ? widthOfText(ctx, FIGURE_FONTS.detail, details) : 0)) + 24;
  };
  const columns = Math.max(...paths.map(({ length }) => length)) - 1;
  const widths = Array.from({ length: columns }, (_, n) => Math.max(...paths.filter(({ length }) => length - 1 > n).map((path) => widthOfCard(path[n]))));
  const lefts = widths.reduce((all, width, n) => [...all, all[n] + width + style.gap], [style.side]);
  const middle = top + (paths.length * style.row) / 2;
  const rows = paths.map((path, row) => {
    const last = path.length - 1;
    const y = top + (row + 0.5) * style.row;
    return path.map((key, n) => {
      const isEnd = n === 0 || n === last;
      return { key, left: n === last ? lefts[columns] : lefts[n], y: isEnd ? middle : y, width: n === last ? widthOfCard(key) : widths[n] };
    });
  });
  const hops = [...new Set(paths.flatMap((path) => path.slice(1).map((key, n) => arcName(path[n], key))))];
  const ends = rows.map((row) => row[row.length - 1]);
  const width = Math.max(...ends.map((card) => card.left + card.width)) + style.side;
  return { rows, numbers: new Map(hops.map((hop, n) => [hop, n + 1])), width, bottom: top + paths.length * style.row, style };
}

/** Draw the cards and the arrows. @param {Pen} ctx @param {Figure} figure */
function drawFigure(ctx, { rows, numbers, style }) {
  ctx.save();
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const drawn = new Set();
  for (const row of rows) {
    const level = row.length > 2 ? row[1].y : row[0].y;
    row.slice(1).forEach((citing, n) => {
      const hop = [row[n].left, row[n].y, citing.left, citing.y].join();
      if (!drawn.has(hop)) drawHopOfFigure(ctx, row[n], citing, level, numbers.get(arcName(row[n].key, citing.key)) ?? 0, style);
      drawn.add(hop);
    });
  }
  const cards = new Map(rows.flat().map((card) => [`${card.left},${card.y}`, card]));
  for (const card of cards.values()) drawCard(ctx, card, style);
  ctx.restore();
}

/** A card with the theme's colour along its side: tinted for a paper of the list, plain for another. @param {Pen} ctx @param {Card} card @param {FigureStyle} style */
function drawCard(ctx, { key, left, y, width }, { card: height, hasDetails }) {
  const colour = laneColourOf(key);
  const isListed = papers[key].numbers.length > 0;
  const top = y - height / 2;
  traceBox(ctx, left, top, width, height, 5);
  fillPath(ctx, isListed ? mixColours(colour, pageColours.paper, 0.16) : pageColours.paper);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.4;
  ctx.setLineDash(isListed ? [] : [4, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
  traceBox(ctx, left, top, 6, height, 3);
  fillPath(ctx, colour);
  const [name, details] = linesOfCard(key);
  writeText(ctx, name, left + 14, hasDetails ? y - 7 : y, FIGURE_FONTS.name, pageColours.ink);
  if (hasDetails) writeText(ctx, details, left + 14, y + 9, FIGURE_FONTS.detail, pageColours.quiet);
}

/** An arrow along the row of its path, with its number where no other arrow can be. @param {Pen} ctx @param {Card} cited @param {Card} citing @param {number} level @param {number} number @param {FigureStyle} style */
function drawHopOfFigure(ctx, cited, citing, level, number, { gap, side, hasDetails }) {
  const [start, end] = [cited.left + cited.width, citing.left];
  ctx.strokeStyle = pageColours.quiet;
  ctx.lineWidth = 1.5;
  ctx.setLineDash(arcBetween(cited.key, citing.key)?.backwards ? [5, 4] : []);
  ctx.beginPath();
  ctx.moveTo(start, cited.y);
  if (cited.y !== level) ctx.bezierCurveTo(start + gap / 2, cited.y, start + gap / 2, level, Math.min(start + gap, end - 5), level);
  if (citing.y !== level) {
    ctx.lineTo(end - gap, level);
    ctx.bezierCurveTo(end - gap / 2, level, end - gap / 2, citing.y, end - 5, citing.y);
  } else ctx.lineTo(end - 5, level);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  tracePolygon(ctx, [[end, citing.y], [end - 7, citing.y - 3], [end - 7, citing.y + 3]]);
  fillPath(ctx, pageColours.ink);
  if (!hasDetails) return; // no notes go by the numbers
  const isFromStart = cited.left === side;
  const shared = isFromStart ? cited : citing; // the end that stands in the middle of all rows
  const x = isFromStart ? Math.min(start + gap, end) - 16 : start + 12;
  const text = String(number);
  writeText(ctx, text, x - widthOfText(ctx, FIGURE_FONTS.detail, text) / 2, level + (level > shared.y ? 9 : -8), FIGURE_FONTS.detail, pageColours.quiet);
}

/** @param {Pen} ctx @param {string} text @param {number} x @param {number} y its middle @param {string} font @param {string} colour */
function writeText(ctx, text, x, y, font, colour) {
  ctx.font = font;
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** Who asserts a hop, and, where citations have reasons, why it was made. @param {string} hop "cited:citing" @param {number} number @returns {string[]} */
function notesOfHop(hop, number) {
  const [cited, citing] = hop.split(":");
  const arc = /** @type {Arc} */ (arcBetween(cited, citing));
  const why = whyCited(arc);
  return [`${number}. ${papers[citing].name} cites ${papers[cited].name}: ${arc.by.map(sourceOf).join("; ")}`, ...(why ? [`why: ${why}`] : [])];
}

const FIGURE_LEGEND = `Filled: of the reading list. Dashed: outside it${isByTheme ? "; ~ marks a theme that is inferred, not chosen" : ""}.`;

/**
 * The whole figure: under the question, and above who asserts each hop, the legend, and where it is from.
 * @param {Pen} ctx measures texts @param {string[][]} paths
 */
function layOutFigureSheet(ctx, paths) {
  const figure = layOutFigure(ctx, paths, FIGURE_HEAD);
  const [first, last] = [paths[0][0], paths[0][paths[0].length - 1]];
  const question = shownText(`How did we get from ${papers[first].name} to ${papers[last].name}?`);
  const width = Math.ceil(Math.max(figure.width, NARROWEST_FIGURE, Math.min(900, widthOfText(ctx, FIGURE_FONTS.title, question) + 2 * FIGURE.side)));
  const many = paths.length === 1 ? "1 path" : `${paths.length} paths, the first on top`;
  const lines = (/** @type {string} */ text, /** @type {string} */ font, indent = 0) => {
    ctx.font = font;
    return linesOf(ctx, text, width - 2 * FIGURE.side - indent);
  };
  const notes = [...figure.numbers].flatMap(([hop, number]) =>
    notesOfHop(hop, number).flatMap((note, n) => lines(note, FIGURE_FONTS.text, 14).map((line, part) => ({ line, indent: n || part ? 14 : 0 }))),
  );
  const foot = [...lines(FIGURE_LEGEND, FIGURE_FONTS.text), ...lines(sourceOfSheet(), FIGURE_FONTS.text)];
  const [title] = [lines(question, FIGURE_FONTS.title)];
  const heading = [...title.map((line) => ({ line, isTitle: true })), ...lines(`${many}. Arrows run from the cited paper to the one that cites it.`, FIGURE_FONTS.text).map((line) => ({ line, isTitle: false }))];
  const shift = (heading.length - 2) * 22;
  const height = Math.ceil(figure.bottom + shift + 16 + notes.length * 16 + 8 + foot.length * 16 + 12);
  return { figure, width, height, heading, shift, notes, foot, question };
}

/** @param {Pen} ctx @param {ReturnType<typeof layOutFigureSheet>} sheet */
function drawFigureSheet(ctx, { figure, width, height, heading, shift, notes, foot }) {
  ctx.fillStyle = pageColours.paper;
  ctx.fillRect(0, 0, width, height);
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  heading.forEach(({ line, isTitle }, n) => writeText(ctx, line, FIGURE.side, 24 + 22 * n, isTitle ? FIGURE_FONTS.title : FIGURE_FONTS.text, isTitle ? pageColours.ink : pageColours.quiet));
  ctx.save();
  ctx.translate(0, shift);
  drawFigure(ctx, figure);
  ctx.restore();
  let y = figure.bottom + shift + 20;
  for (const { line, indent } of notes) {
    writeText(ctx, line, FIGURE.side + indent, y, FIGURE_FONTS.text, pageColours.ink);
    y += 16;
  }
  y += 8;
  for (const line of foot) {
    writeText(ctx, line, FIGURE.side, y, FIGURE_FONTS.text, pageColours.quiet);
    y += 16;
  }
}
