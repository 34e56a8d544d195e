package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that make no sense together with a method, and what is said of them. */
class MethodRulesTest {
  private static final String MINIMAL =
      "fletch { name = a, output = b, data { format = idx, path = c }, search.epochs = 300 }";

  private static Arguments secondOrder(String method, String reason) {
    return arguments(
        method,
        "search.order=second",
        "search.order must be first with method " + method + ": " + reason);
  }

  private static Arguments temperature(String method, String reason) {
    return arguments(
        method.contains("{") ? method : "{ name = " + method + " }",
        "search.temperature={ schedule = linear, from = 10, to = 0.1 }",
        "search.temperature.from must be left out with method "
            + method.replaceAll("\\{ name = (\\S+), .*", "$1")
            + ", which has no temperature: "
            + reason);
  }

  private static Arguments ruled(String method, String reason) {
    return arguments(
        method,
        "search.stop=stable-ranking",
        "search.stop.rule must be none with method " + method + ": " + reason);
  }

  private static Arguments products(String method, String reason) {
    return arguments(
        method,
        "space.aggregations=[add, multiply]",
        "space.aggregations must be [add] with method " + method + reason);
  }

  static Stream<Arguments> senseless() {
    String samples = "its samples change between the steps that would be unrolled";
    String direct = "its mixing weights are alpha itself";
    return Stream.of(
        secondOrder(
            "snas", "w and alpha are trained on the same loss, so there is nothing to unroll"),
        secondOrder("gdas", samples),
        secondOrder("darts-egs", samples),
        secondOrder("random-search", "it has no alpha"),
        secondOrder("random-weight-sharing", "it has no alpha"),
        temperature("fair-darts", "its mixing weights are sigmoid(alpha)"),
        temperature("p-darts", "its stages fade operations out by themselves"),
        temperature("random-search", "it has no alpha"),
        temperature("random-weight-sharing", "it has no alpha"),
        temperature("{ name = darts-l1, mixing = direct }", direct),
        temperature("{ name = hypernetwork, mixing = direct }", direct),
        ruled("p-darts", "every stage trains another network, and the last one gives the genotype"),
        ruled("random-search", "it has no alpha"),
        ruled("random-weight-sharing", "it has no alpha"),
        products(
            "fair-darts",
            ": its genotypes may leave a node with one input, and a product takes two"),
        products(
            "p-darts", ": its genotypes may leave a node with one input, and a product takes two"),
        products(
            "random-weight-sharing",
            ": its genotypes may leave a node with one input, and a product takes two"),
        products(
            "gdas",
            ": both inputs of a node may be of one edge, and a product is one of two edges"),
        products(
            "pc-darts",
            ": its edges have weights that share out a sum, and some channels bypass the"
                + " operations, which have no product"),
        arguments(
            "gdas",
            "search.temperature.mode=rescale",
            "search.temperature.mode must be softmax with method gdas: rescale is a form of darts"
                + " and td-darts alone"),
        arguments(
            "beta-darts",
            "search.alpha-l1=0.5",
            "search.alpha-l1 must be 0 with method beta-darts: the penalty belongs to darts and"
                + " darts-l1, got 0.5"),
        arguments(
            "darts-l1",
            "search.alpha-l1=0",
            "search.alpha-l1 must be > 0 with method darts-l1; without a penalty it is darts"),
        arguments(
            "td-darts-learned-temperature",
            "search.temperature={ schedule = linear, from = 5, to = 1 }",
            "search.temperature.schedule must be constant with method"
                + " td-darts-learned-temperature: T begins at from and is learned, got linear"),
        arguments(
            "{ name = darts }\nsearch.watch.eigenvalue-every = 0",
            "search.stop=eigenvalue",
            "search.stop.rule must not be eigenvalue while search.watch.eigenvalue-every is 0:"
                + " nothing is measured that could stop the search"),
        arguments(
            "p-darts",
            "search.epochs=74",
            "search.epochs must be a multiple of the 3 stages of p-darts, got 74"),
        arguments(
            "p-darts",
            "search.epochs=30",
            "search.method.warm-up must be below the epochs of a stage, which are 10, or alpha"
                + " never takes a step; got 10 (the default)"),
        arguments(
            "{ name = p-darts, dropped-operations = [3, 5] }",
            "search.epochs=75",
            "search.method.dropped-operations must leave every edge at least one of the 7"
                + " operations besides none, got [3, 5]"),
        arguments(
            "random-search",
            "search.epochs=250",
            "search.epochs must be a multiple of search.method.epochs-per-sample, which is 100, got"
                + " 250"),
        arguments(
            "pc-darts",
            "supernet.init-channels=12",
            "search.method.partial must divide half of supernet.init-channels, which is 12, since"
                + " 1/partial of the channels is halved again by skip connections of stride 2; got"
                + " 4 (the default)"),
        arguments(
            "pc-darts",
            "search.epochs=15",
            "search.method.warm-up must be below search.epochs, which is 15, or alpha never takes a"
                + " step; got 15 (the default)"),
        arguments(
            "gdas",
            "retrain.candidates=[last, lambda-0.1, lambdas]",
            "retrain.candidates must not name lambdas: method gdas has none, got"
                + " [lambda-0.1, lambdas]"),
        arguments(
            "{ name = hypernetwork, lambdas = [0.1, 1] }",
            "retrain.candidates=[lambda-0.1, lambda-0.2, lambdas]",
            "retrain.candidates must be lambdas of search.method.lambdas, which are [0.1, 1.0], got"
                + " [lambda-0.2]"));
  }

