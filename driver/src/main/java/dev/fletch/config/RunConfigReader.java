package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.architecture.Operation;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.ColourSettings;
import dev.fletch.data.DataFormat;
import dev.fletch.data.DataSettings;
import dev.fletch.method.Method;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Stem;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.retrain.FanOutSettings;
import dev.fletch.retrain.HalvingSettings;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.search.SearchSettings;
import dev.fletch.search.StopRule;
import dev.fletch.search.WatchSettings;
import dev.fletch.supernet.SupernetSettings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which key goes into which settings record. The records alone judge the values; here stands only
 * where they come from. {@link RunConfigText} is the way back.
 */
final class RunConfigReader {
  static final List<String> ORDERS = List.of("first", "second");

  private final OptimizerReader optimizers;
  private final MethodReader methods;
  private final StopReader stops;
  private final Problems problems;

  /**
   * @param defaults every root of the defaults
   * @param problems where the sections report
   */
  RunConfigReader(ConfigObject defaults, Problems problems) {
    this.optimizers = new OptimizerReader(defaults);
    this.methods = new MethodReader(defaults);
    this.stops = new StopReader(defaults);
    this.problems = problems;
  }

  /** The configuration, or null if it cannot be made; then a problem has been reported. */
  RunConfig read(Section root) {
    String name = root.text("name");
    long seed = root.longInteger("seed");
    String output = root.text("output");
    DataSettings data = data(root.section("data"));
    SupernetSettings supernet = supernet(root.section("space"), root.section("supernet"));
    Section searchSection = root.section("search");
    SearchSettings search = search(searchSection);
    Section retrainSection = root.section("retrain");
    RetrainSettings retrain = retrain(retrainSection);
    ReportSettings report = report(root.section("report"));
    root.checkTogether(RunConfig.check(name, seed, output, supernet, search, retrain));
    boolean complete =
        data != null && supernet != null && search != null && retrain != null && report != null;
    return complete && problems.isEmpty()
        ? new RunConfig(name, seed, output, data, supernet, search, retrain, report)
        : null;
  }

  private static DataSettings data(Section section) {
    DataFormat format = section.choice("format", List.of(DataFormat.values()), DataFormat::text);
    String path = section.text("path");
    List<String> train = section.texts("train");
    List<String> test = section.texts("test");
    int trainLimit = section.integer("train-limit");
    int testLimit = section.integer("test-limit");
    int resize = section.integer("resize");
    int side = section.integer("image-side");
    double portion = section.number("search-portion");
    return section.build(
        () ->
            new DataSettings(
                format, path, train, test, trainLimit, testLimit, resize, side, portion));
  }

  private static SupernetSettings supernet(Section space, Section supernet) {
    int nodes = space.integer("nodes");
    List<Operation> operations = space.choices("operations", Operation.known(), Operation::text);
    int channels = supernet.integer("init-channels");
    int layers = supernet.integer("layers");
    int stem = supernet.integer("stem-multiplier");
    return supernet.build(
        () -> new SupernetSettings(channels, layers, nodes, stem, operations), space);
  }

  private SearchSettings search(Section section) {
    Method method = methods.read(section);
    int order = 1 + ORDERS.indexOf(section.choice("order", ORDERS, o -> o));
    int epochs = section.integer("epochs");
    int batch = section.integer("batch");
    int replicas = section.integer("replicas");
    int threads = section.integer("threads");
    double clip = section.number("gradient-clip");
    int keep = section.integer("keep-checkpoints");
    OptimizerReader.Rated weights = optimizers.read(section, "weights");
    OptimizerReader.Rated alpha = optimizers.read(section, "alpha");
    double l1 = section.number("alpha-l1");
    TemperatureSettings temperature = temperature(section.section("temperature"));
    AugmentationSettings augmentation = augmentation(section.section("augmentation"));
    WatchSettings watch = watch(section.section("watch"));
    StopRule stop = stops.read(section);
    SearchSettings settings =
        section.build(
            () ->
                new SearchSettings(
                    method,
                    order,
                    epochs,
                    batch,
                    replicas,
                    threads,
                    weights.optimizer(),
                    weights.rate(),
                    clip,
                    alpha.optimizer(),
                    alpha.rate(),
                    l1,
                    temperature,
                    augmentation,
                    watch,
                    stop,
                    keep));
    boolean complete =
        weights.isComplete()
            && alpha.isComplete()
            && Stream.of(method, temperature, augmentation, watch, stop).allMatch(Objects::nonNull);
    return complete ? settings : null;
  }

