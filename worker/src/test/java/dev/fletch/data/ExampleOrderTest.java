package dev.fletch.data;

import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleFiles.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleOrderTest {
  private static final int TRAIN = 101;
  private static final AugmentationSettings ALL = new AugmentationSettings(1, true, 2);

  @TempDir Path folder;
  private ImageExamples examples;

  @BeforeEach
  void open() {
    SampleFiles.idx(folder, TRAIN, 11);
    examples = open(3);
  }

  private ImageExamples open(long seed) {
    return ImageExamples.open(settings(new IdxFormat(), folder), ALL, seed, HADOOP);
  }

  @Test
  void theHalvesAreDisjointAndWhole() {
    List<Integer> weights = members(examples, Portion.WEIGHTS);
    List<Integer> alpha = members(examples, Portion.ALPHA);

    assertThat(weights).hasSize(50).isSorted().doesNotContainAnyElementsOf(alpha);
    assertThat(alpha).hasSize(51).isSorted();
    List<Integer> both = new ArrayList<>(weights);
    both.addAll(alpha);
    assertThat(both)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TRAIN).boxed().toList());
    assertThat(members(examples, Portion.TRAIN)).hasSize(TRAIN).isSorted();
    assertThat(members(examples, Portion.TEST)).hasSize(11).isSorted();
  }

  @Test
  void theSplitIsThatOfTheSeed() {
    assertThat(members(open(3), Portion.WEIGHTS)).isEqualTo(members(examples, Portion.WEIGHTS));
    assertThat(members(open(4), Portion.WEIGHTS)).isNotEqualTo(members(examples, Portion.WEIGHTS));
  }

  @Test
  void aHeldOutPartIsTheEndOfTheSeededSplit() {
    ImageExamples held = examples.holdingOut(0.2);
    List<Integer> fit = members(held, Portion.FIT);
    List<Integer> validation = members(held, Portion.VALIDATION);

    assertThat(validation).hasSize(20).isSorted().doesNotContainAnyElementsOf(fit);
    assertThat(fit).hasSize(TRAIN - 20).isSorted().containsAll(members(held, Portion.WEIGHTS));
    assertThat(epoch(held, Portion.FIT, 0, 8)).containsExactlyInAnyOrderElementsOf(fit);
    assertThat(members(open(4).holdingOut(0.2), Portion.VALIDATION)).isNotEqualTo(validation);
    assertThat(members(held, Portion.TRAIN)).isEqualTo(members(examples, Portion.TRAIN));
    assertThatThrownBy(() -> held.training(Portion.VALIDATION, new StepId(0, 0), 0, 1, 8))
        .hasMessage("Cannot train on the examples held out");
    assertThat(members(examples, Portion.VALIDATION)).isEmpty();
    assertThatThrownBy(() -> examples.holdingOut(0.005))
        .hasMessage(
            "retrain.validation-portion 0.005 of 101 training examples leaves nothing to validate"
                + " on");
  }

  @ParameterizedTest
  @EnumSource(names = {"WEIGHTS", "ALPHA", "TRAIN"})
  void anEpochSeesEveryExampleOnceInAnOrderOfItsOwn(Portion portion) {
    List<Integer> first = epoch(examples, portion, 0, 8);

    assertThat(first).containsExactlyInAnyOrderElementsOf(members(examples, portion));
    assertThat(first).isNotEqualTo(epoch(examples, portion, 1, 8));
    assertThat(first).isEqualTo(epoch(open(3), portion, 0, 8));
    assertThat(first).isNotEqualTo(members(examples, portion));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void replicasShareWhatOneReplicaWouldSee(int replicas) {
    int perStep = 16;
    for (int step = 0; step < examples.steps(Portion.WEIGHTS, 0, perStep); step++) {
      StepId at = new StepId(2, step);
      ImageBatch whole = examples.training(Portion.WEIGHTS, at, 0, 1, perStep);
      List<Integer> ids = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      List<Float> values = new ArrayList<>();
      for (int replica = 0; replica < replicas; replica++) {
        ImageBatch part =
            examples.training(Portion.WEIGHTS, at, replica, replicas, perStep / replicas);
        Arrays.stream(part.examples()).forEach(ids::add);
        Arrays.stream(part.targets()).forEach(labels::add);
        for (float value : part.images()) {
          values.add(value);
        }
      }
      assertThat(ids).isEqualTo(Arrays.stream(whole.examples()).boxed().toList());
      assertThat(labels).isEqualTo(Arrays.stream(whole.targets()).boxed().toList());
      assertThat(values).hasSize(whole.images().length);
      for (int i = 0; i < values.size(); i++) {
        assertThat(values.get(i)).isEqualTo(whole.images()[i]);
      }
    }
  }

  @Test
  void theLastStepMayLeaveReplicasWithoutExamples() {
    // 50 examples in steps of 4 x 8: 32, then 18 = 8 + 8 + 2 + 0.
    assertThat(examples.steps(Portion.WEIGHTS, 0, 32)).isEqualTo(2);
    StepId last = new StepId(0, 1);
    assertThat(IntStream.range(0, 4).map(r -> size(last, r))).containsExactly(8, 8, 2, 0);
  }

  private int size(StepId at, int replica) {
    return examples.training(Portion.WEIGHTS, at, replica, 4, 8).size();
  }

  @Test
  void stepsBeyondTheEndStartOver() {
    ImageBatch first = examples.training(Portion.ALPHA, new StepId(0, 0), 0, 1, 10);
    ImageBatch again = examples.training(Portion.ALPHA, new StepId(0, 6), 0, 1, 10);

    assertThat(examples.steps(Portion.ALPHA, 0, 10)).isEqualTo(6);
    assertThat(again.examples()).isEqualTo(first.examples());
    assertThat(again.images()).isEqualTo(first.images());
  }

  @Test
  void anExampleHasItsOwnLabelAndPixelsInEveryPortion() {
    ImageBatch all = examples.evaluation(Portion.TRAIN, 0, TRAIN);
    ImageBatch alpha = examples.evaluation(Portion.ALPHA, 5, 9);

    for (int i = 0; i < alpha.size(); i++) {
      int example = alpha.examples()[i];
      assertThat(alpha.targets()[i]).isEqualTo(all.targets()[example]).isEqualTo(example % 3);
      assertThat(Arrays.copyOfRange(alpha.images(), i * 20, i * 20 + 20))
          .isEqualTo(Arrays.copyOfRange(all.images(), example * 20, example * 20 + 20));
    }
  }

  @Test
  void theSameExampleIsAugmentedAlikeInAnyPortion() {
    ImageBatch half = examples.training(Portion.WEIGHTS, new StepId(4, 0), 0, 1, 50);
    ImageBatch whole = examples.training(Portion.TRAIN, new StepId(4, 0), 0, 1, TRAIN);
    List<Integer> order = Arrays.stream(whole.examples()).boxed().toList();

    for (int i = 0; i < half.size(); i++) {
      int j = order.indexOf(half.examples()[i]);
      assertThat(Arrays.copyOfRange(half.images(), i * 20, i * 20 + 20))
          .isEqualTo(Arrays.copyOfRange(whole.images(), j * 20, j * 20 + 20));
    }
  }

  @Test
  void refusesWrongRequests() {
    assertThatThrownBy(() -> examples.training(Portion.TEST, new StepId(0, 0), 0, 1, 8))
        .hasMessage("Cannot train on the test set");
    assertThatThrownBy(() -> examples.training(Portion.TRAIN, new StepId(0, 0), 2, 2, 8))
        .hasMessage("Invalid request for replica 2 of 2 with a batch of 8");
    assertThatThrownBy(() -> examples.evaluation(Portion.TEST, 3, 12))
        .hasMessage("Invalid range 3 to 12: the portion TEST has 11 examples");
  }

  private static List<Integer> members(ImageExamples examples, Portion portion) {
    ImageBatch all = examples.evaluation(portion, 0, examples.size(portion));
    return Arrays.stream(all.examples()).boxed().toList();
  }

  private static List<Integer> epoch(
      ImageExamples examples, Portion portion, int epoch, int batch) {
    return IntStream.range(0, examples.steps(portion, 0, batch))
        .mapToObj(step -> examples.training(portion, new StepId(epoch, step), 0, 1, batch))
        .flatMapToInt(b -> Arrays.stream(b.examples()))
        .boxed()
        .toList();
  }
}
