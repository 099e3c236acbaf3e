// Reads a Cytoscape JSON file with Cytoscape.js, and prints what it holds as JSON.
import { readFileSync } from "node:fs";
import cytoscape from "cytoscape";

const file = JSON.parse(readFileSync(process.argv[2], "utf8"));
const network = cytoscape({ headless: true, styleEnabled: false, elements: file.elements, data: file.data, layout: { name: "preset" } });

console.log(
  JSON.stringify({
    data: network.data(),
    nodes: network.nodes().map((node) => [node.id(), node.data(), node.position()]),
    edges: network.edges().map((edge) => [edge.id(), edge.source().id(), edge.target().id(), edge.data()]),
  }),
);
