package dev.fletch.cli;

import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.config.SweepConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration of a command that starts from one. */
final class ConfigArguments {
  private static final String QUICKSTART = "/dev/fletch/quickstart.conf";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CONF",
      description = "HOCON file that describes the run; without it the built-in quickstart runs.")
  private String conf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key, for example --set search.epochs=10; may be repeated.")
  private List<String> overrides = new ArrayList<>();

  RunConfig load() {
    return conf == null
        ? RunConfigLoader.load(QUICKSTART + " (built in)", quickstart(), overrides)
        : RunConfigLoader.load(Path.of(conf), overrides);
  }

  /** The sweep of the same configuration, if it has one. */
  Optional<SweepConfig> loadSweep() {
    return conf == null
        ? RunConfigLoader.loadSweep(QUICKSTART + " (built in)", quickstart(), overrides)
        : RunConfigLoader.loadSweep(Path.of(conf), overrides);
  }

  /** For messages. */
  String name() {
    return conf == null ? "the built-in " + QUICKSTART : conf;
  }

  private static String quickstart() {
    try (InputStream in = ConfigArguments.class.getResourceAsStream(QUICKSTART)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
