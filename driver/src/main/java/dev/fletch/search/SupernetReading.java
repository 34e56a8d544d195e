package dev.fletch.search;

import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.RandomPath;
import dev.fletch.bilevel.SearchState;
import dev.fletch.data.Portion;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Score;
import dev.fletch.method.Composition;
import dev.fletch.method.PathSelection;
import dev.fletch.method.RelaxationSchedule;
import dev.fletch.supernet.Relaxation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the supernet of an epoch says: how good it is, and which genotype it stands for.
 *
 * @param mixing what it was evaluated with
 * @param strength weights of operations that the genotype is derived from, {@code [kinds, edges,
 *     operations]}, none negative
 * @param validation over the alpha portion, see {@link Recalibration}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two calls, never compared
record SupernetReading(float[] mixing, float[] strength, Genotype genotype, Score validation)
    implements Serializable {
  /** Keeps the paths that are scored apart from those that are trained. */
  private static final long SCORING_STREAM = 0x7363_6f72_65L;

  static SupernetReading of(SearchPlan plan, SearchStage stage, SearchState state, int epoch) {
    Composition composition = stage.composition();
    RelaxationSchedule relaxations = composition.relaxations();
    float[] mixing =
        composition
            .selection()
            .map(selection -> bestPath(plan, stage, state, epoch, selection))
            .orElseGet(() -> relaxations.evaluation(epoch).mixing(state.alpha()));
    float[] strength =
        composition.selection().isPresent()
            ? mixing
            : strength(composition, relaxations.strength(epoch), state);
    Score validation = new Recalibration(stage, state, epoch).score(mixing);
    return new SupernetReading(mixing, strength, genotype(composition, strength), validation);
  }

  /** The weights of operations alone, without signs. */
  static float[] strength(Composition composition, Relaxation relaxation, SearchState state) {
    float[] strength = composition.ofOperations(relaxation.mixing(state.alpha()));
    for (int i = 0; i < strength.length; i++) {
      strength[i] = Math.abs(strength[i]);
    }
    return strength;
  }

  static Genotype genotype(Composition composition, float[] strength) {
    return composition.supernet().derive(composition.derivation(), strength);
  }

  /** With running statistics, which are those of all paths alike. */
  private static List<Score> evaluate(
      GradientSource source, SearchState state, List<float[]> mixings, int chunks) {
    return source.evaluate(
        Portion.ALPHA, chunks, state.training().weights(), mixings, state.training().statistics());
  }

  private static float[] bestPath(
      SearchPlan plan, SearchStage stage, SearchState state, int epoch, PathSelection selection) {
    boolean last = epoch == plan.settings().epochs() - 1;
    int count = last ? selection.samples() : selection.finalists();
    List<float[]> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long number = ((long) epoch << Integer.SIZE) + i;
      paths.add(
          RandomPath.of(
              plan.seed() ^ SCORING_STREAM,
              number,
              plan.supernet().topology(),
              plan.supernet().operations()));
    }
    List<float[]> finalists =
        best(
            paths,
            evaluate(stage.source(), state, paths, selection.chunks()),
            plan.metric(),
            selection.finalists());
    List<Score> whole = evaluate(stage.source(), state, finalists, Integer.MAX_VALUE);
    return best(finalists, whole, plan.metric(), 1).get(0);
  }

  /** The {@code count} paths of best metric, the lower loss first among equals. */
  private static List<float[]> best(
      List<float[]> paths, List<Score> scores, Metric metric, int count) {
    Comparator<Integer> order =
        Comparator.<Integer, Double>comparing(i -> metric.of(scores.get(i)), metric.bestFirst())
            .thenComparingDouble(i -> scores.get(i).loss());
    return IntStream.range(0, paths.size())
        .boxed()
        .sorted(order)
        .limit(count)
        .map(paths::get)
        .toList();
  }
}
