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

/** Every kind of problem, with exactly what a person reads. */
class ConfigProblemsTest {
  private static final String HEAD =
      """
      fletch.name = small
      fletch.output = runs/small
      fletch.data { format = idx, path = some/folder }
      """;

  /** One line each; it becomes line 4 of the file. */
  static Stream<Arguments> problems() {
    return Stream.of(
        arguments("search.epoch = 3", "unknown key search.epoch; did you mean search.epochs?"),
        arguments(
            "search.weights.learningRate = 1",
            "unknown key search.weights.learningRate; did you mean search.weights.learning-rate?"),
        arguments("search.nodes = 3", "unknown key search.nodes; did you mean space.nodes?"),
        arguments("serach.epochs = 3", "unknown key serach; did you mean search?"),
        arguments("report.colour = red", "unknown key report.colour; report has title"),
        arguments(
            "zebra = 1",
            "unknown key zebra; known here: name, seed, output, data, search, space, supernet,"
                + " retrain, report, cluster, sweep"),
        arguments("search.epochs = ten", "search.epochs must be a whole number, got \"ten\""),
        arguments("search.epochs = 2.5", "search.epochs must be a whole number, got 2.5"),
        arguments("search.epochs = null", "search.epochs must be a whole number, got null"),
        arguments(
            "search.epochs = 5000000000",
            "search.epochs must be at most 2147483647 in size, got 5000000000"),
        arguments("search.gradient-clip = [5]", "search.gradient-clip must be a number, got [5]"),
        arguments(
            "search.gradient-clip = { norm = 5 }",
            "search.gradient-clip must be a number, got a section"),
        arguments(
            "search.augmentation.flip = maybe",
            "search.augmentation.flip must be true or false, got \"maybe\""),
        arguments("retrain.seeds = 3", "retrain.seeds must be a list of whole numbers, got 3"),
        arguments(
            "retrain.seeds = [0, x]",
            "retrain.seeds must be a list of whole numbers, got [0, \"x\"]"),
        arguments("data.train = a", "data.train must be a list of texts, got \"a\""),
        arguments("report.title = [a]", "report.title must be text, got [\"a\"]"),
        arguments("search = 3", "search must be a section { }, got 3"),
        arguments(
            "data.format = png",
            "data.format must be one of idx, cifar10, cifar100, folder, sst2, imdb, text, words, toy, got"
                + " \"png\""),
        arguments("search.order = 2", "search.order must be one of first, second, got 2"),
        arguments(
            "search.temperature.schedule = step",
            "search.temperature.schedule must be one of constant, linear, cosine, exponential, got"
                + " \"step\""),
        arguments(
            "search.weights { optimizer = rmsprob, rms-decay = 0.9 }",
            "search.weights.optimizer must be one of adadelta, adagrad, adam, adamax, amsgrad,"
                + " averaged-sgd, nadam, nesterov, rmsprop, sgd, got \"rmsprob\"; did you mean rmsprop?"),
        arguments(
            "search.alpha { optimizer = rmsprop, rms-decay = 1 }",
            "search.alpha.rms-decay must be >= 0 and < 1, got 1"),
        arguments(
            "search.alpha { optimizer = adamax, epsilon = 1e-8 }",
            "search.alpha.epsilon belongs to optimizer adadelta or adagrad or adam or amsgrad or"
                + " nadam or rmsprop, but optimizer is adamax"),
        arguments(
            "search.weights.schedule = exponental",
            "search.weights.schedule must be one of cosine, constant, linear, exponential, step,"
                + " got \"exponental\"; did you mean exponential?"),
        arguments(
            "search.weights { schedule = step, learning-rate-min = 0 }",
            "search.weights.learning-rate-min belongs to schedule cosine or linear, but schedule is"
                + " step"),
        arguments(
            "search.weights.learning-rate-decay = 0.9",
            "search.weights.learning-rate-decay belongs to schedule exponential or step, but"
                + " schedule is cosine"),
        arguments(
            "search.weights { schedule = exponential, learning-rate-decay-every = 2 }",
            "search.weights.learning-rate-decay-every belongs to schedule step, but schedule is"
                + " exponential"),
        arguments(
            "search.weights { schedule = step, learning-rate-milestones = [9],"
                + " learning-rate-decay-every = 2 }",
            "search.weights.learning-rate-decay-every must be left out beside"
                + " learning-rate-milestones"),
        arguments(
            "search.weights { schedule = step, learning-rate-milestones = [20, 10] }",
            "search.weights.learning-rate-milestones must be epochs > 0 in rising order, got [20,"
                + " 10]"),
        arguments(
            "search.weights { schedule = exponential, learning-rate-decay = 1.03 }",
            "search.weights.learning-rate-decay must be <= 1, got 1.03"),
        arguments(
            "search.weights.learning-rate-warm-up = -1",
            "search.weights.learning-rate-warm-up must be >= 0, got -1"),
        arguments(
            "space.operations = [skip_connect, conv]",
            "space.operations must be a list of any of none, max_pool_3x3, avg_pool_3x3,"
                + " skip_connect, sep_conv_3x3, sep_conv_5x5, dil_conv_3x3, dil_conv_5x5,"
                + " identity, sep_conv_1, sep_conv_3, sep_conv_5, dil_conv_1, dil_conv_3,"
                + " dil_conv_5, avg_pool_3, avg_pool_5, max_pool_3, max_pool_5, attention,"
                + " sep_conv_7x7, toy_relu, got [\"skip_connect\", \"conv\"]"),
        arguments("space.nodes = 0", "space.nodes must be >= 1, got 0"),
        arguments(
            "supernet.init-channels = 5",
            "supernet.init-channels must be even, so that a factorized reduction can halve it, got"
                + " 5"),
        arguments("data.search-portion = 1", "data.search-portion must be > 0 and < 1, got 1.0"),
        arguments(
            "search.temperature { schedule = linear, from = 10, to = -0.1 }",
            "search.temperature.to must be > 0, got -0.1"),
        arguments(
            "search.alpha.learning-rate = -3e-4",
            "search.alpha.learning-rate must be > 0, got -3.0E-4"),
        arguments(
            "search.alpha.learning-rate-min = 1e-5",
            "search.alpha.learning-rate-min must be left out or equal learning-rate (3.0E-4) when"
                + " schedule is constant, got 1.0E-5"),
        arguments(
            "search.weights.beta1 = 0.9",
            "search.weights.beta1 belongs to optimizer adam or adamax or amsgrad or nadam, but"
                + " optimizer is sgd"),
        arguments(
            "retrain.weights { optimizer = adam, momentum = 0.9 }",
            "retrain.weights.momentum belongs to optimizer nesterov or sgd, but optimizer is adam"),
        arguments("retrain.drop-path = 1", "retrain.drop-path must be >= 0 and < 1, got 1"),
        arguments(
            "retrain.candidates = [best]",
            "retrain.candidates must be best-validation, last, before-collapse, epoch-N, changes,"
                + " lambda-X or lambdas (with or without -epoch-N), random-N,"
                + " from:RUN/CANDIDATE, a JSON file, a genotype's text, a published name (DARTS_V1,"
                + " DARTS_V2, PC_DARTS_cifar, PDARTS, SDARTS_RS, SDARTS_ADV, DARTS_MINUS, GDAS_V1,"
                + " SNAS), a baseline (baseline-resnet-block, baseline-transformer-block) or, for"
                + " streams of words, a recurrent cell (DARTS_V1_RNN, DARTS_V2_RNN, ENAS_RNN,"
                + " baseline-highway, baseline-gated, baseline-tanh), got best"),
        arguments(
            "retrain.candidates = [\"from:run\"]",
            "retrain.candidates must be from:RUN/CANDIDATE with a run folder and best,"
                + " best-validation, last, before-collapse, epoch-N or a candidate's name in it, got"
                + " from:run"),
        arguments("space.kinds = 3", "space.kinds must be 1 or 2, got 3"),
        arguments(
            "supernet.reduce-after = [1]",
            "supernet.reduce-after must be [] where space.kinds is 2: reduction cells halve the"
                + " size, got [1]"),
        arguments(
            "space { operations = [identity, skip_connect], activations = [relu] }",
            "space.activations must be left out, or all operations must be of [none, identity,"
                + " sep_conv_1, sep_conv_3, sep_conv_5, dil_conv_1, dil_conv_3, dil_conv_5,"
                + " avg_pool_3, avg_pool_5, max_pool_3, max_pool_5, attention], got"
                + " [skip_connect]"),
        arguments(
            "retrain.candidates = [last, epoch-50]",
            "retrain.candidates must be epochs of the search, which are 0 to 49, got [epoch-50]"),
        arguments(
            "retrain.candidates = [last, last]",
            "retrain.candidates must not name a candidate twice, got [last, last]"),
        arguments("retrain.seeds = [1, 1]", "retrain.seeds must not name a seed twice, got [1, 1]"),
        arguments(
            "name = \"a/b\"",
            "name must consist of letters, digits, '.', '_' and '-', got \"a/b\""),
        arguments("output = \" \"", "output must name a folder"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void eachProblemNamesItsLineAndKey(String line, String message) {
    assertThat(failures(HEAD + "fletch." + line)).containsExactly("run.conf:4: " + message);
  }

  @Test
  void problemsOfOverridesSaySo() {
    assertThat(
            failures(
                HEAD,
                "search.temperature.to=-1",
                "fletch.search.epoch=3",
                "seed",
                "search..epochs=3",
                "retrain.seeds=[1"))
        .containsExactlyInAnyOrder(
            "--set: search.temperature.to must be > 0, got -1",
            "--set: unknown key search.epoch; did you mean search.epochs?",
            "--set: \"seed\" must have the form key=value",
            "--set: \"search..epochs\" is not a key",
            "--set: retrain.seeds has a value that is not HOCON: List should have ended with ] or"
                + " had a comma, instead had token: end of file (if you want end of file to be"
                + " part of a string value, then double-quote it)");
  }

  @Test
  void whatIsMissingIsReportedTogether() {
    assertThat(failures("fletch { seed = 1 }"))
        .containsExactly(
            "run.conf: name is required and must be text",
            "run.conf: output is required and must be text",
            "run.conf: data.format is required and must be one of idx, cifar10, cifar100, folder,"
                + " sst2, imdb, text, words, toy",
            "run.conf: data.path must name a folder unless both train and test list their files");
  }

  @Test
  void everyProblemOfEverySectionIsReportedInTheOrderOfTheFile() {
    String text =
        """
        fletch {
          name = small
          output = runs/small
          data { format = idx, path = x, train-limit = -1 }
          space.nodes = 0
          search {
            epochs = none
            batch = 0
            weights { momentum = 1.5, learning-rate = 0 }
          }
          retrain { parallel = 0, layers = 0, typo = 1 }
        }
        stray = 1
        """;

    assertThat(failures(text, "search.threads=0"))
        .containsExactly(
            "run.conf:4: data.train-limit must be >= 0, got -1",
            "run.conf:5: space.nodes must be >= 1, got 0",
            "run.conf:7: search.epochs must be a whole number, got \"none\"",
            "run.conf:8: search.batch must be >= 1, got 0",
            "run.conf:9: search.weights.momentum must be >= 0 and < 1, got 1.5",
            "run.conf:9: search.weights.learning-rate must be > 0, got 0",
            "run.conf:11: retrain.parallel must be >= 1, got 0",
            "run.conf:11: retrain.layers must be >= 1, got 0",
            "run.conf:11: unknown key retrain.typo; retrain has candidates, seeds, parallel,"
                + " replicas, exchange, exchange-timeout-seconds, time-limit-minutes, halving,"
                + " init-channels, layers, stem,"
                + " stem-multiplier, auxiliary-weight, drop-path, epochs, label-smoothing,"
                + " reduce-after, embedding-width, embedding-dropout, word-dropout, dropout, batch,"
                + " threads, precision, weights, gradient-clip, augmentation, protocol,"
                + " validation-portion, divergence-retries, epoch-start",
            "run.conf:13: unknown key stray outside fletch { }; move it inside or remove it",
            "--set: search.threads must be >= 1, got 0");
  }

  @Test
  void aDefaultThatNoLongerFitsIsSaidToBeTheDefault() {
    assertThat(failures(HEAD + "fletch.search.weights.learning-rate = 1e-4"))
        .containsExactly(
            "run.conf: search.weights.learning-rate-min must be <= learning-rate 1.0E-4, got 0.001"
                + " (the default)");
  }

  @Test
  void noRuleIsHeldAgainstAValueThatHasBeenReplaced() {
    assertThat(
            failures(
                HEAD + "fletch.search.weights { learning-rate = fast, learning-rate-min = 0.5 }"))
        .containsExactly("run.conf:4: search.weights.learning-rate must be a number, got \"fast\"");
  }

  @Test
  void syntaxErrorsAreOneLineWithTheirPlace() {
    assertThat(failures("fletch {\n  name = small\n  search { epochs = 3\n"))
        .singleElement()
        .asString()
        .startsWith("run.conf:4: ")
        .contains("end of file")
        .doesNotContain("\n");
    assertThat(failures(HEAD + "fletch.seed = ${nowhere}"))
        .singleElement()
        .asString()
        .isEqualTo("run.conf:4: Could not resolve substitution to a value: ${nowhere}");
  }

  private static List<String> failures(String text, String... overrides) {
    ConfigException exception =
        catchThrowableOfType(
            () -> RunConfigLoader.load("run.conf", text, List.of(overrides)),
            ConfigException.class);
    assertThat(exception).as("a refusal of " + text).isNotNull();
    return exception.problems().stream().map(ConfigProblem::toString).toList();
  }
}
