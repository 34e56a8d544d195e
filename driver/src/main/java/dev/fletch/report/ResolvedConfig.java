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
 * @param method as configured; DARTS whose temperature changes over the search is {@code td-darts},
 *     however it was asked for
 * @param order 1 or 2; 0 when unknown
 * @param epochs of the search; 0 when unknown
 * @param candidates labels as configured
 * @param alphaL1 weight of the sum of |alpha|; 0 when there is none
 * @param protocol unknown in files of versions that had only one
 */
record ResolvedConfig(
    String name,
    long seed,
    String method,
    int order,
    int epochs,
    List<String> candidates,
    double alphaL1,
    RetrainProtocol protocol) {
  private static final String ROOT = "fletch";

  ResolvedConfig {
    candidates = List.copyOf(candidates);
  }

  /** Everything unknown when there is no such file. */
  static ResolvedConfig read(JsonFile files, Path file) throws IOException {
    if (!files.exists(file)) {
      return new ResolvedConfig("", 0, "", 0, 0, List.of(), 0, RetrainProtocol.UNKNOWN);
    }
    try {
      Config config = ConfigFactory.parseString(files.text(file)).getConfig(ROOT);
      return new ResolvedConfig(
          config.getString("name"),
          config.getLong("seed"),
          method(config),
          order(config.getString("search.order")),
          config.getInt("search.epochs"),
          config.getStringList("retrain.candidates"),
          config.hasPath("search.alpha-l1") ? config.getDouble("search.alpha-l1") : 0,
          protocol(config));
    } catch (ConfigException e) {
      String reason = e.getMessage().lines().findFirst().orElse("unreadable");
      throw new BrokenRunFileException(
          file + ": not a resolved configuration (" + reason + "); restore the file");
    }
  }

  private static String method(Config config) {
    String name =
        config.hasPath("search.method.name") ? config.getString("search.method.name") : "darts";
    boolean decays =
        config.hasPath("search.temperature.schedule")
            && !config.getString("search.temperature.schedule").equals("constant");
    return name.equals("darts") && decays ? "td-darts" : name;
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
