package dev.fletch.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * What the report needs of {@code config.conf}.
 *
 * @param name of the run; empty when unknown, like {@code method}
 * @param seed 0 when unknown
 * @param method {@code darts}, or {@code td-darts} when the temperature changes over the search
 * @param order 1 or 2; 0 when unknown
 * @param epochs of the search; 0 when unknown
 * @param candidates labels as configured
 * @param protocol unknown in files of versions that had only one
 */
record ResolvedConfig(
    String name,
    long seed,
    String method,
    int order,
    int epochs,
    List<String> candidates,
    RetrainProtocol protocol) {
  private static final String ROOT = "fletch";

  ResolvedConfig {
    candidates = List.copyOf(candidates);
  }

  /** Everything unknown when there is no such file. */
  static ResolvedConfig read(JsonFile files, Path file) throws IOException {
    if (!files.exists(file)) {
      return new ResolvedConfig("", 0, "", 0, 0, List.of(), RetrainProtocol.UNKNOWN);
    }
    try {
      Config config = ConfigFactory.parseString(files.text(file)).getConfig(ROOT);
      boolean decays =
          config.hasPath("search.temperature.schedule")
              && !config.getString("search.temperature.schedule").equals("constant");
      return new ResolvedConfig(
          config.getString("name"),
          config.getLong("seed"),
          decays ? "td-darts" : "darts",
          order(config.getString("search.order")),
          config.getInt("search.epochs"),
          config.getStringList("retrain.candidates"),
          protocol(config));
    } catch (ConfigException e) {
      String reason = e.getMessage().lines().findFirst().orElse("unreadable");
      throw new BrokenRunFileException(
          file + ": not a resolved configuration (" + reason + "); restore the file");
    }
  }

  private static RetrainProtocol protocol(Config config) {
    return config.hasPath("retrain.protocol") && config.hasPath("retrain.validation-portion")
        ? new RetrainProtocol(
            config.getString("retrain.protocol"), config.getDouble("retrain.validation-portion"))
        : RetrainProtocol.UNKNOWN;
  }

  private static int order(String text) {
    return switch (text) {
      case "first" -> 1;
      case "second" -> 2;
      default -> 0;
    };
  }
}
