package dev.fletch.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.nn.Wanted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  /** Notes what it is asked for. */
  private record Watched(NumberedExamples examples, List<String> asked) implements ExampleSource {
    @Override
    public ImageShape input() {
      return examples.input();
    }

    @Override
    public int classes() {
      return examples.classes();
    }

    @Override
    public int size(Portion portion) {
      return examples.size(portion);
    }

    @Override
    public ImageBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
      asked.add(portion + " " + at.epoch() + "/" + at.step());
      return examples.training(portion, at, replica, replicas, batch);
    }

    @Override
    public ImageBatch evaluation(Portion portion, int from, int to) {
      return examples.evaluation(portion, from, to);
    }
  }

  @Test
  void theMinibatchOfAStepIsDrawnOnceForAllItsExchanges() {
    Watched examples = new Watched(new NumberedExamples(12), new ArrayList<>());
    try (Replica replica = new Replica(new LinearNetwork(), examples, new Shard(0, 1, 3), 0)) {
      ask(replica, Portion.WEIGHTS, 0, 0);
      ask(replica, Portion.WEIGHTS, 0, 0);
      ask(replica, Portion.ALPHA, 0, 0);
      ask(replica, Portion.ALPHA, 0, 1);
      ask(replica, Portion.ALPHA, 0, 1);
      ask(replica, Portion.ALPHA, 1, 1);
    }
    assertThat(examples.asked())
        .containsExactly("WEIGHTS 0/0", "ALPHA 0/0", "ALPHA 0/1", "ALPHA 1/1");
  }

  private static void ask(Replica replica, Portion portion, int epoch, int step) {
    GradientRequest request = new GradientRequest(portion, new StepId(epoch, step), Wanted.WEIGHTS);
    replica.gradients(request, List.of(Floats.of(new float[] {1, 2})), new float[] {1});
  }
}
