// The papers at our positions with sigma.js; a selected paper, what it cites and who cites it stay bright.
import Graph from "graphology";
import Sigma from "sigma";

const { nodes, edges } = JSON.parse(document.getElementById("data").textContent);
const graph = new Graph({ type: "directed" });
for (const [key, label, x, y, color] of nodes) graph.addNode(key, { label, x, y, color, size: 3 });
for (const [cited, citing] of edges) graph.addDirectedEdge(cited, citing, { color: "#ccc", size: 0.5 });

/** @type {Set<string> | null} */
let lit = null;
const renderer = new Sigma(graph, document.getElementById("graph"), {
  hideEdgesOnMove: true,
  nodeReducer: (key, data) => (lit === null || lit.has(key) ? data : { ...data, color: "#eee", label: null }),
  edgeReducer: (edge, data) => (lit === null || graph.extremities(edge).every((key) => lit.has(key)) ? data : { ...data, hidden: true }),
});
window.sigmaPage = {
  renderer,
  select(key) {
    lit = new Set([key, ...graph.neighbors(key)]);
    renderer.refresh();
  },
};
