package dev.fletch.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The JSON form of a genome, which {@link Genome#json} shows. */
final class GenomeJson {
  private static final int FORMAT = 1;
  private static final String GENOME = "genome";
  private static final Set<String> FIELDS =
      Set.of(JsonFields.FORMAT, "output", "nodes", "connections");

  private GenomeJson() {}

  /** Whether {@code node} is meant to be a genome. */
  static boolean isWrittenSo(JsonNode node) {
    return node.has("nodes") || node.has("connections");
  }

  static String document(Genome genome) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put(JsonFields.FORMAT, FORMAT);
    document.setAll(tree(genome));
    return document.toPrettyString() + "\n";
  }

  static Genome readDocument(String json) {
    JsonNode root = JsonFields.root(GENOME, json);
    new JsonFields(GENOME, root, "$", FIELDS).requireFormat(FORMAT);
    return read(root, "$");
  }

  static ObjectNode tree(Genome genome) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode().put("output", genome.output());
    ArrayNode nodes = tree.putArray("nodes");
    for (NodeGene node : genome.nodes()) {
      ObjectNode at = nodes.addObject().put("key", node.key());
      at.set("i", tree(node.i()));
      at.set("j", tree(node.j()));
      at.put("aggregation", node.aggregation().text());
    }
    ArrayNode connections = tree.putArray("connections");
    for (ConnectionGene connection : genome.connections()) {
      connections
          .addObject()
          .put("innovation", connection.innovation())
          .put("from", connection.from())
          .put("to", connection.to())
          .put("port", connection.port().name())
          .put("enabled", connection.enabled());
    }
    return tree;
  }

  private static ObjectNode tree(PortGene port) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("operation", port.operation().text())
        .put("activation", port.activation().text());
  }

  static Genome read(JsonNode node, String path) {
    JsonFields fields = new JsonFields(GENOME, node, path, FIELDS);
    int output = fields.integer("output");
    List<NodeGene> nodes = fields.list("nodes", GenomeJson::node);
    List<ConnectionGene> connections = fields.list("connections", GenomeJson::connection);
    return fields.build(() -> new Genome(nodes, connections, output));
  }

  private static NodeGene node(JsonNode node, String path) {
    JsonFields fields = new JsonFields(GENOME, node, path, Set.of("key", "i", "j", "aggregation"));
    int key = fields.integer("key");
    PortGene i = fields.value("i", GenomeJson::port);
    PortGene j = fields.value("j", GenomeJson::port);
    Aggregation aggregation =
        fields.choice("aggregation", List.of(Aggregation.values()), Aggregation::text);
    return fields.build(() -> new NodeGene(key, i, j, aggregation));
  }

  private static PortGene port(JsonNode node, String path) {
    JsonFields fields = new JsonFields(GENOME, node, path, Set.of("operation", "activation"));
    String name = fields.text("operation");
    Operation operation =
        Operation.find(name)
            .orElseThrow(
                () -> fields.problem("operation", "'" + name + "'", GenomeParser.operations(name)));
    return new PortGene(
        operation, fields.choice("activation", List.of(Activation.values()), Activation::text));
  }

  private static ConnectionGene connection(JsonNode node, String path) {
    JsonFields fields =
        new JsonFields(GENOME, node, path, Set.of("innovation", "from", "to", "port", "enabled"));
    int innovation = fields.integer("innovation");
    int from = fields.integer("from");
    int to = fields.integer("to");
    Port port = fields.choice("port", List.of(Port.values()), Port::name);
    boolean enabled = fields.flag("enabled");
    return fields.build(() -> new ConnectionGene(innovation, from, to, port, enabled));
  }
}
