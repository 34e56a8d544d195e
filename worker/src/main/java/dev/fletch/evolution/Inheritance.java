package dev.fletch.evolution;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype.Place;
import dev.fletch.architecture.PortGene;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A port of a child whose weights may start as those of a parent: the same node had the same
 * operation there.
 *
 * @param port of the child
 * @param parent which of the parents
 * @param source where the network that was trained for that parent has the weights
 */
public record Inheritance(Place port, int parent, Place source) implements Serializable {
  /**
   * A genome that was scored.
   *
   * @param trained the genome whose network was trained for it: itself, or one that describes the
   *     same network
   */
  public record Parent(Genome genome, Genome trained) {}

  /**
   * All ports of the child that have something to inherit, each from the first parent that has it.
   *
   * @param parents the fitter first
   * @throws IllegalArgumentException if for one of them another network was trained
   */
  public static List<Inheritance> of(Genome child, List<Parent> parents) {
    List<Map<Place, PortGene>> genes =
        parents.stream().map(parent -> parent.genome().phenotype().ports()).toList();
    List<Map<Place, Place>> sources = parents.stream().map(Inheritance::sources).toList();
    List<Inheritance> inherited = new ArrayList<>();
    child
        .phenotype()
        .ports()
        .forEach(
            (port, gene) -> {
              for (int parent = 0; parent < genes.size(); parent++) {
                PortGene match = genes.get(parent).get(port);
                if (match != null && match.operation().equals(gene.operation())) {
                  inherited.add(new Inheritance(port, parent, sources.get(parent).get(port)));
                  break;
                }
              }
            });
    return inherited;
  }

  private static Map<Place, Place> sources(Parent parent) {
    return parent
        .genome()
        .phenotype()
        .placesIn(parent.trained().phenotype())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot inherit weights of %s from %s, which is another network"
                        .formatted(parent.genome(), parent.trained())));
  }
}
