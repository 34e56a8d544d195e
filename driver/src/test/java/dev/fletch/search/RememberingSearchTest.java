package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.bilevel.UnrolledSettings;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.optimizer.EpochStart;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.toy.ForwardingSource;
import dev.fletch.toy.InterruptedSource;
import dev.fletch.toy.ToyMemory;
import dev.fletch.toy.ToyStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches of a network that remembers. */
class RememberingSearchTest extends ToySearches {
  private static final int ROWS = 4;
  private static final int REPLICAS = 2;

  private static SearchPlan plan(int order, EpochStart start) {
    SearchPlan plan = plan(order, TemperatureSettings.Mode.SOFTMAX);
    SearchSettings usual = plan.settings();
    SearchSettings settings =
        new SearchSettings(
            usual.method(),
            order,
            usual.epochs(),
            ROWS,
            REPLICAS,
            usual.computing(),
            usual.weights(),
            usual.weightsRate(),
            0.25,
            usual.alpha(),
            usual.alphaRate(),
            usual.alphaL1(),
            usual.temperature(),
            usual.augmentation(),
            usual.watch(),
            usual.stop(),
            usual.keepCheckpoints(),
            usual.exchange(),
            new UnrolledSettings(true, UnrolledSettings.Embedding.KEPT),
            start);
    return new SearchPlan(settings, plan.supernet(), 2, plan.metric(), plan.seed(), plan.keys());
  }

  private static GradientSource remembering(SearchPlan plan) {
    int mixing = plan.supernet().topology().rows() * plan.supernet().operations().size();
    return new LocalGradientSource(
        new ToyMemory(ROWS, mixing), new ToyStream(192), REPLICAS, ROWS, plan.seed());
  }

  private void search(SearchPlan plan, RunFolder run, GradientSource source) {
    SearchResult unused = new SupernetSearch(plan, (size, edges) -> source, run, listener).run();
  }

  @ParameterizedTest
  @CsvSource({"1, CARRIED", "2, CARRIED", "2, ZEROS"})
  void killedAndResumedItRemembersAsIfItHadNeverStopped(int order, EpochStart start) {
    SearchPlan plan = plan(order, start);
    RunFolder unbroken = create("unbroken");
    search(plan, unbroken, remembering(plan));
    RunFolder broken = create("broken");
    assertThatThrownBy(
            () ->
                search(
                    plan,
                    broken,
                    new InterruptedSource(
                        remembering(plan), new StepId(2, 1), new IllegalStateException("killed"))))
        .hasMessage("killed");
    search(plan, broken, remembering(plan));

    Checkpoint a = newest(broken);
    Checkpoint b = newest(unbroken);
    assertThat(a.vectors()).containsOnlyKeys(b.vectors().keySet());
    b.vectors()
        .forEach((name, vector) -> assertThat(a.vectors().get(name)).as(name).isEqualTo(vector));
    assertThat(b.vectors().get("carried")).hasSize(ROWS * REPLICAS).doesNotContain(0);
    assertThat(b.vectors().get("carried-of-alpha")).hasSize(ROWS * REPLICAS).doesNotContain(0);
    assertThat(withoutTime(broken)).hasSize(EPOCHS).isEqualTo(withoutTime(unbroken));
  }

  /** The first exchange of an epoch, and the first of what is measured behind it. */
  @ParameterizedTest
  @EnumSource
  void anEpochBeginsAsItIsToldAndMeasurementsWithNothing(EpochStart start) {
    SearchPlan plan = plan(1, start);
    List<GradientRequest> requests = new ArrayList<>();
    GradientSource noting =
        new ForwardingSource(remembering(plan)) {
          @Override
          public List<Gradients> gradients(
              GradientRequest request, List<Floats> weights, float[] mixing) {
            requests.add(request);
            return super.gradients(request, weights, mixing);
          }
        };
    search(plan, create("run"), noting);

    List<GradientRequest> first =
        requests.stream().filter(r -> r.at().equals(new StepId(1, 0))).toList();
    for (GradientRequest request : first.subList(0, 2)) {
      if (start == EpochStart.ZEROS) {
        assertThat(request.carried()).hasSize(ROWS * REPLICAS).containsOnly(0);
      } else {
        assertThat(request.carried()).hasSize(ROWS * REPLICAS).doesNotContain(0);
      }
    }
    assertThat(first.get(0).portion()).isEqualTo(Portion.ALPHA);
    assertThat(first.get(1).portion()).isEqualTo(Portion.WEIGHTS);
    assertThat(first.subList(2, first.size()))
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.carried()).isEmpty());
  }
}
