package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.SgdSettings;
import java.util.ArrayList;
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
  void whatElseIsVariedLiesOverWholeConfigurations() {
    SweepConfig sweep =
        SweepConfigTest.sweep(
            """
            vary {
              run = [{ label = one, fletch { data.train-limit = 5, retrain.init-channels = 8
                                             search.weights { optimizer = adam, beta1 = 0.8 } } }]
              data.train-limit = [7]
              retrain.init-channels = [16, 32]
              search.weights = [{ optimizer = sgd }]
            }
            """);

    assertThat(sweep.trials())
        .extracting(TrialConfig::name)
        .containsExactly(
            "train-limit=7,init-channels=16,run=one,weights=sgd",
            "train-limit=7,init-channels=32,run=one,weights=sgd");
    assertThat(sweep.trials())
        .extracting(t -> CandidateSettings.of(t.config().retrain().network()).initChannels())
        .containsExactly(16, 32);
    assertThat(sweep.trials()).allMatch(t -> t.config().data().trainLimit() == 7);
    assertThat(sweep.trials()).allMatch(t -> t.config().search().weights() instanceof SgdSettings);
    assertThat(sweep.trials().get(1).values().keySet())
        .containsExactly(
            "data.train-limit", "retrain.init-channels", "run", "search.weights.optimizer");
  }

  @Test
  void overridesLieOverWholeConfigurations() {
    String run =
        """
        data { format = idx, path = images }
        search { method { name = pc-darts, partial = 2 }, epochs = 20 }
        retrain { epochs = 6, seeds = [0, 1], batch = 8 }
        """;
    List<String> overrides =
        List.of(
            "seed=3",
            "output=elsewhere",
            "report.title=other",
            "search.method=gdas",
            "retrain.epochs=1",
            "retrain.batch=9",
            "fletch.retrain.seeds=[${fletch.seed}, 4]");
    String text =
        """
        fletch {
          name = small, output = runs/small, data { format = idx, path = some/folder }
          sweep.vary { "fletch.run" = [{ label = one, fletch { name = one, output = x, %s } }]
                       retrain.batch = [2] }
        }
        """
            .formatted(run);

    SweepConfig sweep = RunConfigLoader.loadSweep("run.conf", text, overrides).orElseThrow();

    TrialConfig trial = sweep.trials().get(0);
    assertThat(trial.name()).isEqualTo("batch=2,run=one");
    assertThat(trial.config().retrain().batch()).as("varied").isEqualTo(2);
    assertThat(trial.config().retrain().network().epochs()).isEqualTo(1);
    assertThat(trial.config().retrain().seeds()).containsExactly(3L, 4L);
    List<String> same = new ArrayList<>(overrides);
    same.addAll(
        List.of(
            "retrain.batch=2",
            "name=small",
            "output=elsewhere/trials/" + trial.name(),
            "report.title=other: " + trial.name()));
    assertThat(trial.config())
        .isEqualTo(RunConfigLoader.load("one.conf", "fletch { " + run + " }", same));
    assertThat(RunConfigLoader.loadSweep("config.conf", sweep.text(), List.of())).contains(sweep);
  }

  @Test
  void anOverrideThatAWholeConfigurationRefusesIsNamedWithItsTrial() {
    String text =
        """
        fletch {
          name = small, output = runs/small, data { format = idx, path = some/folder }
          sweep.vary.run = [{ label = one, fletch.retrain { epochs = 9, halving.rungs = [4] } }]
        }
        """;

    assertThatThrownBy(
            () -> RunConfigLoader.loadSweep("run.conf", text, List.of("retrain.epochs=3")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "run.conf:3: in trial run=one: retrain.halving.rungs must be below retrain.epochs,"
                + " which is 3");
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
