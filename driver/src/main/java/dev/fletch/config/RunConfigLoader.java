package dev.fletch.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Turns a HOCON file and overrides into a {@link RunConfig}, or reports everything that is wrong
 * with them at once.
 *
 * <p>Relative includes are resolved against the including file. Substitutions see the file, the
 * defaults and the environment. Paths in values are left as they are: see {@link
 * RunConfig#output()}.
 */
public final class RunConfigLoader {
  static final String ROOT = "fletch";

  private RunConfigLoader() {}

  /**
   * @param file named in messages as given
   * @param overrides each {@code key=value}, the key with or without {@code fletch.}; the last one
   *     wins
   * @throws ConfigException with every problem found
   */
  public static RunConfig load(Path file, List<String> overrides) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new ConfigException(List.of(new ConfigProblem(name, 0, "", "is a folder, not a file")));
    }
    if (!Files.isReadable(file)) {
      throw new ConfigException(
          List.of(new ConfigProblem(name, 0, "", "no such file, or not readable")));
    }
    return load(name, () -> ConfigFactory.parseFile(file.toFile(), options(name)), overrides);
  }

  /**
   * As {@link #load(Path, List)}, for text that does not come from a local file.
   *
   * @param name stands for the text in messages
   */
  public static RunConfig load(String name, String text, List<String> overrides) {
    return load(name, () -> ConfigFactory.parseString(text, options(name)), overrides);
  }

  private static RunConfig load(String name, Supplier<Config> parser, List<String> overrides) {
    Problems problems = new Problems(name);
    Config defaults = defaults();
    Config overriding = Overrides.parse(overrides, problems);
    ConfigObject written = Values.EMPTY;
    try {
      Config unresolved = overriding.withFallback(parser.get());
      written = unresolved.resolveWith(unresolved.withFallback(defaults)).root();
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(
          e.origin() == null
              ? new ConfigProblem(name, 0, "", ParserMessage.of(e))
              : Problems.problem(e.origin(), "", ParserMessage.of(e)));
      problems.orThrow(); // nothing to read the other problems from
    }
    return read(written, defaults.root(), problems);
  }

  private static RunConfig read(ConfigObject written, ConfigObject defaults, Problems problems) {
    for (Map.Entry<String, ConfigValue> entry : written.entrySet()) {
      if (!entry.getKey().equals(ROOT)) {
        problems.addSentence(
            entry.getValue().origin(),
            entry.getKey(),
            "unknown key "
                + entry.getKey()
                + " outside "
                + ROOT
                + " { }; move it inside or remove it");
      }
    }
    ConfigObject section = Values.EMPTY;
    if (written.get(ROOT) instanceof ConfigObject found) {
      section = found;
    } else if (written.containsKey(ROOT)) {
      problems.add(written.get(ROOT).origin(), ROOT, "must be a section { }");
    }
    Section root = new Section("", section, (ConfigObject) defaults.get(ROOT), problems);
    RunConfig config = new RunConfigReader(defaults, problems).read(root);
    root.refuseUnknown();
    problems.orThrow();
    return config;
  }

  /** The defaults, resolved: the roots {@code fletch}, {@code optimizers} and {@code schedules}. */
  static Config defaults() {
    return ConfigFactory.parseResources(
            RunConfigLoader.class,
            "defaults.conf",
            ConfigParseOptions.defaults().setAllowMissing(false))
        .resolve();
  }

  private static ConfigParseOptions options(String name) {
    return ConfigParseOptions.defaults().setAllowMissing(false).setOriginDescription(name);
  }
}
