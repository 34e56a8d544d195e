package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fletch.method.Darts;
import dev.fletch.method.DartsEgs;
import dev.fletch.method.DartsMinus;
import dev.fletch.method.Gdas;
import dev.fletch.method.Method;
import dev.fletch.method.PcDarts;
import dev.fletch.optimizer.TemperatureSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sweeps over methods. */
class MethodSweepTest {
  private static final String HEAD =
      """
      fletch.name = small
      fletch.output = runs/small
      fletch.data { format = idx, path = some/folder }
      """;

  private static List<TrialConfig> trials(String vary, String... more) {
    String text = HEAD + String.join("\n", more) + "\nfletch.sweep.vary { " + vary + " }";
    return RunConfigLoader.loadSweep("run.conf", text, List.of()).orElseThrow().trials();
  }

  private static List<Method> methods(List<TrialConfig> trials) {
    return trials.stream().map(t -> t.config().search().method()).toList();
  }

  @Test
  void namesMakeATrialEachWithTheDefaultsOfTheMethod() {
    List<TrialConfig> trials = trials("search.method = [darts, gdas, darts-egs]");

    assertThat(trials)
        .extracting(TrialConfig::name)
        .containsExactly("method=darts", "method=gdas", "method=darts-egs");
    assertThat(methods(trials)).containsExactly(new Darts(), new Gdas(), new DartsEgs(7));
    assertThat(trials)
        .extracting(t -> t.config().search().temperature().schedule())
        .containsExactly(
            TemperatureSettings.Schedule.CONSTANT,
            TemperatureSettings.Schedule.LINEAR,
            TemperatureSettings.Schedule.LINEAR);
    for (TrialConfig trial : trials) {
      String method = trial.name().substring("method=".length());
      assertThat(trial.values()).containsExactly(Map.entry("search.method", method));
      assertThat(trial.config().search())
          .isEqualTo(
              RunConfigLoader.load("run.conf", HEAD, List.of("search.method=" + method)).search());
    }
  }

  @Test
  void sectionsHaveTheirLabelOrTheirNameAndKeys() {
    List<TrialConfig> trials =
        trials(
            """
            search.method = [
              { name = darts-minus, decay = cosine, label = fading }
              { name = darts-minus, beta = 0.5 }
              { name = pc-darts, warm-up = 3, partial = 2 }
              gdas
            ]
            """);

    assertThat(trials)
        .extracting(TrialConfig::name)
        .containsExactly(
            "method=fading",
            "method=darts-minus-beta-0.5",
            "method=pc-darts-partial-2-warm-up-3",
            "method=gdas");
    assertThat(methods(trials))
        .containsExactly(
            new DartsMinus(1, DartsMinus.Decay.COSINE),
            new DartsMinus(0.5, DartsMinus.Decay.LINEAR),
            new PcDarts(2, 3),
            new Gdas());
  }

  /** Keys of the base mean nothing to another method, and stay for the same. */
  @Test
  void sectionsAreLaidOverABaseOfTheSameMethodOnly() {
    String base = "fletch.search.method { name = darts-minus, beta = 0.25 }";

    assertThat(
            methods(
                trials(
                    "search.method = [{ name = darts-minus, decay = cosine }, { name = gdas, label"
                        + " = x }, gdas]",
                    base)))
        .containsExactly(new DartsMinus(0.25, DartsMinus.Decay.COSINE), new Gdas(), new Gdas());
    assertThat(methods(trials("search.method.beta = [0.5, 2]", base)))
        .containsExactly(
            new DartsMinus(0.5, DartsMinus.Decay.LINEAR),
            new DartsMinus(2, DartsMinus.Decay.LINEAR));
  }

  @Test
  void keysOfAMethodThatIsWrittenAsANameCanBeVaried() {
    String base = "fletch.search.method = darts-egs";

    assertThat(methods(trials("search.method.samples = [4, 7]", base)))
        .containsExactly(new DartsEgs(4), new DartsEgs(7));
    assertThat(methods(trials("search.method = [{ samples = 4 }, { name = gdas }]", base)))
        .containsExactly(new DartsEgs(4), new Gdas());
  }

  @Test
  void aTrialThatMakesNoSenseIsNamed() {
    ConfigException e =
        catchThrowableOfType(
            () -> trials("search.method = [darts, gdas]", "fletch.search.order = second"),
            ConfigException.class);

    assertThat(e.problems())
        .extracting(ConfigProblem::message)
        .containsExactly(
            "in trial method=gdas: search.order must be first with method gdas: its samples change"
                + " between the steps that would be unrolled");
  }
}
