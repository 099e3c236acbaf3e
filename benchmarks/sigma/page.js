// Draw the papers at our positions with sigma.js; a selected paper, what it cites and what cites it stay bright.
import Graph from "graphology";
import Sigma from "sigma";

const { nodes, edges } = JSON.parse(document.getElementById("data").textContent);
const graph = new Graph({ type: "directed" });
for (const [key, label, x, y, color] of nodes) graph.addNode(key, { label, x, y, color, size: 3 });
for (const [cited, citing] of edges) graph.addDirectedEdge(cited, citing, { color: "#ccc", size: 0.5 });

/** @type {Set<string> | null} */
let highlighted = null;
const renderer = new Sigma(graph, document.getElementById("graph"), {
  hideEdgesOnMove: true,
  nodeReducer: (key, data) => (highlighted === null || highlighted.has(key) ? data : { ...data, color: "#eee", label: null }),
  edgeReducer: (edge, data) => (highlighted === null || graph.extremities(edge).every((key) => highlighted.has(key)) ? data : { ...data, hidden: true }),
});
window.sigmaPage = {
  renderer,
  select(key) {
    highlighted = new Set([key, ...graph.neighbors(key)]);
    renderer.refresh();
  },
};
