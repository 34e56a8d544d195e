package dev.fletch.evolution;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/** Settings and genomes that tests share. */
final class Samples {
  static final CrossoverSettings SOURCE = new CrossoverSettings(CrossoverRule.SOURCE, 1, 0.75);
  static final CrossoverSettings STANLEY = new CrossoverSettings(CrossoverRule.STANLEY, 0.75, 0.75);
  static final SelectionSettings RANK = new SelectionSettings(SelectionRule.RANK, 1, 1);
  static final SpeciesSettings NO_SPECIES = species(false, 3);
  static final GenomeSpace SPACE =
      new GenomeSpace(
          Operation.DARTS,
          List.of(Activation.IDENTITY, Activation.RELU),
          List.of(Aggregation.ADD, Aggregation.MULTIPLY),
          8);

  private Samples() {}

  static SpeciesSettings species(boolean enabled, double threshold) {
    return new SpeciesSettings(enabled, 1, 1, 0.4, 20, threshold, 15, 6, 0.2, 0.001);
  }

  static MutationSettings mutations(double probability) {
    return new MutationSettings(probability, 1, 1, 1, 1, 1, 1);
  }

  static NeatSettings settings(CrossoverSettings crossover, SpeciesSettings species) {
    return new NeatSettings(50, 1, false, mutations(0.2), crossover, RANK, species, SPACE);
  }

  /**
   * Parent 1 of figure 4 in Stanley and Miikkulainen (2002), its three inputs being the one input.
   */
  static Genome firstParent() {
    return genome(
        "4:add(sep_conv_3x3,skip_connect)|5:add(max_pool_3x3,skip_connect)",
        "1:0>4:I,2:0>4:J:off,3:0>4:I,4:0>5:I,5:5>4:I,8:0>5:I");
  }

  /** Parent 2 there. */
  static Genome secondParent() {
    return genome(
        "4:add(sep_conv_3x3,skip_connect)|5:add(max_pool_3x3,skip_connect)"
            + "|6:add(dil_conv_3x3,skip_connect)",
        "1:0>4:I,2:0>4:J:off,3:0>4:I,4:0>5:I,5:5>4:I:off,6:5>6:I,7:6>4:I,9:0>5:J,10:0>6:I");
  }

  static Genome genome(String nodes, String connections) {
    return Genome.parse(
        "genome output=4 nodes=[%s] connections=[%s]".formatted(nodes, connections));
  }

  /** Any numbers that are a function of {@code seed}. */
  static SeededRandom random(long seed) {
    return SeededRandom.of(SeededRandom.Purpose.EVOLUTION, seed);
  }

  /** Fitness drawn at random; some genomes fail. */
  static List<Double> fitness(int size, long seed) {
    SeededRandom random = random(seed);
    List<Double> fitness = new ArrayList<>();
    for (int n = 0; n < size; n++) {
      fitness.add(random.below(20) == 0 ? Double.NaN : random.unit());
    }
    return fitness;
  }
}
