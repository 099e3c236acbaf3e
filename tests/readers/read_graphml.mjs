// Reads a GraphML file as Gephi Lite does, and prints what it holds as JSON.
import { readFileSync } from "node:fs";
import Graph from "graphology";
import graphml from "graphology-graphml";

const graph = graphml.parse(Graph, readFileSync(process.argv[2], "utf8"), { addMissingNodes: true });

console.log(
  JSON.stringify({
    type: graph.type,
    multi: graph.multi,
    nodes: graph.mapNodes((id, attributes) => [id, attributes]),
    edges: graph.mapEdges((id, attributes, source, target) => [id, source, target, attributes]),
  }),
);
