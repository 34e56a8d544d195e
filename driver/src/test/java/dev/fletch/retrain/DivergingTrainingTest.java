package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.toy.ForwardingSource;
import dev.fletch.toy.InterruptedSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that diverge, and are given other random numbers. */
class DivergingTrainingTest extends ToyTrainings {
  private static final SgdSettings SGD = new SgdSettings(0.9, 1e-3);
  private static final List<Double> LOSSES = List.of(4.0, 3.0, 2.0, 1.0);

  private static GradientSource diverging(GradientSource source, StepId at) {
    return new InterruptedSource(source, at, new DivergedException(at, 0, Double.NaN));
  }

  @ParameterizedTest(name = "in epoch {0}")
  @ValueSource(ints = {0, 2})
  void anEpochThatDivergesBeginsAnewFromTheCheckpointBeforeIt(int epoch) {
    RunFolder run = create("run");
    Told source = new Told(LOSSES);
    train(run, job(run, SGD, 1), diverging(source, new StepId(epoch, 2)));

    assertThat(curve(run).stream().map(e -> e.course().attempts()))
        .containsExactly(epoch == 0 ? 2 : 1, 1, epoch == 2 ? 2 : 1, 1);
    assertThat(run.readLines(FOLDER + "/metrics.jsonl").get(epoch)).endsWith(",\"attempts\":2}");
    List<StepId> asked = source.requests.stream().map(GradientRequest::at).toList();
    int failed = 4 * epoch; // four steps an epoch; the third failed on its way
    assertThat(asked.subList(failed, failed + 6))
        .containsExactly(
            new StepId(epoch, 0),
            new StepId(epoch, 1),
            new StepId(epoch, 0, 1),
            new StepId(epoch, 1, 1),
            new StepId(epoch, 2, 1),
            new StepId(epoch, 3, 1));
    assertThat(source.points.get(failed + 2))
        .as("begins where the failed attempt did")
        .isEqualTo(source.points.get(failed));
    assertThat(source.requests.get(failed + 2).carried())
        .isEqualTo(source.requests.get(failed).carried());
    assertThat(source.points.get(failed + 3))
        .as("and goes elsewhere")
        .isNotEqualTo(source.points.get(failed + 1));
  }

  @Test
  void aTrainingThatIsKilledInASecondAttemptFindsItsRandomNumbersAgain() {
    StepId fatal = new StepId(2, 2);
    RunFolder unbroken = create("unbroken");
    train(unbroken, job(unbroken, SGD, 1), diverging(new Told(LOSSES), fatal));
    RunFolder broken = create("broken");
    CandidateJob job = job(broken, SGD, 1);
    GradientSource killed =
        new InterruptedSource(
            diverging(new Told(LOSSES), fatal),
            new StepId(2, 3, 1),
            new IllegalStateException("killed"));
    assertThatThrownBy(() -> train(broken, job, killed)).hasMessage("killed");
    train(broken, job, diverging(new Told(LOSSES.subList(2, 4)), fatal));

    Checkpoint expected = newest(unbroken);
    expected
        .vectors()
        .forEach(
            (name, vector) ->
                assertThat(newest(broken).vectors().get(name)).as(name).isEqualTo(vector));
    RunFolder undisturbed = create("undisturbed");
    train(undisturbed, job(undisturbed, SGD, 1), new Told(LOSSES));
    assertThat(newest(undisturbed).vectors().get("weights"))
        .isNotEqualTo(expected.vectors().get("weights"));
  }

  /** Twice more, and the third failure is the training's. */
  @Test
  void aTrainingThatAlwaysDivergesIsGivenUpAfterItsRetries() {
    RunFolder run = create("run");
    Told told = new Told(LOSSES);
    GradientSource source =
        new ForwardingSource(told) {
          @Override
          public List<Gradients> gradients(
              GradientRequest request, List<Floats> weights, float[] mixing) {
            List<Gradients> gradients = super.gradients(request, weights, mixing);
            if (request.at().epoch() == 1) {
              throw new DivergedException(request.at(), 0, Double.NaN);
            }
            return gradients;
          }
        };
    assertThatThrownBy(() -> train(run, job(run, SGD, 2), source))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "Training diverged at epoch 1, step 0, replica 0: loss is NaN; lower the learning rate"
                + " or the gradient clip");
    assertThat(told.requests.subList(4, told.requests.size()).stream().map(GradientRequest::at))
        .containsExactly(new StepId(1, 0), new StepId(1, 0, 1), new StepId(1, 0, 2));
    assertThat(newest(run).nextEpoch()).isEqualTo(1);
  }

  @Test
  void byDefaultATrainingIsGivenUpAtOnce() {
    RunFolder run = create("run");
    Told told = new Told(LOSSES);
    assertThatThrownBy(() -> train(run, job(run, SGD, 0), diverging(told, new StepId(1, 0))))
        .isInstanceOf(DivergedException.class);
    assertThat(told.requests).hasSize(4);
  }

  /** The last step of an epoch may be the one that goes too far. */
  @Test
  void aValidationLossThatIsNotFiniteIsADivergenceToo() {
    RunFolder run = create("run");
    train(run, job(run, SGD, 1), new Told(List.of(4.0, Double.NaN, 3.0, 2.0, 1.0)));
    assertThat(curve(run).stream().map(e -> e.course().attempts())).containsExactly(1, 2, 1, 1);

    RunFolder given = create("given-up");
    assertThatThrownBy(
            () ->
                train(
                    given,
                    job(given, SGD, 1),
                    new Told(List.of(4.0, Double.POSITIVE_INFINITY, Double.NaN))))
        .hasMessage(
            "Training diverged in epoch 1: the validation loss is NaN; lower the learning rate or"
                + " the gradient clip");
  }
}