  private static WatchSettings watch(Section section) {
    boolean gap = section.flag("gap");
    List<Double> temperatures = section.numbers("temperatures");
    int every = section.integer("eigenvalue-every");
    int iterations = section.integer("eigenvalue-iterations");
    return section.build(() -> new WatchSettings(gap, temperatures, every, iterations));
  }

  private RetrainSettings retrain(Section section) {
    List<String> candidates = section.texts("candidates");
    List<Long> seeds = section.longIntegers("seeds");
    FanOutSettings fanOut = fanOut(section);
    CandidateSettings network = network(section);
    int batch = section.integer("batch");
    int threads = section.integer("threads");
    double clip = section.number("gradient-clip");
    OptimizerReader.Rated weights = optimizers.read(section, "weights");
    AugmentationSettings augmentation = augmentation(section.section("augmentation"));
    Protocol protocol = protocol(section);
    RetrainSettings settings =
        section.build(
            () ->
                new RetrainSettings(
                    candidates,
                    seeds,
                    fanOut,
                    network,
                    batch,
                    threads,
                    weights.optimizer(),
                    weights.rate(),
                    clip,
                    augmentation,
                    protocol));
    boolean complete =
        fanOut != null
            && network != null
            && weights.isComplete()
            && augmentation != null
            && protocol != null;
    return complete ? settings : null;
  }

  private static FanOutSettings fanOut(Section section) {
    int parallel = section.integer("parallel");
    int replicas = section.integer("replicas");
    double minutes = section.number("time-limit-minutes");
    HalvingSettings halving = halving(section.section("halving"));
    return section.build(() -> new FanOutSettings(parallel, replicas, minutes, halving));
  }

  /** The nearest int, which the settings then refuse if it makes no sense. */
  private static int bounded(long value) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }

  private static HalvingSettings halving(Section section) {
    List<Integer> rungs =
        section.longIntegers("rungs").stream().map(RunConfigReader::bounded).toList();
    double keep = section.number("keep");
    return section.build(() -> new HalvingSettings(rungs, keep));
  }

  private static CandidateSettings network(Section section) {
    int channels = section.integer("init-channels");
    int layers = section.integer("layers");
    Stem stem = section.choice("stem", List.of(Stem.values()), RunConfigReader::name);
    int multiplier = section.integer("stem-multiplier");
    double auxiliary = section.number("auxiliary-weight");
    double dropPath = section.number("drop-path");
    int epochs = section.integer("epochs");
    double smoothing = section.number("label-smoothing");
    return section.build(
        () ->
            new CandidateSettings(
                channels, layers, stem, multiplier, auxiliary, dropPath, epochs, smoothing));
  }

  private static Protocol protocol(Section section) {
    Protocol.Testing testing =
        section.choice("protocol", List.of(Protocol.Testing.values()), Protocol.Testing::text);
    double portion = section.number("validation-portion");
    return section.build(() -> new Protocol(testing, portion));
  }

  private static TemperatureSettings temperature(Section section) {
    TemperatureSettings.Schedule schedule =
        section.choice(
            "schedule", List.of(TemperatureSettings.Schedule.values()), RunConfigReader::name);
    double from = section.number("from");
    double to = section.number("to");
    boolean follows = schedule == TemperatureSettings.Schedule.CONSTANT && !section.isWritten("to");
    TemperatureSettings.Mode mode =
        section.choice("mode", List.of(TemperatureSettings.Mode.values()), RunConfigReader::name);
    return section.build(() -> new TemperatureSettings(schedule, from, follows ? from : to, mode));
  }

  private static AugmentationSettings augmentation(Section section) {
    int padding = section.integer("crop-padding");
    double resizedCrop = section.number("resized-crop");
    boolean flip = section.flag("flip");
    double brightness = section.number("brightness");
    double contrast = section.number("contrast");
    double saturation = section.number("saturation");
    double hue = section.number("hue");
    int cutout = section.integer("cutout");
    ColourSettings colours =
        section.build(() -> new ColourSettings(brightness, contrast, saturation, hue));
    return colours == null
        ? null
        : section.build(
            () -> new AugmentationSettings(padding, resizedCrop, flip, colours, cutout));
  }

  private static ReportSettings report(Section section) {
    String title = section.text("title");
    return section.build(() -> new ReportSettings(title));
  }

  /** How an enum constant is written: {@code LINEAR} as {@code linear}. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
