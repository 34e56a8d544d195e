package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.SgdSettings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a section {@code sweep} makes of a configuration, and how it is refused. */
class SweepConfigTest {
  private static final String HEAD =
      """
      fletch.name = small
      fletch.output = runs/small
      fletch.data { format = idx, path = some/folder }
      """;

  @Test
  void aProductIsEveryValueWithEveryOtherSeedsWithin() {
    SweepConfig sweep =
        sweep(
            """
            parallel = 3, seeds = [4, 5], vary {
              "search.weights.optimizer" = [sgd, adam]
              search.alpha.optimizer = [adam, sgd]
            }
            """);

    assertThat(sweep.parallel()).isEqualTo(3);
    assertThat(sweep.trials())
        .extracting(TrialConfig::name)
        .containsExactly(
            "alpha.optimizer=adam,weights.optimizer=sgd,seed=4",
            "alpha.optimizer=adam,weights.optimizer=sgd,seed=5",
            "alpha.optimizer=adam,weights.optimizer=adam,seed=4",
            "alpha.optimizer=adam,weights.optimizer=adam,seed=5",
            "alpha.optimizer=sgd,weights.optimizer=sgd,seed=4",
            "alpha.optimizer=sgd,weights.optimizer=sgd,seed=5",
            "alpha.optimizer=sgd,weights.optimizer=adam,seed=4",
            "alpha.optimizer=sgd,weights.optimizer=adam,seed=5");
    TrialConfig last = sweep.trials().get(7);
    assertThat(last.group()).isEqualTo("alpha.optimizer=sgd,weights.optimizer=adam");
    assertThat(last.config().seed()).isEqualTo(5);
    assertThat(last.config().search().weights()).isInstanceOf(AdamSettings.class);
    assertThat(last.config().search().alpha()).isInstanceOf(SgdSettings.class);
    assertThat(last.config().output()).isEqualTo("runs/small/trials/" + last.name());
    assertThat(last.config().report().title()).isEqualTo("small: " + last.name());
    assertThat(last.values())
        .containsEntry("search.alpha.optimizer", "sgd")
        .containsEntry("search.weights.optimizer", "adam");
  }

  @Test
  void aListTakesTheValuesTogether() {
    SweepConfig sweep =
        sweep("mode = list, vary { search.batch = [8, 16, 8], search.epochs = [4, 2, 1] }");

    assertThat(sweep.trials())
        .extracting(TrialConfig::name)
        .containsExactly("batch=8,epochs=4", "batch=16,epochs=2", "batch=8,epochs=1");
    assertThat(sweep.trials())
        .extracting(t -> t.config().search().batch() * t.config().search().epochs())
        .containsExactly(32, 32, 8);
  }

  @Test
  void aTrialIsTheRunThatTheSameOverridesMake() {
    TrialConfig trial = sweep("vary { search.alpha.weight-decay = [1e-4, 1e-1] }").trials().get(1);

    assertThat(trial.name()).isEqualTo("weight-decay=0.1");
    RunConfig alone =
        RunConfigLoader.load(
            "run.conf",
            HEAD,
            List.of(
                "search.alpha.weight-decay=1e-1",
                "output=" + trial.config().output(),
                "report.title=" + trial.config().report().title()));
    assertThat(trial.config()).isEqualTo(alone);
  }

  @Test
  void seedsAloneMakeASweep() {
    SweepConfig sweep = sweep("seeds = [3, 1]");

    assertThat(sweep.trials()).extracting(TrialConfig::name).containsExactly("seed=3", "seed=1");
    assertThat(sweep.trials()).extracting(TrialConfig::group).containsOnly("");
  }

  @Test
  void sectionsSwapOptimizersWithTheirKeys() {
    SweepConfig sweep =
        sweep(
            """
            vary { "search.weights" = [
              { optimizer = sgd, momentum = 0, label = plain }
              { optimizer = sgd, momentum = 0.9 }
              { optimizer = adam, learning-rate = 1e-3 }
            ] }
            """,
            "fletch.search.weights { learning-rate = 0.5, momentum = 0.8 }");

    assertThat(sweep.trials())
        .extracting(TrialConfig::name)
        .containsExactly(
            "weights=plain", "weights=sgd-momentum-0.9", "weights=adam-learning-rate-0.001");
    assertThat(sweep.trials())
        .extracting(t -> t.config().search().weights())
        .containsExactly(
            new SgdSettings(0, 3e-4),
            new SgdSettings(0.9, 3e-4),
            new AdamSettings(0.5, 0.999, 1e-8, 1e-3));
    assertThat(sweep.trials())
        .extracting(t -> t.config().search().weightsRate().rate())
        .as("laid over the section, unless the optimizer is another")
        .containsExactly(0.5, 0.5, 1e-3);
    assertThat(sweep.trials().get(0).values())
        .containsEntry("search.weights.momentum", "0")
        .doesNotContainKey("search.weights.label");
  }

