package dev.fletch.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.ConnectionGene;
import dev.fletch.architecture.ForwardGraph;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.NodeGene;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.Phenotype;
import dev.fletch.architecture.PortGene;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for 10,000 genomes that operators made in random sequences. */
class RandomGenomesTest {
  private static final int GENERATIONS = 50;
  private static final List<NeatSettings> SETTINGS =
      List.of(
          settings(Samples.SOURCE, Samples.NO_SPECIES),
          settings(Samples.STANLEY, Samples.NO_SPECIES),
          settings(Samples.SOURCE, Samples.species(true, 1.5)),
          settings(Samples.STANLEY, Samples.species(true, 1.5)));

  private static final List<Population> POPULATIONS = new ArrayList<>();
  private static final List<Genome> GENOMES = new ArrayList<>();

  private static NeatSettings settings(CrossoverSettings crossover, SpeciesSettings species) {
    return new NeatSettings(
        50, 1, false, Samples.mutations(0.5), crossover, Samples.RANK, species, Samples.SPACE);
  }

  @BeforeAll
  static void evolve() {
    for (NeatSettings settings : SETTINGS) {
      Neat neat = new Neat(settings, 11);
      Population population = neat.firstGeneration();
      for (int generation = 0; generation < GENERATIONS; generation++) {
        POPULATIONS.add(population);
        GENOMES.addAll(population.genomes());
        population = neat.next(population.scored(Samples.fitness(50, generation)));
      }
    }
    assertThat(GENOMES).hasSize(10_000);
  }

  @Test
  void areManyAndGrowToTheLimit() {
    assertThat(new HashSet<>(GENOMES)).hasSizeGreaterThan(5_000);
    assertThat(GENOMES.stream().mapToInt(genome -> genome.nodes().size()).max()).hasValue(8);
    assertThat(GENOMES).anyMatch(genome -> genome.phenotype().nodes().size() > 6);
  }

  /** Checked here by what a circle is: a state that reaches itself. */
  @Test
  void haveNoCircleAndEveryNumberOnce() {
    for (Genome genome : GENOMES) {
      Set<Integer> numbers = new HashSet<>();
      Set<Integer> computed = new HashSet<>(Set.of(Genome.INPUT));
      List<NodeGene> left = new ArrayList<>(genome.nodes());
      while (left.removeIf(
          node -> computed.containsAll(read(genome, node)) && computed.add(node.key()))) {
        assertThat(computed).hasSizeLessThan(10);
      }
      assertThat(left).isEmpty();
      for (ConnectionGene connection : genome.connections()) {
        assertThat(numbers.add(connection.innovation())).isTrue();
      }
      assertThat(genome.phenotype().isEmpty()).isFalse();
    }
  }

  private static Set<Integer> read(Genome genome, NodeGene node) {
    return genome.connections().stream()
        .filter(connection -> connection.to() == node.key())
        .map(ConnectionGene::from)
        .collect(Collectors.toSet());
  }

  /** One number means one connection in all genomes of a run, and is in the table. */
  @Test
  void haveTheConnectionsOfTheTable() {
    for (Population population : POPULATIONS) {
      List<Innovation> innovations = population.innovations().innovations();
      for (Genome genome : population.genomes()) {
        for (ConnectionGene connection : genome.connections()) {
          Innovation made = innovations.get(connection.innovation() - 1);
          assertThat(made.from()).isEqualTo(connection.from());
          assertThat(made.to()).isEqualTo(connection.to());
          assertThat(made.port()).isEqualTo(connection.port());
        }
      }
    }
  }

  @Test
  void areReadAsWritten() {
    for (Genome genome : GENOMES) {
      assertThat(Architecture.parse(genome.text())).isEqualTo(genome);
      assertThat(Architecture.read(genome.json(), "$")).isEqualTo(genome);
    }
  }

  /** Every gene of both parents, by the rule of the source, in the state of the fitter. */
  @Test
  void childrenHaveAllGenesInTheStateOfTheFitter() {
    Crossover crossover = new Crossover(Samples.SOURCE, 24);
    forPairs(
        1,
        (fitter, other) -> {
          Genome child = crossover.child(fitter, other, false, Samples.random(1));
          Map<Integer, ConnectionGene> genes = byNumber(child);
          assertThat(genes.values()).containsAll(fitter.connections());
          ForwardGraph graph = ForwardGraph.of(child.connections());
          Map<Integer, ConnectionGene> ofFitter = byNumber(fitter);
          for (ConnectionGene gene : other.connections()) {
            if (genes.containsKey(gene.innovation())) {
              assertThat(genes.get(gene.innovation()))
                  .isEqualTo(ofFitter.getOrDefault(gene.innovation(), gene));
            } else {
              assertThat(graph.add(gene.from(), gene.to())).as("a circle").isFalse();
            }
          }
        });
  }

