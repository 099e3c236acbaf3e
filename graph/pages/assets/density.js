// Far out, where papers would lie on one another, the picture shows how dense they are: the stronger the colour of a spot, the more.

const CELL = 10; // pixels on the screen
const MOST_SQUARES = 4000; // more in one view lie on one another
const MOST_COLUMNS = 2 ** 20; // of cells

/** Whether a paper is a square among the cells: one of the list, or lit. @param {Spot} spot */
const staysSquare = ({ id }) => papers[id].role === "list" || id === state.selected || id === state.pointed || (highlightedPapers?.has(id) ?? false);

/** The cells with papers: how many, and in which colour. @param {Spot[]} some */
function cellsOf(some) {
  const side = CELL / zoom;
  /** @type {Map<string, Map<number, {left: number, top: number, count: number, colour: string}>>} by colour, then by row and column */
  const byColour = new Map();
  for (const { id, x, y, box: [width] } of some) {
    const { colour } = squareStyleOf(id);
    let cells = byColour.get(colour);
    if (!cells) byColour.set(colour, (cells = new Map()));
    const [column, row] = [Math.floor((x - width / 2) / side), Math.floor(y / side)];
    const cell = cells.get(row * MOST_COLUMNS + column);
    if (cell) cell.count += 1;
    else cells.set(row * MOST_COLUMNS + column, { left: column * side, top: row * side, count: 1, colour });
  }
  return [...byColour.values()].flatMap((cells) => [...cells.values()]);
}

/** Shade the cells by how many papers they have; those that are dimmed stay faint. @param {Pen} ctx @param {Spot[]} some */
function drawDensity(ctx, some) {
  const cells = cellsOf(some);
  const most = cells.reduce((sofar, { count }) => Math.max(sofar, count), 2);
  const side = CELL / zoom;
  ctx.save();
  for (const { left, top, count, colour } of cells) {
    ctx.globalAlpha = (highlightedPapers === null ? 1 : DIMMED) * (0.1 + 0.75 * (count / most));
    ctx.fillStyle = colour;
    ctx.fillRect(left, top, side, side);
  }
  ctx.restore();
}
