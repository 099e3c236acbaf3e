// Reads graph files as Gephi does, and prints what it then holds as JSON; draws them with Gephi's preview on request.
//
//     java -cp "jars/*" ReadInGephi.java read FILE...          one workspace for each file: a JSON list
//     java -cp "jars/*" ReadInGephi.java append FILE FILE...   all files in one workspace: a JSON list of one
//     java -cp "jars/*" ReadInGephi.java draw FILE PICTURE        PICTURE ends in .svg: a PNG needs a screen

import com.google.gson.GsonBuilder;
import java.awt.Color;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Element;
import org.gephi.graph.api.ElementProperties;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.graph.api.types.IntervalSet;
import org.gephi.io.exporter.api.ExportController;
import org.gephi.io.exporter.preview.SVGExporter;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.AppendProcessor;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.io.processor.spi.Processor;
import org.gephi.preview.api.PreviewController;
import org.gephi.preview.api.PreviewProperties;
import org.gephi.preview.api.PreviewProperty;
import org.gephi.preview.types.DependantColor;
import org.gephi.preview.types.DependantOriginalColor;
import org.gephi.preview.types.EdgeColor;
import org.gephi.project.api.ProjectController;
import org.gephi.project.api.Workspace;
import org.openide.util.Lookup;

public class ReadInGephi {
    private static final List<List<String>> issues = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        List<String> files = Arrays.asList(arguments).subList(1, arguments.length);
        if (arguments[0].equals("draw")) {
            Workspace workspace = newWorkspace();
            open(files.get(0), workspace, new DefaultProcessor());
            draw(workspace, new File(files.get(1)));
        } else {
            List<Object> held = new ArrayList<>();
            Workspace workspace = null;
            for (String file : files) {
                boolean more = arguments[0].equals("append") && workspace != null;
                if (!more) {
                    workspace = newWorkspace();
                    issues.clear();
                }
                open(file, workspace, more ? new AppendProcessor() : new DefaultProcessor());
                if (!arguments[0].equals("append")) held.add(contents(workspace));
            }
            if (arguments[0].equals("append")) held.add(contents(workspace));
            System.out.println(new GsonBuilder().serializeNulls().serializeSpecialFloatingPointValues().create().toJson(held));
        }
        System.exit(0); // threads of Gephi go on otherwise
    }

    private static Workspace newWorkspace() {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        return projects.getCurrentWorkspace();
    }

    /** Imports a file as the dialog "Import report" does with "Auto-scale" unticked and the rest as it stands. */
    private static void open(String file, Workspace workspace, Processor processor) throws Exception {
        ImportController importer = Lookup.getDefault().lookup(ImportController.class);
        Container container = importer.importFile(new File(file));
        container.getLoader().setAutoScale(false);
        importer.process(container, processor, workspace);
        for (Iterator<Issue> each = container.getReport().getIssues(100_000); each.hasNext(); ) {
            Issue issue = each.next();
            issues.add(List.of(issue.getLevel().toString(), issue.getMessage()));
        }
    }

    private static Map<String, Object> contents(Workspace workspace) {
        GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel(workspace);
        Graph graph = model.getGraph();
        Map<String, Object> held = new LinkedHashMap<>();
        held.put("issues", new ArrayList<>(issues));
        held.put("directed", model.isDirected());
        held.put("dynamic", model.isDynamic());
        held.put("bounds", List.of(model.getTimeBounds().getLow(), model.getTimeBounds().getHigh()));
        held.put("node columns", types(model.getNodeTable()));
        held.put("edge columns", types(model.getEdgeTable()));
        Map<String, Object> nodes = new LinkedHashMap<>();
        for (Node node : graph.getNodes().toArray()) {
            Map<String, Object> values = values(node, model.getNodeTable());
            values.putAll(Map.of("x", node.x(), "y", node.y(), "size", node.size(), "rgb", rgb(node)));
            nodes.put((String) node.getId(), values);
        }
        held.put("nodes", nodes);
        Map<String, Object> edges = new LinkedHashMap<>();
        for (Edge edge : graph.getEdges().toArray()) {
            Map<String, Object> values = values(edge, model.getEdgeTable());
            values.put("ends", List.of(edge.getSource().getId(), edge.getTarget().getId()));
            values.put("directed", edge.isDirected());
            edges.put((String) edge.getId(), values);
        }
        held.put("edges", edges);
        return held;
    }

    private static Map<String, String> types(Table table) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Column column : table) types.put(column.getTitle(), column.getTypeClass().getSimpleName());
        return types;
    }

    /** Every column's value by the title that the Data Laboratory shows; intervals as [low, high], milliseconds. */
    private static Map<String, Object> values(Element element, Table table) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Column column : table) {
            Object value = element.getAttribute(column);
            if (value instanceof IntervalSet) {
                List<List<Double>> intervals = new ArrayList<>();
                for (Interval each : ((IntervalSet) value).toArray()) intervals.add(List.of(each.getLow(), each.getHigh()));
                value = intervals;
            }
            values.put(column.getTitle(), value);
        }
        return values;
    }

    private static List<Integer> rgb(ElementProperties element) {
        Color colour = element.getColor();
        return List.of(colour.getRed(), colour.getGreen(), colour.getBlue());
    }

    private static void draw(Workspace workspace, File picture) throws Exception {
        PreviewProperties settings = Lookup.getDefault().lookup(PreviewController.class).getModel(workspace).getProperties();
        settings.putValue(PreviewProperty.SHOW_NODE_LABELS, true);
        settings.putValue(PreviewProperty.NODE_LABEL_PROPORTIONAL_SIZE, false);
        settings.putValue(PreviewProperty.NODE_LABEL_FONT, new java.awt.Font("DejaVu Sans", java.awt.Font.PLAIN, 11));
        settings.putValue(PreviewProperty.NODE_LABEL_COLOR, new DependantOriginalColor(Color.BLACK));
        settings.putValue(PreviewProperty.NODE_BORDER_COLOR, new DependantColor(DependantColor.Mode.PARENT));
        settings.putValue(PreviewProperty.NODE_OPACITY, 55f); // labels stand on them
        settings.putValue(PreviewProperty.EDGE_CURVED, false);
        settings.putValue(PreviewProperty.EDGE_COLOR, new EdgeColor(EdgeColor.Mode.SOURCE));
        settings.putValue(PreviewProperty.EDGE_OPACITY, 35f);
        settings.putValue(PreviewProperty.EDGE_THICKNESS, 0.7f);
        SVGExporter svg = new SVGExporter();
        svg.setWorkspace(workspace);
        Lookup.getDefault().lookup(ExportController.class).exportFile(picture, svg);
    }
}