  /** By Stanley's: those of the fitter, disabled where either had them so. */
  @Test
  void disabledGenesStayDisabled() {
    Crossover crossover = new Crossover(new CrossoverSettings(CrossoverRule.STANLEY, 1, 1), 24);
    forPairs(
        1,
        (fitter, other) -> {
          Genome child = crossover.child(fitter, other, false, Samples.random(1));
          Map<Integer, ConnectionGene> ofOther = byNumber(other);
          List<ConnectionGene> expected =
              fitter.connections().stream()
                  .map(
                      gene ->
                          gene.enabled(
                              gene.enabled()
                                  && ofOther.getOrDefault(gene.innovation(), gene).enabled()))
                  .toList();
          boolean cutOff = child.connections().equals(fitter.connections());
          assertThat(child.connections()).isEqualTo(cutOff ? fitter.connections() : expected);
        });
  }

  private interface Pair {
    void check(Genome one, Genome other);
  }

  /** Neighbours in every population, or in every n-th. */
  private static void forPairs(int step, Pair pair) {
    for (int p = 0; p < POPULATIONS.size(); p += step) {
      List<Genome> genomes = POPULATIONS.get(p).genomes();
      for (int n = 1; n < genomes.size(); n++) {
        pair.check(genomes.get(n), genomes.get(n - 1));
      }
    }
  }

  private static Map<Integer, ConnectionGene> byNumber(Genome genome) {
    return genome.connections().stream()
        .collect(Collectors.toMap(ConnectionGene::innovation, Function.identity()));
  }

  /** Keys, innovation numbers and ports exchanged at random, and nodes that lead nowhere added. */
  @Test
  void areTheSameNetworkUnderOtherNames() {
    for (int n = 0; n < GENOMES.size(); n++) {
      Genome genome = GENOMES.get(n);
      Genome renamed = Renaming.of(genome, Samples.random(n));

      assertThat(genome.describesSameNetworkAs(renamed)).isTrue();
      assertThat(renamed.describesSameNetworkAs(genome)).isTrue();
      assertThat(renamed.phenotype().fingerprint()).isEqualTo(genome.phenotype().fingerprint());
    }
  }

  @Test
  void areAnotherNetworkWithAnotherOperation() {
    for (int n = 0; n < GENOMES.size(); n++) {
      Genome genome = GENOMES.get(n);
      Phenotype.Place place = genome.phenotype().ports().keySet().iterator().next();
      NodeGene node = genome.node(place.node());
      PortGene gene = node.at(place.port());
      boolean wide = gene.operation().equals(Operation.SEP_CONV_5X5);
      PortGene other =
          new PortGene(wide ? Operation.SEP_CONV_3X3 : Operation.SEP_CONV_5X5, gene.activation());
      Genome changed =
          new Mutation.ChangeNode(node.with(place.port(), other))
              .of(genome, Numbering.trial(genome));

      assertThat(genome.describesSameNetworkAs(changed)).isFalse();
    }
  }

  /** Alike or not, of all pairs of a generation: just those of one representative. */
  @Test
  void beingTheSameNetworkIsAnEquivalence() {
    for (int p = 0; p < POPULATIONS.size(); p += 10) {
      List<Genome> genomes = POPULATIONS.get(p).genomes();
      List<Integer> representatives = DistinctNetworks.representatives(genomes);
      for (int one = 0; one < genomes.size(); one++) {
        for (int other = 0; other < genomes.size(); other++) {
          assertThat(genomes.get(one).describesSameNetworkAs(genomes.get(other)))
              .isEqualTo(representatives.get(one).equals(representatives.get(other)));
        }
      }
    }
  }

  /** Each port of a child has its weights from the first parent whose node did the same. */
  @Test
  void inheritWhatIsUnchanged() {
    forPairs(
        5,
        (child, parent) -> {
          Genome trained = Renaming.of(parent, Samples.random(parent.text().hashCode()));
          Map<Phenotype.Place, PortGene> ports = parent.phenotype().ports();
          Map<Phenotype.Place, PortGene> source = trained.phenotype().ports();
          List<Inheritance> inherited =
              Inheritance.of(child, List.of(new Inheritance.Parent(parent, trained)));
          Set<Phenotype.Place> from = new HashSet<>();
          Map<Phenotype.Place, PortGene> ofChild = child.phenotype().ports();
          for (Inheritance one : inherited) {
            PortGene gene = ofChild.get(one.port());
            assertThat(source.get(one.source()).operation()).isEqualTo(gene.operation());
            assertThat(from.add(one.source())).isTrue();
          }
          long unchanged =
              ofChild.entrySet().stream()
                  .filter(
                      entry ->
                          ports.containsKey(entry.getKey())
                              && ports
                                  .get(entry.getKey())
                                  .operation()
                                  .equals(entry.getValue().operation()))
                  .count();
          assertThat(inherited).hasSize((int) unchanged);
        });
  }
}
