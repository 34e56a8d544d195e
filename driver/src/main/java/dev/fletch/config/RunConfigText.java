package dev.fletch.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a {@link RunConfig} as HOCON, with every value spelled out. */
final class RunConfigText {
  private final StringBuilder text = new StringBuilder();
  private int depth;

  private RunConfigText() {}

  static String of(RunConfig config) {
    RunConfigText writer = new RunConfigText();
    writer.section(
        RunConfigLoader.ROOT, RunConfigReader.of(RunConfigLoader.defaults().root()).tree(config));
    return writer.text.toString();
  }

  static SortedMap<String, String> resolved(RunConfig config) {
    SortedMap<String, String> values = new TreeMap<>();
    ConfigFactory.parseString(of(config))
        .getConfig(RunConfigLoader.ROOT)
        .entrySet()
        .forEach(e -> values.put(e.getKey(), Values.shown(e.getValue())));
    return values;
  }

  private void section(String key, Map<?, ?> content) {
    line(key + " {");
    depth++;
    content.forEach(
        (below, value) -> {
          if (value instanceof Map<?, ?> section) {
            section(below.toString(), section);
          } else {
            line(below + " = " + hocon(value));
          }
        });
    depth--;
    line("}");
  }

  private static String hocon(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(RunConfigText::hocon).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String text ? ConfigUtil.quoteString(text) : value.toString();
  }

  private void line(String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }
}
