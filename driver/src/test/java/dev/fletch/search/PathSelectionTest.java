package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DiscreteMixing;
import dev.fletch.architecture.ThresholdDerivation;
import dev.fletch.data.Portion;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.Score;
import dev.fletch.method.RandomWeightSharing;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.EdgeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random search with weight sharing: which paths are trained, and which one is chosen. */
class PathSelectionTest {
  private static final int EPOCHS = 3;

  /** All paths quickly, finalists wholly, the chosen one, its discretised network. */
  private static final int PER_EPOCH = 4;

  private static final RandomWeightSharing METHOD = new RandomWeightSharing(40, 2, 5);

  @TempDir Path temporary;
  private final Scoring source = new Scoring();
  private SearchResult result;

  /** An evaluation. */
  private record Asked(int chunks, List<float[]> mixings) {}

  /** Scores paths by what is on them: one way on a few minibatches, another on all of them. */
  private static final class Scoring extends NotingSource {
    final List<Asked> asked = new ArrayList<>();

    Scoring() {
      super(Toys.SUPERNET, EdgeSettings.PLAIN.withSampling());
    }

    static double quick(float[] mixing) {
      double sum = 0;
      for (int i = 0; i < mixing.length; i++) {
        sum += mixing[i] * Math.abs(Math.sin(3 * i));
      }
      return sum / 8;
    }

    static double whole(float[] mixing) {
      double sum = 0;
      for (int i = 0; i < mixing.length; i++) {
        sum += mixing[i] * Math.abs(Math.cos(5 * i));
      }
      return sum / 8;
    }

    @Override
    public List<Score> evaluate(
        Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
      assertThat(portion).isEqualTo(Portion.ALPHA);
      asked.add(new Asked(chunks, mixings));
      return mixings.stream()
          .map(m -> new Score(1, chunks == Integer.MAX_VALUE ? whole(m) : quick(m), 21))
          .toList();
    }
  }

  @BeforeEach
  void search() {
    SearchPlan plan = Toys.plan(METHOD, EPOCHS);
    RunFolder run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    result = new SupernetSearch(plan, (size, edges) -> source, run, new RecordingListener()).run();
  }

  @Test
  void everyStepTrainsAnotherPathOfTheWeightsPortion() {
    assertThat(source.exchanges).hasSize(EPOCHS * 3);
    assertThat(source.exchanges).allMatch(e -> e.request().portion() == Portion.WEIGHTS);
    assertThat(paths(source.exchanges.stream().map(NotingSource.Exchange::mixing).toList()))
        .hasSize(EPOCHS * 3);
  }

  @Test
  void theBestOfTheBestPathsIsChosenAfterTheLastEpoch() {
    Asked all = source.asked.get((EPOCHS - 1) * PER_EPOCH);
    Asked finalists = source.asked.get((EPOCHS - 1) * PER_EPOCH + 1);
    assertThat(all.chunks()).isEqualTo(2);
    assertThat(all.mixings()).hasSize(40);
    assertThat(finalists.chunks()).isEqualTo(Integer.MAX_VALUE);
    List<float[]> best =
        all.mixings().stream()
            .sorted(Comparator.comparingDouble(m -> -Scoring.quick(m)))
            .limit(5)
            .toList();
    assertThat(paths(finalists.mixings())).isEqualTo(paths(best));
    float[] chosen = best.stream().max(Comparator.comparingDouble(Scoring::whole)).orElseThrow();

    ArchitectureParameters layout = ArchitectureParameters.of(Toys.SUPERNET);
    CellPair expected =
        new ThresholdDerivation(0.5)
            .derive(layout.normal(chosen), layout.reduction(chosen), Toys.OPERATIONS, 2);
    EpochRecord last = result.epochs().get(EPOCHS - 1);
    assertThat(last.genotype()).isEqualTo(expected);
    assertThat(last.validationFigure()).isEqualTo(Scoring.whole(chosen));
    assertThat(last.watch().discretisedFigure())
        .isEqualTo(Scoring.whole(DiscreteMixing.of(expected, Toys.OPERATIONS)));
    assertThat(last.watch().isAlphaTrained()).isFalse();
    assertThat(last.watch().alphaEigenvalue()).isNaN();
  }

  @Test
  void earlierEpochsScoreAsManyPathsAsThereAreFinalists() {
    assertThat(source.asked).hasSize(PER_EPOCH * EPOCHS);
    for (int epoch = 0; epoch < EPOCHS - 1; epoch++) {
      assertThat(source.asked.get(PER_EPOCH * epoch).mixings()).hasSize(5);
      assertThat(source.asked.get(PER_EPOCH * epoch + 1).mixings()).hasSize(5);
    }
  }

  @Test
  void scoredPathsAreOthersThanTrainedOnes() {
    List<float[]> scored = new ArrayList<>();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      scored.addAll(source.asked.get(PER_EPOCH * epoch).mixings());
    }
    // the space is small; but for chance the first of each epoch would be the paths of its steps
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int step = 0; step < 3; step++) {
        assertThat(source.asked.get(PER_EPOCH * epoch).mixings().get(step))
            .isNotEqualTo(source.exchanges.get(3 * epoch + step).mixing());
      }
    }
    assertThat(paths(scored)).hasSizeGreaterThan(45);
  }

  private static Set<List<Float>> paths(List<float[]> mixings) {
    Set<List<Float>> paths = new HashSet<>();
    for (float[] mixing : mixings) {
      List<Float> path = new ArrayList<>();
      for (float weight : mixing) {
        path.add(weight);
      }
      paths.add(path);
    }
    return paths;
  }
}
