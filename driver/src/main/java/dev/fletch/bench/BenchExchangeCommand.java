package dev.fletch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.ExchangeBenchmark;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.replica.ExchangeSettings.Where;
import dev.fletch.run.ExitCode;
import dev.fletch.settings.Checks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench exchange}: one line of JSON about the speed of one round of gradient averaging on
 * Spark.
 */
@Command(
    name = "exchange",
    description =
        "Times one round of averaging (state out, gradients back, mean) without computing"
            + " gradients, and prints one line of JSON.")
public final class BenchExchangeCommand implements Callable<Integer> {
  private static final String DRIVER = "driver";
  private static final String EXECUTORS = "executors";
  private static final int WARM_UP_OF_DRIVER = 20;

  /** Code of executors is compiled only after some hundred rounds, of which a search has more. */
  private static final int WARM_UP_OF_EXECUTORS = 600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--executors",
      paramLabel = "N",
      defaultValue = "2",
      description = "replicas, each a task; the master decides where; default ${DEFAULT-VALUE}")
  private int executors;

  @Option(
      names = "--floats",
      paramLabel = "M",
      defaultValue = "2000000",
      description = "weights that go out and come back; default ${DEFAULT-VALUE}")
  private int floats;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "30",
      description = "timed; default ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "rounds before the timed ones; default "
              + WARM_UP_OF_DRIVER
              + ", with --exchange executors "
              + WARM_UP_OF_EXECUTORS)
  private Integer warmUp;

  @Option(
      names = "--exchange",
      paramLabel = "WHO",
      defaultValue = "driver",
      description =
          "who averages: driver, in a Spark job a round, or executors, among themselves; default"
              + " ${DEFAULT-VALUE}")
  private String exchange;

  @Override
  public Integer call() {
    new Checks()
        .atLeast("--executors", executors, 1)
        .atLeast("--floats", floats, 1)
        .atLeast("--rounds", rounds, 1)
        .atLeast("--warm-up", warmUpRounds(), 0)
        .require(
            "--exchange",
            exchange.equals(DRIVER) || exchange.equals(EXECUTORS),
            "must be driver or executors, got " + exchange)
        .orThrow();
    Where where = exchange.equals(DRIVER) ? Where.DRIVER : Where.EXECUTORS;
    ClusterSettings settings = new ClusterSettings("fletch bench exchange", executors, 1);
    try (SparkCluster cluster = SparkCluster.open(settings, spec.commandLine().getErr()::println)) {
      ExchangeBenchmark.Seconds seconds =
          ExchangeBenchmark.run(cluster, executors, floats, warmUpRounds(), rounds, where);
      ObjectNode line = new ObjectMapper().createObjectNode();
      line.put("engine", "spark " + cluster.environment().get("spark"));
      line.put("master", cluster.environment().get("master"));
      line.put("executors", executors);
      line.put("floats", floats);
      line.put("exchange", exchange);
      line.put("secondsPerExchangeMedian", BenchOptions.rounded(seconds.exchange()));
      line.put("roundSecondsMedian", BenchOptions.rounded(seconds.round()));
      line.put("broadcastSeconds", BenchOptions.rounded(seconds.broadcast()));
      line.put("fetchSeconds", BenchOptions.rounded(seconds.fetch()));
      line.put("gradientsSeconds", BenchOptions.rounded(seconds.gradients()));
      line.put("schedulingAndResultsSeconds", BenchOptions.rounded(seconds.schedulingAndResults()));
      line.put("reduceSeconds", BenchOptions.rounded(seconds.reduce()));
      spec.commandLine().getOut().println(line);
    }
    return ExitCode.DONE;
  }

  private int warmUpRounds() {
    if (warmUp != null) {
      return warmUp;
    }
    return exchange.equals(DRIVER) ? WARM_UP_OF_DRIVER : WARM_UP_OF_EXECUTORS;
  }
}
