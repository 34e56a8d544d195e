package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Sweeps over whole configurations. */
class SweepOfRunsConfigTest {
  @Test
  void wholeConfigurationsAreLaidOverThatOfTheSweep() {
    SweepConfig sweep =
        SweepConfigTest.sweep(
            """
            mode = list, vary { run = [
              { label = images, fletch { name = other, output = other, seed = 5, search.epochs = 3 } }
              { label = texts, fletch { data = { format = sst2, path = texts }, retrain.seeds = [1, 2] } }
            ] }
            """,
            "fletch.retrain.batch = 9");

    assertThat(sweep.trials())
        .extracting(TrialConfig::name)
        .containsExactly("run=images", "run=texts");
    RunConfig images = sweep.trials().get(0).config();
    assertThat(images.output()).isEqualTo("runs/small/trials/run=images");
    assertThat(images.name()).isEqualTo("small");
    assertThat(images.seed()).isZero();
    assertThat(images.search().epochs()).isEqualTo(3);
    assertThat(images.retrain().batch()).isEqualTo(9);
    RunConfig texts = sweep.trials().get(1).config();
    assertThat(texts.data().path()).isEqualTo("texts");
    assertThat(texts.retrain().batch()).isEqualTo(9);
    assertThat(texts.retrain().seeds()).containsExactly(1L, 2L);
  }

  @Test
  void aTrialTrainsWhatEarlierOnesFound() {
    SweepConfig sweep =
        SweepConfigTest.sweep(
            """
            mode = list, vary { run = [
              { label = one, fletch {} }
              { label = two, fletch.retrain.candidates = ["from:"${fletch.output}"/trials/run=one/best"] }
              { label = three, fletch.retrain.candidates = [
                "from:runs/small/trials/run=two/best", "from:runs/small/trials/run=one/last"] }
              { label = four, fletch.retrain.candidates = ["from:runs/small/trials/run=five/best"] }
              { label = five, fletch.retrain.candidates = ["from:runs/elsewhere/best"] }
            ] }
            """);

    List<TrialConfig> trials = sweep.trials();
    assertThat(trials)
        .extracting(sweep::sources)
        .containsExactly(
            List.of(),
            trials.subList(0, 1),
            trials.subList(0, 2),
            List.of(), // a later trial cannot be waited for
            List.of());
  }
}
