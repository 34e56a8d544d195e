package dev.fletch.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.DataHeader;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Input;
import dev.fletch.data.StepId;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Slot;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.gradient.Score;
import dev.fletch.nn.BatchScore;
import dev.fletch.nn.Blocks;
import dev.fletch.nn.DoublePlan;
import dev.fletch.nn.PlannedNetwork;
import dev.fletch.nn.Predictions;
import dev.fletch.nn.Wanted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  private static final ImageShape SHAPE = new ImageShape(2, 3, 3);
  private static final int CLASSES = 4;
  private static final ImageBatch BATCH = DoublePlan.randomBatch(SHAPE, 5, CLASSES);

  /** A head and nothing before it. */
  private abstract static class HeadAlone extends PlannedNetwork {
    HeadAlone() {
      super(SHAPE, BATCH.size(), 1, 0);
    }

    BatchScore evaluation() {
      return evaluate(BATCH, initialWeights(3), new float[0], initialStatistics());
    }

    BatchScore training() {
      return gradients(BATCH, 0, new StepId(0, 0), initialWeights(3), new float[0], Wanted.WEIGHTS)
          .score();
    }
  }

  private static HeadAlone ofTheTask() {
    return new HeadAlone() {
      @Override
      protected Heads layOut(PlanBuilder plan, Slot examples) {
        Blocks blocks = new Blocks(plan, true);
        return new Heads(new Classification(CLASSES).head(blocks, "head", examples, 1, 0), null);
      }
    };
  }

  private static HeadAlone plain() {
    return new HeadAlone() {
      @Override
      protected Heads layOut(PlanBuilder plan, Slot examples) {
        return new Heads(new Blocks(plan, true).head("head", examples, CLASSES, 1, 0), null);
      }
    };
  }

  @Test
  void onlyItsEvaluationsKeepWhatAConfusionMatrixIsMadeOf() {
    try (HeadAlone task = ofTheTask();
        HeadAlone plain = plain()) {
      assertThat(task.weightCount()).isEqualTo(CLASSES * 2 + CLASSES);
      BatchScore evaluation = task.evaluation();
      Score score = Score.of(List.of(evaluation));
      assertThat(score.confusion().classes()).isEqualTo(CLASSES);
      assertThat(score.confusion().examples()).isEqualTo(BATCH.size());
      assertThat(Metrics.ACCURACY.of(score)).isEqualTo(evaluation.correct() / 5.0);
      assertThat(task.training().predictions()).isEqualTo(Predictions.NONE);

      BatchScore without = plain.evaluation();
      assertThat(without).isEqualTo(evaluation.with(Predictions.NONE));
      assertThat(Score.of(List.of(without)).confusion()).isEqualTo(ConfusionMatrix.NONE);
    }
  }

  @Test
  void dataWithClassesPosesIt() {
    assertThat(Task.of(new DataHeader(SHAPE, 7, 10, 5, 5, 2))).isEqualTo(new Classification(7));
    assertThat(new Classification(7).metric()).isEqualTo(Metrics.ACCURACY);
  }

  @Test
  void thereIsAtLeastOneClass() {
    assertThatThrownBy(() -> new Classification(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classes must be >= 1, got 0");
  }

  /** As they travel to executors. */
  @Test
  void tasksInputsAndMetricsComeBackEqualFromTheWire() throws Exception {
    Task task = new Classification(7);
    Input input = SHAPE;
    assertThat(sent(task)).isEqualTo(task);
    assertThat(sent(input)).isEqualTo(input);
    assertThat(sent(task.metric())).isEqualTo(task.metric());
  }

  private static Object sent(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
