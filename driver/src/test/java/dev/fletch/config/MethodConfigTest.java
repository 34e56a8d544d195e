package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fletch.method.BetaDarts;
import dev.fletch.method.Darts;
import dev.fletch.method.DartsEgs;
import dev.fletch.method.DartsL1;
import dev.fletch.method.DartsMinus;
import dev.fletch.method.FairDarts;
import dev.fletch.method.Gdas;
import dev.fletch.method.Hypernetwork;
import dev.fletch.method.Method;
import dev.fletch.method.Mixing;
import dev.fletch.method.PDarts;
import dev.fletch.method.PcDarts;
import dev.fletch.method.RandomSearch;
import dev.fletch.method.RandomWeightSharing;
import dev.fletch.method.SdartsAdv;
import dev.fletch.method.SdartsRs;
import dev.fletch.method.Snas;
import dev.fletch.method.TdDarts;
import dev.fletch.method.TdDartsLearnedTemperature;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.optimizer.TemperatureSettings.Mode;
import dev.fletch.optimizer.TemperatureSettings.Schedule;
import dev.fletch.search.StopRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From {@code search.method} and {@code search.stop} to their settings and back. */
class MethodConfigTest {
  private static final String MINIMAL =
      "fletch { name = a, output = b, data { format = idx, path = c }, search.epochs = 300 }";

