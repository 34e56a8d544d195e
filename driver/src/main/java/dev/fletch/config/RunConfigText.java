package dev.fletch.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.SearchSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a {@link RunConfig} as HOCON, in the order of the documentation. {@link RunConfigReader}
 * is the way back.
 */
final class RunConfigText {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  private RunConfigText() {}

  static String of(RunConfig config) {
    RunConfigText writer = new RunConfigText();
    writer.section(RunConfigLoader.ROOT, () -> writer.run(config));
    return writer.text.toString();
  }

  static SortedMap<String, String> resolved(RunConfig config) {
    SortedMap<String, String> values = new TreeMap<>();
    ConfigFactory.parseString(of(config))
        .getConfig(RunConfigLoader.ROOT)
        .entrySet()
        .forEach(e -> values.put(e.getKey(), Values.shown(e.getValue())));
    return values;
  }

  private void run(RunConfig config) {
    value("name", config.name());
    value("seed", config.seed());
    value("output", config.output());
    section(
        "data",
        () -> {
          value("format", config.data().format().text());
          value("path", config.data().path());
          value("train", config.data().train());
          value("test", config.data().test());
          value("train-limit", config.data().trainLimit());
          value("test-limit", config.data().testLimit());
          value("resize", config.data().resize());
          value("image-side", config.data().imageSide());
          value("search-portion", config.data().searchPortion());
        });
    section(
        "space",
        () -> {
          value("nodes", config.supernet().nodes());
          value(
              "operations", config.supernet().operations().stream().map(Operation::text).toList());
        });
    section(
        "supernet",
        () -> {
          value("init-channels", config.supernet().initChannels());
          value("layers", config.supernet().layers());
          value("stem-multiplier", config.supernet().stemMultiplier());
        });
    section("search", () -> search(config.search()));
    section("retrain", () -> retrain(config.retrain()));
    section("report", () -> value("title", config.report().title()));
  }

  private void search(SearchSettings search) {
    section(
        MethodReader.SECTION,
        () -> {
          value(MethodReader.NAME, search.method().name());
          RecordKeys.values(search.method()).forEach(this::value);
        });
    value("order", RunConfigReader.ORDERS.get(search.order() - 1));
    value("epochs", search.epochs());
    value("batch", search.batch());
    value("replicas", search.replicas());
    value("threads", search.threads());
    value("gradient-clip", search.gradientClip());
    value("keep-checkpoints", search.keepCheckpoints());
    optimizer("weights", search.weights(), search.weightsRate());
    optimizer("alpha", search.alpha(), search.alphaRate());
    value("alpha-l1", search.alphaL1());
    section(
        "temperature",
        () -> {
          value("schedule", RunConfigReader.name(search.temperature().schedule()));
          value("from", search.temperature().from());
          value("to", search.temperature().to());
          value("mode", RunConfigReader.name(search.temperature().mode()));
        });
    augmentation(search.augmentation());
    section(
        "watch",
        () -> {
          value("gap", search.watch().gap());
          value("temperatures", search.watch().temperatures());
          value("eigenvalue-every", search.watch().eigenvalueEvery());
          value("eigenvalue-iterations", search.watch().eigenvalueIterations());
        });
    section(
        "stop",
        () -> {
          value(StopReader.RULE, StopReader.name(search.stop().getClass()));
          RecordKeys.values(search.stop()).forEach(this::value);
        });
  }

  private void retrain(RetrainSettings retrain) {
    value("candidates", retrain.candidates());
    value("seeds", retrain.seeds());
    value("parallel", retrain.fanOut().parallel());
    value("replicas", retrain.fanOut().replicas());
    value("time-limit-minutes", retrain.fanOut().timeLimitMinutes());
    section(
        "halving",
        () -> {
          value("rungs", retrain.fanOut().halving().rungs());
          value("keep", retrain.fanOut().halving().keep());
        });
    value("init-channels", retrain.network().initChannels());
    value("layers", retrain.network().layers());
    value("stem", RunConfigReader.name(retrain.network().stem()));
    value("stem-multiplier", retrain.network().stemMultiplier());
    value("epochs", retrain.network().epochs());
    value("batch", retrain.batch());
    value("threads", retrain.threads());
    value("gradient-clip", retrain.gradientClip());
    value("auxiliary-weight", retrain.network().auxiliaryWeight());
    value("drop-path", retrain.network().dropPath());
    value("label-smoothing", retrain.network().labelSmoothing());
    optimizer("weights", retrain.weights(), retrain.weightsRate());
    augmentation(retrain.augmentation());
    value("protocol", retrain.protocol().testing().text());
    value("validation-portion", retrain.protocol().validationPortion());
  }

  private void optimizer(String key, OptimizerSettings optimizer, LearningRateSettings rate) {
    section(
        key,
        () -> {
          OptimizerKind kind = OptimizerKind.of(optimizer);
          value("optimizer", RunConfigReader.name(kind));
          rate(rate);
          RecordKeys.values(optimizer).forEach(this::value);
        });
  }

  /** Only the keys of its schedule. */
  private void rate(LearningRateSettings rate) {
    value(RateReader.RATE, rate.rate());
    value(RateReader.SCHEDULE, RunConfigReader.name(rate.schedule()));
    value(RateReader.WARM_UP, rate.warmUp());
    switch (rate.schedule()) {
      case CONSTANT, COSINE, LINEAR -> value(RateReader.MINIMUM, rate.minimum());
      case EXPONENTIAL -> value(RateReader.DECAY, rate.decay().factor());
      case STEP -> {
        value(RateReader.DECAY, rate.decay().factor());
        if (rate.decay().milestones().isEmpty()) {
          value(RateReader.EVERY, rate.decay().every());
        } else {
          value(RateReader.MILESTONES, rate.decay().milestones());
        }
      }
    }
  }

  private void augmentation(AugmentationSettings augmentation) {
    section(
        "augmentation",
        () -> {
          value("crop-padding", augmentation.cropPadding());
          value("resized-crop", augmentation.resizedCrop());
          value("flip", augmentation.flip());
          value("brightness", augmentation.colours().brightness());
          value("contrast", augmentation.colours().contrast());
          value("saturation", augmentation.colours().saturation());
          value("hue", augmentation.colours().hue());
          value("cutout", augmentation.cutout());
        });
  }

  private void section(String key, Runnable content) {
    line(key + " {");
    depth++;
    content.run();
    depth--;
    line("}");
  }

  private void value(String key, Object value) {
    line(key + " = " + hocon(value));
  }

  private static String hocon(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(RunConfigText::hocon).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String text ? ConfigUtil.quoteString(text) : value.toString();
  }

  private void line(String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }
}
