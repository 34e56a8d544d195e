package dev.fletch.evolution;

import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Port;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers what one generation's mutations make: the same mutation gets the same numbers, whichever
 * child asks first.
 */
final class Numbering {
  private final int generation;
  private final List<Innovation> before;
  private final List<Innovation> made = new ArrayList<>();
  private int lastNumber;
  private int lastNode;

  Numbering(InnovationTable table, int generation) {
    this.generation = generation;
    this.before = table.innovations();
    this.lastNumber = before.size();
    this.lastNode = table.lastNode();
  }

  private Numbering(int lastNumber, int lastNode) {
    this.generation = 0;
    this.before = List.of();
    this.lastNumber = lastNumber;
    this.lastNode = lastNode;
  }

  /** Numbers that are new to one genome, to see what a mutation would make of it. */
  static Numbering trial(Genome genome) {
    return new Numbering(
        genome.connections().stream().mapToInt(ConnectionGene::innovation).max().orElse(0),
        genome.nodes().stream().mapToInt(NodeGene::key).max().orElse(0));
  }

  /** The number of a new connection between states that there were. */
  int connection(int from, int to, Port port) {
    return number(from, to, port, Innovation.NO_SPLIT);
  }

  /** The key of the node that splits {@code connection}. */
  int nodeInto(ConnectionGene connection) {
    return made.stream()
        .filter(i -> i.split() == connection.innovation() && i.from() == connection.from())
        .mapToInt(Innovation::to)
        .findFirst()
        .orElseGet(() -> ++lastNode);
  }

  /** The number of a connection to or from a node that splits {@code split}. */
  int connection(int from, int to, Port port, ConnectionGene split) {
    return number(from, to, port, split.innovation());
  }

  private int number(int from, int to, Port port, int split) {
    return made.stream()
        .filter(i -> i.isSameAs(from, to, port, split))
        .mapToInt(Innovation::number)
        .findFirst()
        .orElseGet(
            () -> {
              made.add(new Innovation(++lastNumber, generation, from, to, port, split));
              return lastNumber;
            });
  }

  /** All connections up to now. */
  InnovationTable table() {
    List<Innovation> all = new ArrayList<>(before);
    all.addAll(made);
    return new InnovationTable(all);
  }
}
