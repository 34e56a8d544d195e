package dev.fletch.evolution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Children whose parents are drawn from the same part of a population.
 *
 * @param parents whom they are drawn from
 * @param champion whom the first child is a copy of, or {@link #NONE}
 * @param children how many there are
 */
record Litter(Selection parents, int champion, int children) {
  /** In the place of a champion. */
  static final int NONE = -1;

  /**
   * How {@code children} are divided: one litter, or one for each species by fitness sharing: in
   * proportion to the mean fitness of its members, which is the sum of what each has when fitness
   * is divided by the size of the species.
   *
   * @param copied members that go into the next generation anyhow
   */
  static List<Litter> of(
      NeatSettings settings, Population scored, List<Integer> copied, int children) {
    if (!settings.species().enabled()) {
      Selection anyone = new Selection(settings.selection(), scored.fitness(), scored.members());
      return List.of(new Litter(anyone, NONE, children));
    }
    List<Species> species = progressing(settings.species(), scored);
    int[] sizes =
        divided(
            children,
            species.stream().mapToDouble(one -> sharedFitness(one, scored.fitness())).toArray());
    List<Litter> litters = new ArrayList<>();
    for (int n = 0; n < sizes.length; n++) {
      litters.add(of(settings, scored, copied, species.get(n), sizes[n]));
    }
    return litters;
  }

  private static Litter of(
      NeatSettings settings,
      Population scored,
      List<Integer> copied,
      Species species,
      int children) {
    List<Integer> members = Selection.bestFirst(species.members(), scored.fitness());
    int kept = (int) Math.ceil(settings.species().survival() * members.size());
    List<Integer> surviving = members.subList(0, Math.min(members.size(), Math.max(2, kept)));
    int champion = members.get(0);
    boolean isCopied =
        members.size() >= settings.species().championsFrom() && !copied.contains(champion);
    return new Litter(
        new Selection(settings.selection(), scored.fitness(), surviving),
        isCopied ? champion : NONE,
        children);
  }

  /** Species that have made progress of late; if none has, the one with the best genome. */
  private static List<Species> progressing(SpeciesSettings settings, Population scored) {
    List<Species> progressing =
        scored.species().stream()
            .filter(s -> scored.generation() - s.improvedIn() < settings.stagnation())
            .toList();
    if (!progressing.isEmpty()) {
      return progressing;
    }
    int best = Selection.bestFirst(scored.members(), scored.fitness()).get(0);
    return scored.species().stream().filter(s -> s.members().contains(best)).toList();
  }

  /** The sum over the members of a species of their fitness divided by their number. */
  static double sharedFitness(Species species, List<Double> fitness) {
    double sum = 0;
    for (int member : species.members()) {
      sum += Selection.share(fitness, member);
    }
    return sum / species.members().size();
  }

  /**
   * Whole numbers in proportion to {@code shares} whose sum is {@code total}: those with the
   * largest remainders are rounded up. All alike if all shares are 0.
   */
  static int[] divided(int total, double[] shares) {
    double sum = Arrays.stream(shares).sum();
    double[] exact =
        Arrays.stream(shares)
            .map(share -> sum > 0 ? total * share / sum : (double) total / shares.length)
            .toArray();
    int[] whole = Arrays.stream(exact).mapToInt(value -> (int) value).toArray();
    int left = total - Arrays.stream(whole).sum();
    // negative, so that the largest come first, equals in their order
    double[] remainders =
        IntStream.range(0, exact.length).mapToDouble(n -> whole[n] - exact[n]).toArray();
    IntStream.range(0, exact.length)
        .boxed()
        .sorted(Comparator.comparingDouble(n -> remainders[n]))
        .limit(left)
        .forEach(n -> whole[n]++);
    return whole;
  }
}
