package dev.fletch.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /** Where jars that bring methods of their own say {@code methods.NAME { name = NAME, ... }}. */
  static final String MORE_DEFAULTS = "META-INF/fletch/defaults.conf";

  private RunConfigLoader() {}

  /**
   * @param file named in messages as given
   * @param overrides each {@code key=value}, the key with or without {@code fletch.}; the last one
   *     wins
   * @throws ConfigException with every problem found
   */
  public static RunConfig load(Path file, List<String> overrides) {
    return loadAll(file, overrides).config();
  }

  /**
   * As {@link #load(Path, List)}, with the sweep; {@link #load} checks it as well.
   *
   * @return empty if there is no section {@code sweep}
   */
  public static Optional<SweepConfig> loadSweep(Path file, List<String> overrides) {
    return loadAll(file, overrides).sweep();
  }

  private static Loaded loadAll(Path file, List<String> overrides) {
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
    return loadAll(name, text, overrides).config();
  }

  /**
   * The keys that a configuration spells out, as {@link RunConfig#resolved} names them: what {@link
   * RunConfig#render} wrote has all that the Fletch of its time knew.
   *
   * @param text that can be loaded
   */
  public static Set<String> keys(String text) {
    Set<String> keys = new TreeSet<>();
    content(ConfigFactory.parseString(text)).entrySet().forEach(e -> keys.add(e.getKey()));
    return keys;
  }

  /** As {@link #loadSweep(Path, List)}, for text that does not come from a local file. */
  public static Optional<SweepConfig> loadSweep(String name, String text, List<String> overrides) {
    return loadAll(name, text, overrides).sweep();
  }

  private static Loaded loadAll(String name, String text, List<String> overrides) {
    return load(name, () -> ConfigFactory.parseString(text, options(name)), overrides);
  }

  private static Loaded load(String name, Supplier<Config> parser, List<String> overrides) {
    Problems problems = new Problems(name);
    try {
      Config defaults = defaults();
      Config overriding = Overrides.parse(overrides, problems);
      Config file = parser.get();
      Config unresolved = overriding.withFallback(named(file, overriding)).withFallback(file);
      // Resolved in one tree with the defaults: only so may a key refer to itself.
      Config resolved = unresolved.withFallback(defaults).resolve();
      ConfigObject written = Values.beyond(resolved.root(), defaults.root());
      return read(written, overriding.resolveWith(resolved), defaults.root(), problems);
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(
          e.origin() == null
              ? new ConfigProblem(name, 0, "", ParserMessage.of(e))
              : Problems.problem(e.origin(), "", ParserMessage.of(e)));
    } catch (StrictIncluder.MissingException e) {
      problems.add(new ConfigProblem(name, 0, "", e.getMessage()));
    } catch (StackOverflowError e) {
      problems.add(new ConfigProblem(name, 0, "", "has sections nested too deeply to be read"));
    }
    throw problems.refusal(); // nothing to read the other problems from
  }

  /**
   * The selectors of sections that {@code file} has by their name alone and over which {@code
   * overriding} lays keys, which would otherwise hide the name.
   */
  private static Config named(Config file, Config overriding) {
    Config over = content(overriding);
    Config names = ConfigFactory.empty();
    try {
      for (ShortSection section : ShortSection.ALL) {
        if (section.isSection(over)) {
          Config resolved = file.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
          names = names.withFallback(section.named(content(resolved)).atPath(ROOT));
        }
      }
      return names;
    } catch (com.typesafe.config.ConfigException.NotResolved e) {
      return ConfigFactory.empty(); // a name that is a substitution itself
    }
  }

  /** The section {@code fletch}; empty if there is none. */
  static Config content(Config config) {
    return config.root().get(ROOT) instanceof ConfigObject section
        ? section.toConfig()
        : ConfigFactory.empty();
  }

  private static Loaded read(
      ConfigObject written, Config overriding, ConfigObject defaults, Problems problems) {
    refuseOutside(written, problems);
    ConfigObject section = Values.EMPTY;
    if (written.get(ROOT) instanceof ConfigObject found) {
      section = found;
    } else if (written.containsKey(ROOT)) {
      problems.add(written.get(ROOT).origin(), ROOT, "must be a section { }");
    }
    QuotedSubstitution.refuse(section, problems);
    Reading reading = new Reading((ConfigObject) defaults.get(ROOT), defaults);
    Loaded loaded =
        reading.readAll(
            WholeRuns.overridden(section, content(overriding)),
            (ConfigObject) defaults.get("sweep"),
            problems);
    problems.orThrow();
    return loaded;
  }

  private static void refuseOutside(ConfigObject written, Problems problems) {
    List<String> outside = written.keySet().stream().filter(k -> !k.equals(ROOT)).sorted().toList();
    for (String key : outside.subList(0, Math.min(UnknownKeys.MOST_NAMED, outside.size()))) {
      problems.addSentence(
          written.get(key).origin(),
          key,
          "unknown key " + key + " outside " + ROOT + " { }; move it inside or remove it");
    }
    problems.addCount(
        outside.size() - UnknownKeys.MOST_NAMED, "unknown key", " outside " + ROOT + " { }");
  }

  private record Loaded(RunConfig config, Optional<SweepConfig> sweep) {}

  /**
   * Reads sections {@code fletch}.
   *
   * @param defaults of that section
   * @param variants the roots {@code optimizers} and {@code schedules}
   */
  record Reading(ConfigObject defaults, ConfigObject variants) {
    /** The run, or null if it cannot be made; then a problem has been reported. */
    RunConfig read(ConfigObject section, Problems problems) {
      Section root = new Section(section, defaults, problems);
      RunConfig config = RunConfigReader.of(variants).read(root, problems);
      root.refuseUnknown();
      return config;
    }

    /** The run and its sweep, complete if there is no problem. */
    private Loaded readAll(ConfigObject section, ConfigObject sweepDefaults, Problems problems) {
      ConfigObject allDefaults = defaults.withValue(SweepReader.SECTION, sweepDefaults);
      Section root = new Section(section, allDefaults, problems);
      RunConfig config = RunConfigReader.of(variants).read(root, problems);
      boolean isSweep = root.isWritten(SweepReader.SECTION);
      Section sweep = root.section(SweepReader.SECTION);
      SweepReader.Plan plan = isSweep ? new SweepReader(problems).read(sweep) : null;
      root.refuseUnknown();
      if (plan == null) {
        return new Loaded(config, Optional.empty());
      }
      ConfigObject base = section.withoutKey(SweepReader.SECTION);
      List<TrialConfig> trials =
          new TrialReader(this, base, problems).read(plan, section.get(SweepReader.SECTION));
      return problems.isEmpty()
          ? new Loaded(
              config, Optional.of(new SweepConfig(config, plan.parallel(), trials, text(section))))
          : new Loaded(config, Optional.empty());
    }

    private static String text(ConfigObject section) {
      return section
          .atKey(ROOT)
          .root()
          .render(
              ConfigRenderOptions.defaults()
                  .setOriginComments(false)
                  .setComments(false)
                  .setJson(false));
    }
  }

  /**
   * The defaults, resolved: the roots {@code fletch}, {@code optimizers}, {@code schedules}, {@code
   * methods} and {@code sweep}. Other jars add to them by a resource {@value #MORE_DEFAULTS}.
   */
  static Config defaults() {
    return ConfigFactory.parseResources(
            RunConfigLoader.class,
            "defaults.conf",
            ConfigParseOptions.defaults().setAllowMissing(false))
        .withFallback(
            ConfigFactory.parseResources(RunConfigLoader.class.getClassLoader(), MORE_DEFAULTS))
        .resolve();
  }

  private static ConfigParseOptions options(String name) {
    return ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setIncluder(new StrictIncluder())
        .setOriginDescription(name);
  }
}
