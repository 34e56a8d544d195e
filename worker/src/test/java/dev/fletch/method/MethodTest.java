package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.DiscreteMixing;
import dev.fletch.architecture.RandomGenotype;
import dev.fletch.architecture.ThresholdDerivation;
import dev.fletch.architecture.TopPairsDerivation;
import dev.fletch.bilevel.AlphaObjective;
import dev.fletch.bilevel.LogSumExpPenalty;
import dev.fletch.bilevel.ZeroOnePenalty;
import dev.fletch.data.StepId;
import dev.fletch.supernet.EdgeNormalisation;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SigmoidRelaxation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What methods are made of, as far as no other test says it. */
class MethodTest {
  private static final SearchSpace SPACE = Spaces.small(50, Spaces.ONE);

  @Test
  void namesAreThoseOfTheClasses() {
    assertThat(Methods.all())
        .extracting(Methods::name)
        .containsExactly(
            "darts",
            "td-darts",
            "td-darts-learned-temperature",
            "sdarts-rs",
            "sdarts-adv",
            "darts-minus",
            "fair-darts",
            "beta-darts",
            "pc-darts",
            "p-darts",
            "snas",
            "gdas",
            "darts-egs",
            "random-search",
            "random-weight-sharing",
            "darts-l1",
            "hypernetwork");
  }

  /** Weights are independent, begin at one half, and have to reach the threshold. */
  @Test
  void fairDarts() {
    Composition composition = Spaces.compose(new FairDarts(10, 0.85), SPACE);
    float[] alpha = composition.alpha().initial().apply(3);

    assertThat(alpha).hasSize(30).containsOnly(0);
    assertThat(composition.relaxations().training(new StepId(3, 1)))
        .isEqualTo(new SigmoidRelaxation());
    assertThat(composition.relaxations().evaluation(3).mixing(alpha)).containsOnly(0.5f);
    assertThat(composition.objective()).isEqualTo(AlphaObjective.with(new ZeroOnePenalty(10)));
    assertThat(composition.derivation()).isEqualTo(new ThresholdDerivation(0.85));
  }

  @Test
  void betaDartsSpreadsItsWeightOverTheWholeSearch() {
    assertThat(Spaces.compose(new BetaDarts(50), SPACE).objective())
        .isEqualTo(AlphaObjective.with(new LogSumExpPenalty(3, 50, 50)));
  }

  /** Ranks by softmax(alpha) softmax(beta). */
  @Test
  void pcDarts() {
    Composition composition = Spaces.compose(new PcDarts(4, 15), SPACE);

    assertThat(composition.edges()).isEqualTo(EdgeSettings.PLAIN.withPartial(4));
    assertThat(composition.alpha().length()).isEqualTo(40);
    assertThat(composition.alpha().initial().apply(3)).startsWith(SPACE.layout().initial(3));
    for (float value : composition.alpha().initial().apply(3)) {
      assertThat(value).isNotZero().isBetween(-5e-3f, 5e-3f);
    }
    assertThat(composition.relaxations().strength(4))
        .isEqualTo(new EdgeNormalisation(3, CellTopology.convolutional(2), 1));
    assertThat(composition.relaxations().at(0.5))
        .contains(new EdgeNormalisation(3, CellTopology.convolutional(2), 0.5));
    assertThat(composition.derivation()).isEqualTo(new DartsDerivation());
  }

  @Test
  void gdasIsSampledAndKeepsPairs() {
    Composition composition = Spaces.compose(new Gdas(), SPACE);
    assertThat(composition.edges()).isEqualTo(EdgeSettings.PLAIN.withSampling());
    assertThat(composition.derivation()).isEqualTo(new TopPairsDerivation());
    assertThat(Spaces.compose(new DartsEgs(7), SPACE).edges().sampled()).isTrue();
    assertThat(Spaces.compose(new Snas(10), SPACE).edges().sampled()).isFalse();
  }

  @Test
  void alphaOfSnasIsClipped() {
    assertThat(Spaces.compose(new Snas(10), SPACE).objective())
        .isEqualTo(new AlphaObjective(List.of(), 10));
  }

  /** Two inputs and an operation for each, per node; another one in every step. */
  @Test
  void weightSharingTrainsAnotherPathInEveryStep() {
    Composition composition = Spaces.compose(new RandomWeightSharing(100, 10, 5), SPACE);
    Set<List<Float>> paths = new HashSet<>();
    for (int step = 0; step < 30; step++) {
      float[] path = mixing(composition, new StepId(step % 3, step / 3));
      assertThat(path).isEqualTo(mixing(composition, new StepId(step % 3, step / 3)));
      int row = 0;
      for (int inputs : new int[] {2, 3, 2, 3}) {
        float onNode = 0;
        for (int i = 0; i < inputs; i++, row++) {
          float onEdge = path[3 * row] + path[3 * row + 1] + path[3 * row + 2];
          assertThat(onEdge).isIn(0f, 1f);
          onNode += onEdge;
        }
        assertThat(onNode).isEqualTo(2);
      }
      List<Float> values = new ArrayList<>();
      for (float value : path) {
        values.add(value);
      }
      paths.add(values);
    }
    assertThat(paths).hasSizeGreaterThan(28);
    assertThat(composition.selection()).contains(new PathSelection(100, 10, 5));
    assertThat(composition.alpha().length()).isZero();
  }

  private static float[] mixing(Composition composition, StepId at) {
    return composition.relaxations().training(at).mixing(new float[0]);
  }

  @Test
  void randomSearchHasAStageForEveryArchitecture() {
    RandomSearch method = new RandomSearch(10);
    Set<CellPair> genotypes = new HashSet<>();
    for (int epoch = 0; epoch < 50; epoch++) {
      Stage stage = method.stage(SPACE, epoch, OperationMask.ALL);
      assertThat(stage).isEqualTo(new Stage(epoch / 10, epoch / 10 * 10, 10, OperationMask.ALL));
      CellPair expected = RandomGenotype.of(7, epoch / 10, 2, Spaces.THREE);
      genotypes.add(expected);
      assertThat(mixing(method.compose(SPACE, stage), new StepId(epoch, 3)))
          .isEqualTo(DiscreteMixing.of(expected, Spaces.THREE));
    }
    assertThat(genotypes).hasSize(5);
  }
}
