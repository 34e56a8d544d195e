package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.RandomGenotype;
import dev.fletch.supernet.OperationMask;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The mixing weights of a genotype's network within its supernet. */
class DiscretisedTest {
  private static final SearchSpace SPACE = Spaces.small(50, Spaces.ONE);

  /** Node 0 keeps both its edges; node 1 the inputs 0 and 2, in the reduction cell 1 and 2. */
  private static final CellPair GENOTYPE =
      new CellPair(
          CellGenotype.parse("skip_connect:0,sep_conv_3x3:1|sep_conv_3x3:0,skip_connect:2"),
          CellGenotype.parse("sep_conv_3x3:0,sep_conv_3x3:1|skip_connect:1,sep_conv_3x3:2"));

  /** By edge: 1 for the skip connection, 2 for the convolution, 0 for none of them. */
  private static final int[] CHOSEN = {1, 2, 2, 0, 1, 2, 2, 0, 1, 2};

  private static float[] expected(int columns) {
    float[] expected = new float[10 * columns];
    for (int row = 0; row < 10; row++) {
      if (CHOSEN[row] > 0) {
        expected[row * columns + CHOSEN[row]] = 1;
      }
    }
    return expected;
  }

  @Test
  void isOneForEveryGeneAndZeroElsewhere() {
    Composition darts = Spaces.compose(new Darts(), SPACE);
    assertThat(darts.discretised(GENOTYPE, new float[30])).isEqualTo(expected(3));
  }

  @Test
  void leavesAuxiliarySkipConnectionsOut() {
    Composition minus = Spaces.compose(new DartsMinus(1, DartsMinus.Decay.CONSTANT), SPACE);
    float[] mixing = new float[40];
    Arrays.fill(mixing, 0.25f);

    assertThat(minus.columns()).isEqualTo(4);
    assertThat(minus.discretised(GENOTYPE, mixing)).isEqualTo(expected(4));
    assertThat(mixing).containsOnly(0.25f);
  }

  @Test
  void edgesThatAreKeptShareTheirNodesWeight() {
    Composition partial = Spaces.compose(new PcDarts(2, 0), SPACE);
    float[] edges = {0.75f, 0.25f, 0.1f, 0.5f, 0.4f, 0.5f, 0.5f, 0.2f, 0.6f, 0.2f};
    // node 1 keeps 0.1 and 0.4 of its edges, then 0.6 and 0.2
    float[] kept = {0.75f, 0.25f, 0.2f, 0, 0.8f, 0.5f, 0.5f, 0, 0.75f, 0.25f};
    float[] mixing = new float[40];
    float[] expected = new float[40];
    for (int row = 0; row < 10; row++) {
      mixing[row * 4 + 3] = edges[row];
      expected[row * 4 + 3] = kept[row];
      expected[row * 4 + CHOSEN[row]] = CHOSEN[row] > 0 ? kept[row] : 0;
    }

    assertThat(partial.columns()).isEqualTo(4);
    assertThat(partial.discretised(GENOTYPE, mixing)).containsExactly(expected, within(1e-6f));
  }

  @Test
  void operationsAloneAreWithoutTheExtraColumns() {
    Composition partial = Spaces.compose(new PcDarts(2, 0), SPACE);
    float[] mixing = new float[40];
    for (int i = 0; i < 40; i++) {
      mixing[i] = i;
    }
    float[] operations = partial.ofOperations(mixing);
    assertThat(operations).hasSize(30).startsWith(0, 1, 2, 4, 5, 6, 8).endsWith(36, 37, 38);
    float[] plain = new float[30];
    assertThat(Spaces.compose(new Darts(), SPACE).ofOperations(plain)).isSameAs(plain);
  }

  /** The architecture of a stage of random search is its own discretised network. */
  @Test
  void aRandomArchitectureIsReadBackFromItsMixingWeights() {
    RandomSearch method = new RandomSearch(10);
    for (int index = 0; index < 5; index++) {
      Composition composition =
          method.compose(SPACE, method.stage(SPACE, 10 * index, OperationMask.ALL));
      float[] mixing = composition.relaxations().evaluation(10 * index).mixing(new float[0]);
      CellPair genotype =
          composition
              .derivation()
              .derive(
                  SPACE.layout().normal(mixing), SPACE.layout().reduction(mixing), Spaces.THREE, 2);

      assertThat(genotype).isEqualTo(RandomGenotype.of(7, index, 2, Spaces.THREE));
      assertThat(composition.discretised(genotype, mixing)).isEqualTo(mixing);
      assertThat(composition.alpha().length()).isZero();
      assertThat(composition.edges().sampled()).isTrue();
    }
  }
}