  @Test
  void namesFitFolders() {
    SweepConfig sweep =
        sweep(
            """
            vary { data.path = ["hdfs://host:1/a b", "x"], retrain.candidates = [[last, epoch-1]] }
            """);

    assertThat(sweep.trials())
        .extracting(TrialConfig::name)
        .containsExactly(
            "path=hdfs-host-1-a-b,candidates=last+epoch-1", "path=x,candidates=last+epoch-1");
    assertThat(sweep("vary { search.alpha.weight-decay = [1E-4, 0.0010, 1e2, 3] }").trials())
        .extracting(TrialConfig::name)
        .containsExactly(
            "weight-decay=1e-4", "weight-decay=0.001", "weight-decay=100", "weight-decay=3");
    String many =
        IntStream.range(0, 20).mapToObj(i -> "epoch-" + i).collect(Collectors.joining(","));
    List<TrialConfig> trials =
        sweep("vary { retrain.candidates = [[" + many + "], [" + many + ",last]] }").trials();
    assertThat(trials)
        .extracting(TrialConfig::name)
        .allSatisfy(
            name ->
                assertThat(name).hasSizeLessThan(120).matches("candidates=[a-z0-9+-]+-[0-9a-f]{8}"))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatWasWrittenLoadsToAnEqualSweep() {
    SweepConfig sweep =
        sweep(
            "seeds = [1], vary { search.alpha.weight-decay = [1e-4, ${fletch.seed}] }",
            "fletch.seed = 3");

    assertThat(RunConfigLoader.loadSweep("config.conf", sweep.text(), List.of())).contains(sweep);
  }

  @Test
  void withoutASectionThereIsNoSweepAndWithOneTheRunIsTheBase() {
    assertThat(RunConfigLoader.loadSweep("run.conf", HEAD, List.of())).isEmpty();
    assertThat(
            RunConfigLoader.load(
                "run.conf", HEAD + "fletch.sweep.vary { search.batch = [8] }", List.of()))
        .isEqualTo(RunConfigLoader.load("run.conf", HEAD, List.of()));
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        arguments("mode = grid", "sweep.mode must be one of product, list, got \"grid\""),
        arguments(
            "vary { run = [{ label = one, search.epochs = 3 }] }",
            "sweep.vary.run must be a list of { label = NAME, fletch { } }; a file's section fletch"
                + " comes from include \"FILE\" between the braces"),
        arguments("parallel = 0", "sweep.parallel must be >= 1, got 0"),
        arguments("seeds = [1, 1]", "sweep.seeds must not name a seed twice, got [1, 1]"),
        arguments("paralel = 2", "unknown key sweep.paralel; did you mean sweep.parallel?"),
        arguments(
            "vary = [search.batch]",
            "sweep.vary must be a section { } of keys with lists of values"),
        arguments(
            "vary { }",
            "sweep.vary must give at least one key a list of values, unless seeds are named"),
        arguments(
            "vary { search.batch = 8 }",
            "sweep.vary.search.batch must be a list of values, at least one, got 8"),
        arguments(
            "vary { search.batch = [] }",
            "sweep.vary.search.batch must be a list of values, at least one, got []"),
        arguments(
            "mode = list, vary { search.batch = [8, 9], search.epochs = [1] }",
            "sweep.vary must have lists of one length when mode is list, got 2 in search.batch, 1"
                + " in search.epochs"),
        arguments(
            "vary { seed = [1] }",
            "sweep.vary.seed cannot be varied: name the seeds in sweep.seeds, which keeps their"
                + " trials together"),
        arguments(
            "vary { output = [a] }", "sweep.vary.output cannot be varied: it belongs to the sweep"),
        arguments(
            "vary { search.weights = [{ momentum = 0 }], \"search.weights.optimizer\" = [sgd] }",
            "sweep.vary.search.weights.optimizer lies within search.weights, which is varied too:"
                + " vary one of them"),
        arguments(
            "vary { search.batch = [8, 8] }",
            "sweep.vary makes two trials of the name batch=8: leave a value out, or give sections"
                + " a label each"),
        arguments(
            "vary { \"search.weights.optimzer\" = [sgd] }",
            "in trial optimzer=sgd: unknown key search.weights.optimzer; did you mean"
                + " search.weights.optimizer?"),
        arguments(
            "vary { search.batch = [8, -1], search.epochs = [1, 2, 3] }",
            "in trial batch=-1,epochs=1 and 2 others: search.batch must be >= 1, got -1"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void eachProblemNamesItsLine(String content, String message) {
    assertThat(failures("fletch.sweep { " + withVary(content) + " }"))
        .containsExactly("run.conf:4: " + message);
  }

  private static String withVary(String content) {
    return content.contains("vary") ? content : content + ", vary { search.batch = [8] }";
  }

  @Test
  void allProblemsOfTheRunAndItsTrialsAreReportedAtOnce() {
    String text =
        """
        fletch.search.epochs = 0
        fletch.sweep.vary {
          search.batch = [
            8
            none
            -2
          ]
          search.order = [first, second]
          search.weights.optimizer = [sgd, adam]
        }
        """;

    assertThat(failures(text))
        .containsExactly(
            "run.conf:4: search.epochs must be >= 1, got 0",
            "run.conf:8: in trial batch=none,order=first,optimizer=sgd and 3 others: search.batch"
                + " must be a whole number, got \"none\"",
            "run.conf:9: in trial batch=-2,order=first,optimizer=sgd and 3 others: search.batch"
                + " must be >= 1, got -2");
  }

  static SweepConfig sweep(String content, String... more) {
    return RunConfigLoader.loadSweep(
            "run.conf",
            HEAD + String.join("\n", more) + "\nfletch.sweep { " + content + " }",
            List.of())
        .orElseThrow();
  }

  private static List<String> failures(String text) {
    ConfigException exception =
        catchThrowableOfType(
            () -> RunConfigLoader.load("run.conf", HEAD + text, List.of()), ConfigException.class);
    assertThat(exception).as("a refusal of " + text).isNotNull();
    return exception.problems().stream().map(ConfigProblem::toString).toList();
  }
}
