package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fletch.settings.Checks;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.settings.Nearest;
import dev.fletch.settings.SettingProblem;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One section of a configuration: what was written, over its defaults. Reading a key makes it
 * known; what is written and was never read is unknown.
 *
 * <p>A value of the wrong type is reported and replaced by its default, so that reading goes on and
 * finds the other problems.
 */
final class Section {
  private final String path;
  private final ConfigObject written;
  private ConfigObject defaults;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Section> sections = new LinkedHashMap<>();
  private final Section root;

  /** The root, which all other sections lie in. */
  Section(ConfigObject written, ConfigObject defaults, Problems problems) {
    this(null, "", written, defaults, problems);
  }

  private Section(
      Section root, String path, ConfigObject written, ConfigObject defaults, Problems problems) {
    this.root = root == null ? this : root;
    this.path = path;
    this.written = written;
    this.defaults = defaults;
    this.problems = problems;
  }

  /** The whole configuration. */
  Section root() {
    return root;
  }

  /** The section called {@code key}: the same one each time. */
  Section section(String key) {
    ConfigValue value = written.get(key);
    if (value != null && !(value instanceof ConfigObject) && !sections.containsKey(key)) {
      refuse(key, "must be a section { }, got " + Values.shown(value));
    }
    return below(key, value instanceof ConfigObject inside ? inside : Values.EMPTY);
  }

  /** A section that may be written as the value of one of its keys alone, {@code selector}. */
  Section section(String key, String selector) {
    ConfigValue value = written.get(key);
    return value == null || value.valueType() != ConfigValueType.STRING
        ? section(key)
        : below(key, Values.EMPTY.withValue(selector, value));
  }

  private Section below(String key, ConfigObject content) {
    known.add(key);
    ConfigObject usual = (ConfigObject) defaults.getOrDefault(key, Values.EMPTY);
    return sections.computeIfAbsent(
        key, k -> new Section(root, pathOf(k), content, usual, problems));
  }

  /** Puts {@code others} before the defaults that are there. */
  void preferDefaults(ConfigObject others) {
    defaults = others.withFallback(defaults);
  }

  /**
   * Replaces the defaults by {@code others} unless they already say {@code value} for {@code key}.
   */
  void useDefaults(String key, String value, ConfigObject others) {
    if (!value.equals(defaults.get(key).unwrapped())) {
      defaults = others;
    }
  }

  /** Adds defaults for keys that have none. */
  void addDefaults(ConfigObject others) {
    defaults = defaults.withFallback(others);
  }

  String text(String key) {
    return read(key, "text", "", Values::text);
  }

  double number(String key) {
    return read(key, "a number", BigDecimal.ZERO, Values::number).doubleValue();
  }

  int integer(String key) {
    long value = longInteger(key);
    if (value != (int) value) {
      refuse(key, "must be at most " + Integer.MAX_VALUE + " in size, got " + value);
    }
    return (int) value;
  }

  long longInteger(String key) {
    return read(key, "a whole number", 0L, Values::longInteger);
  }

  boolean flag(String key) {
    return read(key, "true or false", false, Values::flag);
  }

  List<String> texts(String key) {
    return list(key, "a list of texts", Values::text);
  }

  List<Long> longIntegers(String key) {
    return list(key, "a list of whole numbers", Values::longInteger);
  }

  List<Double> numbers(String key) {
    return list(key, "a list of numbers", v -> Values.number(v).map(BigDecimal::doubleValue));
  }

  List<Integer> integers(String key) {
    return list(key, "a list of whole numbers", Values::integer);
  }

  /** One of {@code options}, each written as {@code name} says. */
  <T> T choice(String key, List<T> options, Function<T, String> name) {
    List<String> names = options.stream().map(name).toList();
    return read(
        key,
        "one of " + String.join(", ", names),
        options.get(0),
        v -> Values.find(v, options, name),
        v -> Nearest.to(String.valueOf(v.unwrapped()), names));
  }

  /** As {@link #choice}, of a key that was read before: what is wrong with it has been reported. */
  <T> T known(String key, List<T> options, Function<T, String> name) {
    return Stream.of(written, defaults)
        .flatMap(values -> Values.find(values.get(key), options, name).stream())
        .findFirst()
        .orElse(options.get(0));
  }

  /** A list of {@code options}, each written as {@code name} says. */
  <T> List<T> choices(String key, List<T> options, Function<T, String> name) {
    String any = "a list of any of " + Values.names(options, name);
    return list(key, any, v -> Values.find(v, options, name));
  }

