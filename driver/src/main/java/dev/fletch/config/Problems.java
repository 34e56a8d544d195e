package dev.fletch.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collects the problems of one configuration, at most one per key and origin: the first says why.
 */
final class Problems {
  /** Origin of values given on the command line. */
  static final String OVERRIDE = "--set";

  private static final Pattern LINE = Pattern.compile("^(.*): (\\d+)(-\\d+)?$");

  private final String file;
  private final List<ConfigProblem> found = new ArrayList<>();
  private final Set<String> places = new HashSet<>();

  /**
   * @param file blamed for what is written nowhere
   */
  Problems(String file) {
    this.file = file;
  }

  /** The key breaks {@code rule}, which is read after the key. */
  void add(ConfigOrigin origin, String key, String rule) {
    addSentence(origin, key, key + " " + rule);
  }

  /**
   * The key breaks {@code rule}, with a value that was written or with the default.
   *
   * @param written null if nobody wrote any
   * @param usual null if there is no default
   */
  void add(String key, ConfigValue written, ConfigValue usual, String rule) {
    if (written != null) {
      add(written.origin(), key, rule);
    } else {
      addUnwritten(key, rule + (Values.isSaid(usual) ? " (the default)" : ""));
    }
  }

  void addSentence(ConfigOrigin origin, String key, String sentence) {
    add(problem(origin, key, sentence));
  }

  /** As {@link #add(ConfigOrigin, String, String)}, about a key that nobody wrote. */
  void addUnwritten(String key, String rule) {
    add(new ConfigProblem(file, 0, key, key + " " + rule));
  }

  void add(ConfigProblem problem) {
    boolean isNew = places.add(problem.origin() + ": " + problem.key());
    if (isNew || problem.key().isEmpty()) {
      found.add(problem);
    }
  }

  /** Says that there are {@code more} of a kind that are not named; nothing if there are none. */
  void addCount(int more, String kind, String where) {
    if (more > 0) {
      String plural = more == 1 ? kind : kind + "s";
      String text = String.format(Locale.ROOT, "and %,d more %s%s", more, plural, where);
      addAlways(new ConfigProblem(file, 0, "", text));
    }
  }

  /** Adds {@code problem} also if there is one of the same key and origin. */
  void addAlways(ConfigProblem problem) {
    found.add(problem);
  }

  /** Without problems yet, blaming the same file for what is written nowhere. */
  Problems ofSameFile() {
    return new Problems(file);
  }

  List<ConfigProblem> all() {
    return List.copyOf(found);
  }

  int count() {
    return found.size();
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * @throws ConfigException if there are any, see {@link #refusal}
   */
  void orThrow() {
    if (!found.isEmpty()) {
      throw refusal();
    }
  }

  /** All problems in the order of the file, then of other files, then the overrides. */
  ConfigException refusal() {
    return new ConfigException(
        found.stream()
            .sorted(
                Comparator.comparingInt(this::rank)
                    .thenComparing(ConfigProblem::source)
                    .thenComparingInt(p -> p.line() == 0 ? Integer.MAX_VALUE : p.line()))
            .toList());
  }

  private int rank(ConfigProblem problem) {
    if (problem.source().equals(OVERRIDE)) {
      return 2;
    }
    return problem.source().equals(file) ? 0 : 1;
  }

  static ConfigProblem problem(ConfigOrigin origin, String key, String sentence) {
    Matcher matcher = LINE.matcher(origin.description());
    if (!matcher.matches()) {
      return new ConfigProblem(origin.description(), 0, key, sentence);
    }
    String source = matcher.group(1);
    int line = source.equals(OVERRIDE) ? 0 : Integer.parseInt(matcher.group(2));
    return new ConfigProblem(source, line, key, sentence);
  }
}
