package dev.fletch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.JcudaDriver;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.Device;
import dev.fletch.engine.DeviceChoice;
import dev.fletch.engine.MachineRates;
import dev.fletch.engine.Precision;
import dev.fletch.engine.Profile;
import dev.fletch.settings.Checks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options all timings of a network share, and what their lines of JSON share. */
final class BenchOptions {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Option(
      names = "--init-channels",
      paramLabel = "N",
      description = "default: 8 for a supernet, 16 for a candidate")
  private Integer initChannels;

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "default: 5 for a supernet, 8 for a candidate")
  private Integer layers;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "default ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--image",
      paramLabel = "CxHxW",
      converter = ImageConverter.class,
      description =
          "channels x height x width; default: 1x28x28 for a supernet, 3x32x32 for a candidate")
  private ImageShape image;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "default ${DEFAULT-VALUE}")
  private int classes;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "5",
      description = "timed; default ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "default ${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "steps before the timed ones, in which the JIT compiles; default: 2 for a supernet, whose"
              + " steps are long, 40 for a candidate")
  private Integer warmUp;

  @Option(
      names = "--profile",
      description = "also say where the time went: a table on stderr, its rows in the JSON")
  private boolean profile;

  @Option(
      names = "--sampled",
      description =
          "mixing weights are samples: one operation per edge, drawn anew for every step, and the"
              + " others are not computed")
  private boolean sampled;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda",
      defaultValue = "cpu",
      converter = DeviceConverter.class,
      description = "what it is computed on; default ${DEFAULT-VALUE}")
  private DeviceChoice device;

  @Option(
      names = "--card",
      paramLabel = "N",
      defaultValue = "0",
      description = "which card; default ${DEFAULT-VALUE}")
  private int card;

  @Option(
      names = "--tf32",
      description = "products on a card round their factors to 10 bits, for tensor cores")
  private boolean tf32;

  private String cardName;

  /** Has this thread's next networks computed as the options say. */
  void bindDevice() {
    Device on = device == DeviceChoice.CUDA ? Device.card(() -> open(card)) : Device.HOST;
    on.with(tf32 ? Precision.TF32 : Precision.FLOAT32).bind();
  }

  private Driver open(int ordinal) {
    JcudaDriver opened = JcudaDriver.open(ordinal);
    cardName = opened.name();
    return opened;
  }

  void check() {
    new Checks()
        .atLeast("--batch", batch, 1)
        .atLeast("--classes", classes, 1)
        .atLeast("--steps", steps, 1)
        .atLeast("--warm-up", warmUp(0), 0)
        .atLeast("--threads", threads, 1)
        .orThrow();
  }

  int initChannels(int usual) {
    return initChannels == null ? usual : initChannels;
  }

  int layers(int usual) {
    return layers == null ? usual : layers;
  }

  ImageShape image(ImageShape usual) {
    return image == null ? usual : image;
  }

  int batch() {
    return batch;
  }

  int classes() {
    return classes;
  }

  int steps() {
    return steps;
  }

  int threads() {
    return threads;
  }

  int warmUp(int usual) {
    return warmUp == null ? usual : warmUp;
  }

  boolean sampled() {
    return sampled;
  }

  /** Null if none was asked for. */
  Profile newProfile() {
    return profile ? new Profile() : null;
  }

  /** The keys every line begins with. */
  ObjectNode line(BenchNetworks networks, int weights) {
    ObjectNode line = new ObjectMapper().createObjectNode();
    // where there is nothing but a card there may be no other engine to ask
    line.put("engine", cardName == null ? networks.engine() : "kernels for cards");
    line.put("device", cardName == null ? device.text() : cardName);
    line.put("threads", threads);
    line.put("weights", weights);
    return line;
  }

  /** Adds a profile to the line and prints it as a table; nothing if there is none. */
  void show(Profile measured, MachineRates rates, ObjectNode line, PrintWriter err) {
    if (measured != null) {
      ProfileTable table = new ProfileTable(measured, steps, rates);
      table.lines().forEach(err::println);
      line.put("productGigaflops", rounded(rates.gigaflops()));
      line.put("coldGigabytes", rounded(rates.coldGigabytes()));
      line.put("cachedGigabytes", rounded(rates.cachedGigabytes()));
      line.set("profile", table.json());
    }
  }

  static double rounded(double seconds) {
    return Math.round(seconds * 1e6) / 1e6;
  }

  /** The most memory this process ever held, as Linux counts it. */
  static long peakBytes() throws IOException {
    return bytes("VmHWM:");
  }

  /** The memory this process holds now, as Linux counts it. */
  static long residentBytes() throws IOException {
    return bytes("VmRSS:");
  }

  private static long bytes(String key) throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(l -> l.startsWith(key))
          .map(l -> l.replaceAll("\\D", ""))
          .mapToLong(kibi -> Long.parseLong(kibi) * 1024)
          .findFirst()
          .orElseThrow(() -> new IOException(STATUS + " has no " + key));
    }
  }

  /** Reads {@code cuda}. */
  static final class DeviceConverter implements ITypeConverter<DeviceChoice> {
    @Override
    public DeviceChoice convert(String value) {
      return switch (value) {
        case "cpu" -> DeviceChoice.CPU;
        case "cuda" -> DeviceChoice.CUDA;
        default -> throw new TypeConversionException("must be cpu or cuda, got " + value);
      };
    }
  }

  /** Reads {@code 3x32x32}. */
  static final class ImageConverter implements ITypeConverter<ImageShape> {
    @Override
    public ImageShape convert(String value) {
      if (!value.matches("[1-9]\\d{0,8}x[1-9]\\d{0,8}x[1-9]\\d{0,8}")) {
        throw new TypeConversionException(
            "must be channels x height x width, for example 3x32x32, got " + value);
      }
      String[] sides = value.split("x");
      return new ImageShape(
          Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Integer.parseInt(sides[2]));
    }
  }
}
