// Reads a GEXF file as Gephi Lite does, and prints what it holds as JSON.
import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import Graph from "graphology";
import gexf from "graphology-gexf";

globalThis.DOMParser ??= DOMParser;
const graph = gexf.parse(Graph, readFileSync(process.argv[2], "utf8"), { allowUndeclaredAttributes: false });

console.log(
  JSON.stringify({
    type: graph.type,
    multi: graph.multi,
    attributes: graph.getAttributes(),
    nodes: graph.mapNodes((id, attributes) => [id, attributes]),
    edges: graph.mapEdges((id, attributes, source, target) => [id, source, target, attributes]),
  }),
);