  /** The keys written here of which nothing is known yet. */
  List<String> unknown() {
    return written.keySet().stream().filter(k -> !known.contains(k)).toList();
  }

  /** What is written for {@code key}, of whatever type. */
  Optional<ConfigValue> raw(String key) {
    known.add(key);
    return Optional.ofNullable(written.get(key));
  }

  boolean isWritten(String key) {
    return written.containsKey(key);
  }

  boolean isRefused(String key) {
    return refused.contains(key);
  }

  /** Reports {@code key}, which has been written, as breaking {@code rule}. */
  void refuse(String key, String rule) {
    known.add(key);
    refused.add(key);
    problems.add(written.get(key).origin(), pathOf(key), rule);
  }

  /** Treats {@code key} as known, and anything wrong with it as a consequence of other keys. */
  void ignore(String key) {
    known.add(key);
    refused.add(key);
  }

  /**
   * What {@code record} makes, or null if it refuses its values: then each problem is reported
   * under the key that was written, and the key has its default from then on.
   *
   * @param others sections that also gave values to the record
   */
  <T> T build(Supplier<T> record, Section... others) {
    try {
      return record.get();
    } catch (InvalidSettingsException e) {
      e.problems().forEach(problem -> report(problem, others));
      for (SettingProblem problem : e.problems()) {
        String key = problem.key();
        owner(key, others).at(key, (section, last) -> section.refused.add(last));
      }
      return null;
    }
  }

  /** Reports what {@code checks} of several sections found, under keys with their sections. */
  void checkTogether(Checks checks) {
    checks.problems().forEach(this::report);
  }

  private void report(SettingProblem problem, Section... others) {
    boolean isConsequence = // of a value that has been replaced
        Stream.concat(Stream.of(problem.key()), problem.dependsOn().stream())
            .anyMatch(k -> owner(k, others).at(k, Section::isRefused));
    if (!isConsequence) {
      Section owner = owner(problem.key(), others);
      problems.add(
          owner.pathOf(problem.key()),
          owner.at(problem.key(), (section, last) -> section.written.get(last)),
          owner.at(problem.key(), (section, last) -> section.defaults.get(last)),
          problem.rule());
    }
  }

  private Section owner(String key, Section... others) {
    return Stream.of(others).filter(s -> s.known.contains(key)).findFirst().orElse(this);
  }

  /** What {@code question} says of the last part of a key, in the section that has it. */
  private <T> T at(String key, BiFunction<Section, String, T> question) {
    int dot = key.indexOf('.');
    return dot < 0 || !sections.containsKey(key.substring(0, dot))
        ? question.apply(this, key)
        : sections.get(key.substring(0, dot)).at(key.substring(dot + 1), question);
  }

  /** Reports every key written here or below that was never read. */
  void refuseUnknown() {
    UnknownKeys unknown = new UnknownKeys();
    collectUnknown(unknown);
    unknown.report(problems);
  }

  private void collectUnknown(UnknownKeys unknown) {
    known.forEach(k -> unknown.know(pathOf(k)));
    unknown().forEach(k -> unknown.add(written.get(k).origin(), path, k, known));
    sections.values().forEach(s -> s.collectUnknown(unknown));
  }

  private <T> List<T> list(String key, String expected, Function<ConfigValue, Optional<T>> parser) {
    return read(key, expected, List.of(), v -> Values.elements(v, parser));
  }

  private <T> T read(
      String key, String expected, T placeholder, Function<ConfigValue, Optional<T>> parser) {
    return read(key, expected, placeholder, parser, v -> Optional.empty());
  }

  /**
   * @param meant what a value that cannot be read was probably meant to be
   */
  private <T> T read(
      String key,
      String expected,
      T placeholder,
      Function<ConfigValue, Optional<T>> parser,
      Function<ConfigValue, Optional<String>> meant) {
    known.add(key);
    ConfigValue value = refused.contains(key) ? null : written.get(key);
    if (value != null) {
      Optional<T> parsed = parser.apply(value);
      if (parsed.isPresent()) {
        return parsed.get();
      }
      String advice = meant.apply(value).map(m -> "; did you mean " + m + "?").orElse("");
      refuse(key, "must be " + expected + ", got " + Values.shown(value) + advice);
    } else if (!defaults.containsKey(key) && refused.add(key)) {
      problems.addUnwritten(pathOf(key), "is required and must be " + expected);
    }
    return Optional.ofNullable(defaults.get(key)).flatMap(parser).orElse(placeholder);
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
