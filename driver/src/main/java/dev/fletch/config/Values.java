package dev.fletch.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.fletch.settings.HasText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Configuration values as Java values; empty where the type does not fit. */
final class Values {
  static final ConfigObject EMPTY = ConfigFactory.empty().root();

  private Values() {}

  /** Text, or a number or flag taken as text, exactly as it was written. */
  static Optional<String> text(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> Optional.of((String) value.unwrapped());
      case NUMBER, BOOLEAN -> Optional.of(rendered(value));
      case NULL, LIST, OBJECT -> Optional.empty();
    };
  }

  /** A number, also when quoted: overrides arrive as text. */
  static Optional<BigDecimal> number(ConfigValue value) {
    if (value.valueType() != ConfigValueType.NUMBER
        && value.valueType() != ConfigValueType.STRING) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(value.unwrapped().toString()));
    } catch (NumberFormatException e) {
      return Optional.empty(); // the caller reports it with its key and origin
    }
  }

  static Optional<Long> longInteger(ConfigValue value) {
    try {
      return number(value).map(BigDecimal::longValueExact);
    } catch (ArithmeticException e) {
      return Optional.empty(); // a fraction or out of range; the caller reports it
    }
  }

  static Optional<Integer> integer(ConfigValue value) {
    return longInteger(value).filter(n -> n.intValue() == n).map(Long::intValue);
  }

  static Optional<Boolean> flag(ConfigValue value) {
    return switch (String.valueOf(value.unwrapped())) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Whether there is a value, and neither an empty text nor an empty list. */
  static boolean isSaid(ConfigValue value) {
    return value != null && !value.unwrapped().equals("") && !value.unwrapped().equals(List.of());
  }

  /** Every element of a list; empty if the value is none, or an element does not fit. */
  static <T> Optional<List<T>> elements(
      ConfigValue value, Function<ConfigValue, Optional<T>> parser) {
    if (!(value instanceof ConfigList list)) {
      return Optional.empty();
    }
    List<T> elements = list.stream().map(parser).flatMap(Optional::stream).toList();
    return elements.size() == list.size() ? Optional.of(elements) : Optional.empty();
  }

  /** The names of those options that messages list. */
  static <T> String names(List<T> options, Function<T, String> name) {
    return options.stream().filter(HasText::lists).map(name).collect(Collectors.joining(", "));
  }

  /** The option whose name was written; {@code value} may be null. */
  static <T> Optional<T> find(ConfigValue value, List<T> options, Function<T, String> name) {
    return value != null && value.valueType() == ConfigValueType.STRING
        ? options.stream().filter(o -> name.apply(o).equals(value.unwrapped())).findFirst()
        : Optional.empty();
  }

  /**
   * What {@code values} holds beyond {@code defaults}, over which it was laid: a value is a default
   * if it stands where the default was written.
   */
  static ConfigObject beyond(ConfigObject values, ConfigObject defaults) {
    ConfigObject left = values;
    for (String key : defaults.keySet()) {
      ConfigValue value = values.get(key);
      ConfigValue usual = defaults.get(key);
      if (value instanceof ConfigObject section && usual instanceof ConfigObject below) {
        ConfigObject inside = beyond(section, below);
        left = inside.isEmpty() ? left.withoutKey(key) : left.withValue(key, inside);
      } else if (value.equals(usual) && value.origin().equals(usual.origin())) {
        left = left.withoutKey(key);
      }
    }
    return left;
  }

  /** {@code value} below sections of the names {@code path}, which have its origin. */
  static ConfigObject nested(List<String> path, ConfigValue value) {
    ConfigValue inner = value;
    for (int i = path.size() - 1; i >= 0; i--) {
      inner = ConfigValueFactory.fromMap(Map.of(path.get(i), inner)).withOrigin(value.origin());
    }
    return (ConfigObject) inner;
  }

  /** How a message quotes the value. */
  static String shown(ConfigValue value) {
    if (value instanceof ConfigList list) {
      return list.stream().map(Values::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof ConfigObject ? "a section" : rendered(value);
  }

  /** As {@link #shown}, without the quotes around text. */
  static String plain(ConfigValue value) {
    return text(value).orElseGet(() -> shown(value));
  }

  private static String rendered(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