  @ParameterizedTest
  @MethodSource("senseless")
  void isRefusedWithTheReason(String method, String override, String message) {
    String[] parts = method.split("\n", 2);
    String file =
        MINIMAL
            + "\nfletch.search.method = "
            + parts[0]
            + (parts.length > 1 ? "\nfletch." + parts[1] : "");
    ConfigException e =
        catchThrowableOfType(
            () -> RunConfigLoader.load("run.conf", file, List.of(override)), ConfigException.class);

    assertThat(e).as(file).isNotNull();
    assertThat(e.problems()).extracting(ConfigProblem::message).containsExactly(message);
  }

  /** What is refused with other methods, with those that it belongs to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "search.method=darts;search.order=second;search.alpha-l1=0.1",
        "search.method=td-darts;search.temperature.mode=rescale",
        "search.method=darts;search.temperature={schedule=linear,from=2,to=1,mode=rescale}",
        "search.method=darts-minus;search.temperature={schedule=linear,from=2,to=1}",
        "search.method=pc-darts;search.stop=stable-ranking;search.order=second",
        "search.method=p-darts;search.epochs=75;search.order=second",
        "search.method={name=hypernetwork};search.temperature={schedule=linear,from=2,to=1}",
        "search.method=hypernetwork;retrain.candidates=[lambda-1e-3, lambda-0.1-epoch-4, lambdas]",
        "search.method=random-search;search.epochs=200",
        "search.method=sdarts-adv;search.stop=eigenvalue;search.order=second"
      })
  void sensibleCombinationsAreTaken(String overrides) {
    RunConfig config = RunConfigLoader.load("run.conf", MINIMAL, List.of(overrides.split(";")));
    assertThat(RunConfigLoader.load("config.conf", config.render(), List.of())).isEqualTo(config);
  }

  /** A key that was refused itself is not blamed a second time, and what else is wrong is said. */
  @Test
  void aRefusedMethodHidesNothing() {
    ConfigException e =
        catchThrowableOfType(
            () ->
                RunConfigLoader.load(
                    "run.conf",
                    MINIMAL,
                    List.of(
                        "search.method={ name = snas, alpha-clip = -1 }", "search.order=second")),
            ConfigException.class);
    assertThat(e.problems())
        .extracting(ConfigProblem::message)
        .containsExactlyInAnyOrder(
            "search.method.alpha-clip must be >= 0, got -1",
            "search.order must be first with method snas: w and alpha are trained on the same loss,"
                + " so there is nothing to unroll");
  }
}
