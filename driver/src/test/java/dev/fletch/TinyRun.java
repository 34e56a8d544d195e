package dev.fletch;

import dev.fletch.bench.EngineNetworks;
import dev.fletch.run.SparkPhases;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs of the real program that take seconds: real images, networks of three small cells. */
final class TinyRun {
  static final int EPOCHS = 3;

  /** Spark in this process or in a child, quiet and away from the network. */
  static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  private TinyRun() {}

  /** What came of a command. */
  record Outcome(int exitCode, String out, String err) {
    List<String> errorLines() {
      return err.lines().toList();
    }
  }

  /**
   * Writes {@code folder/tiny.conf}.
   *
   * @param more HOCON inside {@code fletch { }}
   */
  static Path conf(Path folder, Object output, String more) throws IOException {
    return Files.writeString(
        folder.resolve("tiny.conf"),
        """
        fletch {
          name = tiny
          output = "%s"
          data { format = idx, path = "bundled:fashion-mnist", train-limit = 60, test-limit = 32 }
          space.nodes = 2
          supernet { init-channels = 2, layers = 3, stem-multiplier = 1 }
          search {
            epochs = %d, batch = 8, replicas = 2
            temperature { schedule = linear, from = 5, to = 1 }
          }
          retrain {
            candidates = [epoch-0, last], seeds = [0], epochs = 2, batch = 16
            init-channels = 2, layers = 3, stem-multiplier = 1
          }
        %s
        }
        """
            .formatted(output, EPOCHS, more));
  }

  /** Carries out a command with the real phases, in this process. */
  static Outcome fletch(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> before = new LinkedHashMap<>();
    SPARK.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
    try {
      int exitCode =
          Fletch.execute(
              SparkPhases::open,
              new EngineNetworks(),
              new PrintWriter(out, true),
              new PrintWriter(err, true),
              List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
      return new Outcome(exitCode, out.toString(), err.toString());
    } finally {
      before.forEach(TinyRun::restore);
    }
  }

  private static void restore(String key, String value) {
    if (value == null) {
      System.clearProperty(key);
    } else {
      System.setProperty(key, value);
    }
  }
}
