package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key with a default does something. */
class DefaultsTest {
  private static final String MINIMAL =
      "fletch { name = a, output = b, data { format = idx, path = c } }";

  /** Other values, where the next number or the other flag would not be valid. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("data.path", "elsewhere"),
          Map.entry("data.train", "[images, labels]"),
          Map.entry("data.test", "[images, labels]"),
          Map.entry("data.search-portion", "0.6"),
          Map.entry("data.search-limit", "4000"),
          Map.entry("space.operations", "[sep_conv_3x3]"),
          Map.entry("supernet.init-channels", "18"),
          Map.entry("search.order", "second"),
          Map.entry("retrain.candidates", "[last]"),
          Map.entry("retrain.seeds", "[1]"),
          Map.entry("retrain.halving.rungs", "[1, 2]"),
          Map.entry("retrain.halving.keep", "0.25"),
          Map.entry("retrain.init-channels", "38"),
          Map.entry("retrain.stem", "imagenet"),
          Map.entry("retrain.drop-path", "0.3"),
          Map.entry("retrain.protocol", "darts-paper"),
          Map.entry("retrain.validation-portion", "0.2"),
          Map.entry("retrain.label-smoothing", "0.1"),
          Map.entry("supernet.embedding-dropout", "0.2"),
          Map.entry("retrain.embedding-dropout", "0.2"),
          Map.entry("retrain.dropout", "0.5"),
          Map.entry("search.exchange", "executors"),
          Map.entry("retrain.exchange", "executors"),
          Map.entry("supernet.word-dropout", "0.2"),
          Map.entry("retrain.word-dropout", "0.2"),
          Map.entry("retrain.reduce-after", "[1, 3]"),
          Map.entry("supernet.reduce-after", "[1, 3]"),
          Map.entry("space.kinds", "1"),
          Map.entry("space.activations", "[relu]"),
          Map.entry("space.aggregations", "[add, multiply]"),
          Map.entry("search.method.name", "sdarts-rs"),
          Map.entry("search.stop.rule", "stable-ranking"),
          Map.entry("search.watch.temperatures", "[1, 0.1]"),
          Map.entry("report.title", "A title"));

  /** The same for the last part of a key. */
  private static final Map<String, String> OTHER_ENDINGS =
      Map.ofEntries(
          Map.entry("learning-rate", "0.5"),
          Map.entry("learning-rate-min", "1e-5"),
          Map.entry("schedule", "cosine"),
          Map.entry("momentum", "0.5"),
          Map.entry("beta1", "0.25"),
          Map.entry("beta2", "0.25"),
          Map.entry("mode", "rescale"),
          Map.entry("resized-crop", "0.08"),
          Map.entry("hue", "0.2"),
          Map.entry("device", "cpu"),
          Map.entry("epoch-start", "carried"),
          Map.entry("unrolled-embedding", "kept"),
          Map.entry("precision", "tf32"));

  static List<String> keys() {
    return defaults().entrySet().stream().map(Map.Entry::getKey).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void changingTheKeyChangesTheConfigurationAndSurvivesRendering(String key) {
    RunConfig changed = load(companions(key), key + "=" + other(key));

    assertThat(changed).isNotEqualTo(load(companions(key)));
    assertThat(RunConfigLoader.load("config.conf", changed.render(), List.of())).isEqualTo(changed);
  }

  @Test
  void theKeysOfAnOptimizerThatIsNotTheUsualOneCountToo() {
    String[] adam = {"search.weights.optimizer=adam", "search.weights.schedule=cosine"};
    String[] sgd = {"search.alpha.optimizer=sgd", "search.alpha.schedule=cosine"};

    for (String key : List.of("beta1", "beta2", "epsilon", "weight-decay", "learning-rate")) {
      assertThat(load(adam, "search.weights." + key + "=0.25")).as(key).isNotEqualTo(load(adam));
    }
    for (String key : List.of("momentum", "weight-decay", "learning-rate", "learning-rate-min")) {
      assertThat(load(sgd, "search.alpha." + key + "=0.0125")).as(key).isNotEqualTo(load(sgd));
    }
  }

  /** What must be set beside {@code key} for its other value to be valid. */
  private static String[] companions(String key) {
    if (key.startsWith("search.temperature.") && !key.endsWith("mode")) {
      return new String[] {"search.temperature.schedule=linear"};
    }
    if (key.startsWith("search.alpha.learning-rate")) {
      return new String[] {"search.alpha.schedule=cosine"};
    }
    if (key.endsWith(".resized-crop")) {
      return new String[] {key.replace("resized-crop", "crop-padding") + "=0"};
    }
    if (key.equals("supernet.reduce-after")) {
      return new String[] {"space.kinds=1"};
    }
    if (key.equals("space.activations")) {
      return new String[] {"space.operations=[identity]"};
    }
    if (key.endsWith(".epoch-start") || key.endsWith(".unrolled-embedding")) {
      return new String[] {"data.format=words"};
    }
    if (key.contains(".embedding-") || key.endsWith(".word-dropout")) {
      return new String[] {"data.format=sst2"};
    }
    return new String[0];
  }

  private static String other(String key) {
    if (key.endsWith("weights.schedule")) {
      return "constant";
    }
    if (key.endsWith(".optimizer")) {
      return key.contains("alpha") ? "sgd" : "adam";
    }
    String ending = key.substring(key.lastIndexOf('.') + 1);
    String special = OTHERS.getOrDefault(key, OTHER_ENDINGS.get(ending));
    return special != null ? special : next(defaults().getValue(key));
  }

  private static String next(ConfigValue value) {
    return switch (value.valueType()) {
      case NUMBER ->
          Double.toString(((Number) value.unwrapped()).doubleValue() + 1).replace(".0", "");
      case BOOLEAN -> Boolean.toString(!(Boolean) value.unwrapped());
      default ->
          throw new AssertionError(
              "name another value for " + value.render(ConfigRenderOptions.concise()));
    };
  }

  private static Config defaults() {
    return RunConfigLoader.defaults().getConfig(RunConfigLoader.ROOT);
  }

  private static RunConfig load(String[] companions, String... overrides) {
    return RunConfigLoader.load(
        "run.conf", MINIMAL, Stream.concat(Stream.of(companions), Stream.of(overrides)).toList());
  }
}
