// Far out, where papers would lie on one another, the picture shows how dense they are: the stronger the colour of a spot, the more.

const CELL = 10; // pixels on the screen
const MOST_SQUARES = 4000; // more in one view lie on one another

/** Whether a paper is a square among the cells: one of the list, or lit. @param {Spot} spot */
const staysSquare = ({ id }) => papers[id].role === "list" || id === state.selected || id === state.pointed || (highlightedPapers?.has(id) ?? false);

/** The cells with papers: how many, and of which lane. @param {Spot[]} some @returns {Map<string, {left: number, top: number, count: number, colour: string}>} */
function cellsOf(some) {
  const side = CELL / zoom;
  const cells = new Map();
  for (const { id, x, y, box: [width] } of some) {
    const [column, row] = [Math.floor((x - width / 2) / side), Math.floor(y / side)];
    const colour = laneColourOf(id);
    const name = `${column} ${row} ${colour}`;
    const cell = cells.get(name);
    if (cell) cell.count += 1;
    else cells.set(name, { left: column * side, top: row * side, count: 1, colour });
  }
  return cells;
}

/** Shade the cells by how many papers they have; those that are dimmed stay faint. @param {Pen} ctx @param {Spot[]} some */
function drawDensity(ctx, some) {
  const cells = [...cellsOf(some).values()];
  const most = Math.max(2, ...cells.map(({ count }) => count));
  const side = CELL / zoom;
  ctx.save();
  for (const { left, top, count, colour } of cells) {
    ctx.globalAlpha = (highlightedPapers === null ? 1 : DIMMED) * (0.1 + 0.75 * (count / most));
    ctx.fillStyle = outlineColour(colour);
    ctx.fillRect(left, top, side, side);
  }
  ctx.restore();
}
