package dev.fletch.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;

/**
 * What a search yields and what retraining builds a network from. It has one form as text, one in
 * JSON, and knows which others are the same network.
 */
public sealed interface Architecture extends Serializable permits Genome, Genotype {
  /** One line that {@link #parse} reads. */
  String text();

  /** The form inside JSON documents, which {@link #read} reads. */
  ObjectNode json();

  /** Whether both describe the same network, whatever is written in another order. */
  boolean describesSameNetworkAs(Architecture other);

  /**
   * Reads what {@link #text} writes.
   *
   * @throws GenotypeFormatException if {@code text} is no architecture
   */
  static Architecture parse(String text) {
    if (RecurrentParser.isWrittenSo(text)) {
      return RecurrentCell.parse(text);
    }
    return GenomeParser.isWrittenSo(text) ? Genome.parse(text) : CellPair.parse(text);
  }

  /**
   * Reads what {@link #json} writes.
   *
   * @param path where {@code node} stands, for messages: {@code $.candidates[0].genotype}
   * @throws GenotypeFormatException if {@code node} is no architecture
   */
  static Architecture read(JsonNode node, String path) {
    if (RecurrentJson.isWrittenSo(node)) {
      return RecurrentCell.read(node, path);
    }
    return GenomeJson.isWrittenSo(node) ? Genome.read(node, path) : CellPair.read(node, path);
  }

  /**
   * Reads the whole of a file: what {@link #json} or {@link Genome#document} writes, alone or as
   * the field {@code genotype} of an object.
   *
   * @throws GenotypeFormatException if it is no architecture, or of a newer format
   */
  static Architecture readDocument(String json) {
    JsonNode root = JsonFields.root("architecture", json);
    if (root.has(JsonFields.FORMAT) && GenomeJson.isWrittenSo(root)) {
      return Genome.readDocument(json);
    }
    return root.has("genotype") ? read(root.path("genotype"), "$.genotype") : read(root, "$");
  }
}