  /** With the values of the papers and their code. */
  static Stream<Arguments> methods() {
    return Stream.of(
        arguments("darts", new Darts()),
        arguments("td-darts", new TdDarts()),
        arguments("td-darts-learned-temperature", new TdDartsLearnedTemperature()),
        arguments("sdarts-rs", new SdartsRs(0.03, 0.3)),
        arguments("sdarts-adv", new SdartsAdv(0.03, 0.3, 7)),
        arguments("darts-minus", new DartsMinus(1, DartsMinus.Decay.LINEAR)),
        arguments("fair-darts", new FairDarts(10, 0.85)),
        arguments("beta-darts", new BetaDarts(25)),
        arguments("pc-darts", new PcDarts(4, 15)),
        arguments(
            "p-darts",
            new PDarts(List.of(0, 6, 12), List.of(3, 2), List.of(0.1, 0.4, 0.7), 10, 2, 5)),
        arguments("snas", new Snas(10)),
        arguments("gdas", new Gdas()),
        arguments("darts-egs", new DartsEgs(7)),
        arguments("random-search", new RandomSearch(100)),
        arguments("random-weight-sharing", new RandomWeightSharing(1000, 10, 10)),
        arguments("darts-l1", new DartsL1(Mixing.SOFTMAX)),
        arguments(
            "hypernetwork",
            new Hypernetwork(
                List.of(1e-4, 1e-3, 1e-2, 1e-1), Hypernetwork.Draw.LIST, 10, 10, Mixing.SOFTMAX)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aNameStandsForItsSectionAndSurvivesRendering(String name, Method expected) {
    RunConfig config = load("search.method=" + name);

    assertThat(config.search().method()).isEqualTo(expected);
    assertThat(load("search.method={ name = " + name + " }")).isEqualTo(config);
    assertThat(load("search.method.name=" + name)).isEqualTo(config);
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
    assertThat(config.resolved()).containsEntry("search.method.name", '"' + name + '"');
  }

  @Test
  void everyMethodIsTested() {
    assertThat(methods().map(a -> a.get()[0]))
        .containsExactlyElementsOf(ShippedMethods.names().toList());
  }

  static Stream<Arguments> sections() {
    return Stream.of(
        arguments("{ name = darts-egs, samples = 4 }", new DartsEgs(4)),
        arguments(
            "{ name = darts-minus, beta = 0.5, decay = slow-cosine }",
            new DartsMinus(0.5, DartsMinus.Decay.SLOW_COSINE)),
        arguments("{ name = darts-l1, mixing = direct }", new DartsL1(Mixing.DIRECT)),
        arguments(
            "{ name = hypernetwork, lambdas = [0.5, 2], draw = log-uniform, slope-unit = 1 }",
            new Hypernetwork(
                List.of(0.5, 2.0), Hypernetwork.Draw.LOG_UNIFORM, 10, 1, Mixing.SOFTMAX)),
        arguments(
            "{ name = p-darts, added-layers = [0, 3], dropped-operations = [4],"
                + " skip-dropout = [0, 0.5], skips = 1 }",
            new PDarts(List.of(0, 3), List.of(4), List.of(0.0, 0.5), 10, 1, 5)));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void writtenValuesReachTheMethod(String section, Method expected) {
    RunConfig config = load("search.method=" + section);

    assertThat(config.search().method()).isEqualTo(expected);
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
  }

  @Test
  void methodsBringTheirTemperatures() {
    assertThat(temperature("gdas")).isEqualTo(linear(10, 0.1));
    assertThat(temperature("darts-egs")).isEqualTo(linear(10, 0.1));
    assertThat(temperature("td-darts")).isEqualTo(linear(10, 0.1));
    assertThat(temperature("snas")).isEqualTo(linear(1, 0.03));
    for (String name : List.of("darts", "darts-minus", "beta-darts", "sdarts-rs", "p-darts")) {
      assertThat(temperature(name))
          .isEqualTo(new TemperatureSettings(Schedule.CONSTANT, 1, 1, Mode.SOFTMAX));
    }
  }

  @Test
  void whatIsWrittenWinsOverWhatAMethodBrings() {
    assertThat(temperature("gdas", "search.temperature.to=1")).isEqualTo(linear(10, 1));
    assertThat(temperature("snas", "search.temperature={ schedule = constant, from = 1, to = 1 }"))
        .isEqualTo(new TemperatureSettings(Schedule.CONSTANT, 1, 1, Mode.SOFTMAX));
    assertThat(load("search.method=darts-l1").search().alphaL1()).isEqualTo(1e-3);
    assertThat(load("search.method=darts-l1", "search.alpha-l1=0.5").search().alphaL1())
        .isEqualTo(0.5);
    assertThat(load("search.method=darts").search().alphaL1()).isZero();
  }

  @Test
  void aConstantTemperatureNeedsOneValue() {
    TemperatureSettings five = new TemperatureSettings(Schedule.CONSTANT, 5, 5, Mode.SOFTMAX);

    assertThat(temperature("td-darts-learned-temperature", "search.temperature.from=5"))
        .isEqualTo(five);
    assertThat(temperature("gdas", "search.temperature={ schedule = constant, from = 5 }"))
        .isEqualTo(five);
    ConfigException e =
        catchThrowableOfType(
            () -> load("search.temperature={ from = 5, to = 1 }"), ConfigException.class);
    assertThat(e.problems())
        .extracting(ConfigProblem::message)
        .containsExactly(
            "search.temperature.to must equal from (5.0) when schedule is constant, got 1.0");
  }

  /** The override has a section where the file has a name. */
  @Test
  void aKeyIsLaidOverAMethodThatIsWrittenAsAName() {
    String file = MINIMAL + "\nfletch.search.method = darts-egs";

    assertThat(
            RunConfigLoader.load("run.conf", file, List.of("search.method.samples=3"))
                .search()
                .method())
        .isEqualTo(new DartsEgs(3));
    assertThat(
            RunConfigLoader.load("run.conf", file, List.of("search.method=gdas")).search().method())
        .isEqualTo(new Gdas());
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        arguments(
            "search.method=gdass",
            "search.method.name must be one of darts, td-darts, td-darts-learned-temperature,"
                + " sdarts-rs, sdarts-adv, darts-minus, fair-darts, beta-darts, pc-darts, p-darts,"
                + " snas, gdas, darts-egs, random-search, random-weight-sharing, darts-l1,"
                + " hypernetwork, toy, neat, got \"gdass\"; did you mean gdas?"),
        arguments(
            "search.method={ name = gdas, samples = 3 }",
            "search.method.samples belongs to method darts-egs or random-weight-sharing, but method"
                + " is gdas"),
        arguments(
            "search.method={ name = pc-darts, warm_up = 3 }",
            "unknown key search.method.warm_up; did you mean search.method.warm-up?"),
        arguments(
            "search.method={ name = sdarts-adv, steps = 0 }",
            "search.method.steps must be >= 1, got 0"),
        arguments(
            "search.method={ name = fair-darts, threshold = 2 }",
            "search.method.threshold must be between 0 and 1, got 2"),
        arguments(
            "search.method={ name = hypernetwork, lambdas = [1, 0.5] }",
            "search.method.lambdas must be numbers > 0 in rising order, got [1.0, 0.5]"),
        arguments(
            "search.method={ name = p-darts, added-layers = [0, 6] }",
            "search.method.dropped-operations must have a number for each of the 2 stages of"
                + " added-layers but the last, got [3, 2] (the default)"),
        arguments(
            "search.stop={ rule = skip-connections, ratio = 2 }",
            "search.stop.ratio belongs to rule eigenvalue, but rule is skip-connections"),
        arguments("search.method=[gdas]", "search.method must be a section { }, got [\"gdas\"]"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void whatIsWrongIsSaid(String override, String message) {
    ConfigException e = catchThrowableOfType(() -> load(override), ConfigException.class);
    assertThat(e.problems()).extracting(ConfigProblem::message).contains(message);
  }

  @Test
  void stopRulesHaveKeysOfTheirOwnAndSurviveRendering() {
    assertStop("none", new StopRule.None());
    assertStop("eigenvalue", new StopRule.Eigenvalue(1.3, 10));
    assertStop("{ rule = eigenvalue, ratio = 1.5 }", new StopRule.Eigenvalue(1.5, 10));
    assertStop("skip-connections", new StopRule.SkipConnections(2));
    assertStop("{ rule = stable-ranking, epochs = 4 }", new StopRule.StableRanking(4));
  }

  private static void assertStop(String written, StopRule expected) {
    RunConfig config = load("search.stop=" + written);
    assertThat(config.search().stop()).isEqualTo(expected);
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
  }

  private static TemperatureSettings linear(double from, double to) {
    return new TemperatureSettings(Schedule.LINEAR, from, to, Mode.SOFTMAX);
  }

  private static TemperatureSettings temperature(String method, String... more) {
    return load(Stream.concat(Stream.of("search.method=" + method), Stream.of(more))
            .toArray(String[]::new))
        .search()
        .temperature();
  }

  private static RunConfig load(String... overrides) {
    return RunConfigLoader.load("run.conf", MINIMAL, List.of(overrides));
  }
}
