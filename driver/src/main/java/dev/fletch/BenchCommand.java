package dev.fletch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.data.ImageShape;
import dev.fletch.genotype.Operation;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.settings.Checks;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bench step}: one line of JSON about the speed of one supernet gradient. */
@Command(name = "step", description = "Times one supernet gradient and prints one line of JSON.")
final class BenchCommand implements Callable<Integer> {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Spec private CommandSpec spec;

  @Option(
      names = "--init-channels",
      paramLabel = "N",
      defaultValue = "8",
      description = "default ${DEFAULT-VALUE}")
  private int initChannels;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "5",
      description = "default ${DEFAULT-VALUE}")
  private int layers;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "default ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--image",
      defaultValue = "1x28x28",
      paramLabel = "CxHxW",
      converter = ImageConverter.class,
      description = "channels x height x width; default ${DEFAULT-VALUE}")
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

  private final Networks networks;

  BenchCommand(Networks networks) {
    this.networks = networks;
  }

  /** Where the networks to be timed come from. */
  interface Networks {
    /** The numeric library and its version. */
    String engine();

    TrainableNetwork supernet(
        SupernetSettings settings, ImageShape image, int classes, int batch, int threads);
  }

  @Override
  public Integer call() throws IOException {
    new Checks()
        .atLeast("--batch", batch, 1)
        .atLeast("--classes", classes, 1)
        .atLeast("--steps", steps, 1)
        .atLeast("--threads", threads, 1)
        .orThrow();
    SupernetSettings settings = new SupernetSettings(initChannels, layers, 4, 3, Operation.DARTS);
    try (TrainableNetwork network = networks.supernet(settings, image, classes, batch, threads)) {
      StepBenchmark.Seconds seconds =
          new StepBenchmark(network, image, classes, batch, Operation.DARTS.size()).run(steps);
      spec.commandLine().getOut().println(json(network.weightCount(), seconds));
    }
    return ExitCode.DONE;
  }

  private String json(int weights, StepBenchmark.Seconds seconds) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("engine", networks.engine());
    line.put("threads", threads);
    line.put("weights", weights);
    line.put("stepSecondsMedian", rounded(seconds.step()));
    line.put("forwardSecondsMedian", rounded(seconds.forward()));
    line.put("peakRssBytes", peakBytes());
    return new ObjectMapper().writeValueAsString(line);
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1e4) / 1e4;
  }

  /** The most memory this process ever held, as Linux counts it. */
  static long peakBytes() throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(l -> l.startsWith("VmHWM:"))
          .map(l -> l.replaceAll("\\D", ""))
          .mapToLong(kibi -> Long.parseLong(kibi) * 1024)
          .findFirst()
          .orElseThrow(() -> new IOException(STATUS + " has no VmHWM"));
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
