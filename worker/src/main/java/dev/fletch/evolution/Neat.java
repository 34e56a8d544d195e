package dev.fletch.evolution;

import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Port;
import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evolution of whole structures, NEAT (Stanley and Miikkulainen, 2002): genomes start with one node
 * and grow. Parents are selected by their fitness, mutated, then crossed.
 *
 * <p>What a generation is made of depends on settings, seed and the generation before alone:
 * neither on threads nor on when fitness was known. New genes are numbered in the order of the
 * children.
 */
public final class Neat {
  private static final int FIRST_NODE = 1;

  private final NeatSettings settings;
  private final long seed;

  public Neat(NeatSettings settings, long seed) {
    this.settings = settings;
    this.seed = seed;
  }

  /**
   * Generation 0: genomes of one node, both of whose ports read the input, else drawn at random.
   */
  public Population firstGeneration() {
    Chances chances = new Chances(seed, 0);
    MutationDraw draw = new MutationDraw(settings.mutation(), settings.space());
    List<Individual> individuals =
        IntStream.range(0, settings.population())
            .mapToObj(
                child ->
                    new Individual(
                        child,
                        start(draw.node(FIRST_NODE, chances.ofParents(child))),
                        Origin.FIRST,
                        List.of()))
            .toList();
    List<Innovation> innovations =
        List.of(
            new Innovation(1, 0, Genome.INPUT, FIRST_NODE, Port.I, Innovation.NO_SPLIT),
            new Innovation(2, 0, Genome.INPUT, FIRST_NODE, Port.J, Innovation.NO_SPLIT));
    return new Population(
        0,
        individuals,
        species(individuals, null, chances),
        new InnovationTable(innovations),
        List.of());
  }

  private static Genome start(NodeGene node) {
    return new Genome(
        List.of(node),
        List.of(
            new ConnectionGene(1, Genome.INPUT, FIRST_NODE, Port.I, true),
            new ConnectionGene(2, Genome.INPUT, FIRST_NODE, Port.J, true)),
        FIRST_NODE);
  }

  /**
   * The generation after {@code scored}.
   *
   * @param scored a population whose fitness is known
   * @throws IllegalArgumentException if it is not
   */
  public Population next(Population scored) {
    if (!scored.isScored()) {
      throw new IllegalArgumentException(
          "Cannot go on from generation %d: the fitness of its genomes is not known"
              .formatted(scored.generation()));
    }
    int generation = scored.generation() + 1;
    Chances chances = new Chances(seed, generation);
    List<Plan> plans = new Breeding(settings, scored, chances).plans();
    Numbering numbers = new Numbering(scored.innovations(), generation);
    Crossover crossover = new Crossover(settings.crossover(), settings.space().maxNodes());
    int firstId = scored.individuals().get(scored.individuals().size() - 1).id() + 1;
    List<Individual> individuals = new ArrayList<>();
    for (int child = 0; child < plans.size(); child++) {
      Plan plan = plans.get(child);
      SeededRandom random = chances.ofCrossover(child);
      individuals.add(
          new Individual(
              firstId + child,
              plan.child(scored, numbers, crossover, random),
              plan.origin(),
              plan.parents().stream()
                  .map(parent -> scored.individuals().get(parent.member()).id())
                  .toList()));
    }
    return new Population(
        generation, individuals, species(individuals, scored, chances), numbers.table(), List.of());
  }

  /**
   * @param before null if this is the first generation
   */
  private List<Species> species(List<Individual> individuals, Population before, Chances chances) {
    if (!settings.species().enabled()) {
      return List.of();
    }
    Speciation speciation = new Speciation(settings.species());
    if (before != null) {
      for (Species species : before.species()) {
        SeededRandom random = chances.ofRepresentative(species.id());
        speciation.keep(species, before.individuals(), random);
      }
    }
    return speciation.of(individuals, chances.generation());
  }
}
