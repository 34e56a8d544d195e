package dev.fletch.evolution;

import dev.fletch.data.SeededRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws parents from some of a population. */
final class Selection {
  private final SelectionSettings settings;
  private final List<Double> fitness;

  /** Members of the population, the best first. */
  private final List<Integer> candidates;

  private final double[] weights;

  /**
   * @param fitness of the whole population
   * @param members to choose from, at least one; those that failed are not, unless all did
   */
  Selection(SelectionSettings settings, List<Double> fitness, List<Integer> members) {
    this.settings = settings;
    this.fitness = fitness;
    List<Integer> sound =
        members.stream().filter(m -> !Population.isFailed(fitness.get(m))).toList();
    this.candidates = bestFirst(sound.isEmpty() ? members : sound, fitness);
    this.weights =
        switch (settings.rule()) {
          case FITNESS -> candidates.stream().mapToDouble(m -> share(fitness, m)).toArray();
          case RANK -> ranks(candidates.size());
          case TOURNAMENT ->
              placeProbabilities(
                  Math.min(settings.tournamentSize(), candidates.size()),
                  settings.tournamentProbability());
        };
  }

  /** Members by their fitness, equals in their own order. */
  static List<Integer> bestFirst(List<Integer> members, List<Double> fitness) {
    return members.stream()
        .sorted(
            Comparator.<Integer>comparingDouble(member -> -fitness.get(member))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /**
   * What fitness counts for where it is divided: itself; where some are negative, how much it is
   * above the lowest; nothing if it failed.
   */
  static double share(List<Double> fitness, int member) {
    double lowest =
        fitness.stream().filter(f -> !Population.isFailed(f)).mapToDouble(f -> f).min().orElse(0);
    double own = fitness.get(member);
    return Population.isFailed(own) ? 0 : own - Math.min(0, lowest);
  }

  private static double[] ranks(int size) {
    double[] ranks = new double[size];
    for (int n = 0; n < size; n++) {
      ranks[n] = size - n;
    }
    return ranks;
  }

  /** p, p (1 - p), p (1 - p)^2 and so on; the last has all that is left. */
  static double[] placeProbabilities(int entrants, double p) {
    double[] probabilities = new double[entrants];
    double left = 1;
    for (int place = 0; place < entrants; place++) {
      probabilities[place] = place == entrants - 1 ? left : p * left;
      left -= probabilities[place];
    }
    return probabilities;
  }

  /** The same without {@code member}; itself if there is no other. */
  Selection without(int member) {
    List<Integer> others = candidates.stream().filter(candidate -> candidate != member).toList();
    return others.isEmpty() ? this : new Selection(settings, fitness, others);
  }

  int draw(SeededRandom random) {
    if (settings.rule() != SelectionRule.TOURNAMENT) {
      return candidates.get(Draws.of(weights, random));
    }
    List<Integer> open = new ArrayList<>(candidates);
    List<Integer> entrants = new ArrayList<>();
    while (entrants.size() < weights.length) {
      entrants.add(open.remove(random.below(open.size())));
    }
    return bestFirst(entrants, fitness).get(Draws.of(weights, random));
  }
}
