package dev.fletch.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A section that may be written as the value of one of its keys alone: {@code method = darts} is
 * {@code method { name = darts }}.
 *
 * @param path from the root {@code fletch}
 * @param selector the key whose value may stand for the section
 */
record ShortSection(String path, String selector) {
  static final List<ShortSection> ALL =
      List.of(
          new ShortSection(MethodReader.PATH, MethodReader.NAME),
          new ShortSection(StopReader.PATH, StopReader.RULE));

  /**
   * The contents of {@code fletch} with every such section spelled out, so that other keys of it
   * can be laid over them.
   */
  static Config spelledOut(Config content) {
    Config result = content;
    for (ShortSection section : ALL) {
      if (section.isShort(content)) {
        result = section.named(content).withFallback(result.withoutPath(section.path));
      }
    }
    return result;
  }

  /** The selector of a section that is written as its value alone; nothing otherwise. */
  Config named(Config content) {
    return isShort(content)
        ? Values.nested(elements(selector), content.getValue(path)).toConfig()
        : ConfigFactory.empty();
  }

  /** What is written in place of the section: its selector's value alone; nothing otherwise. */
  Config alone(Config content) {
    return isShort(content)
        ? Values.nested(elements(), content.getValue(path)).toConfig()
        : ConfigFactory.empty();
  }

  /** Whether keys of the section are given. */
  boolean isSection(Config content) {
    return content.hasPath(path) && content.getValue(path) instanceof ConfigObject;
  }

  private boolean isShort(Config content) {
    ConfigValue value = content.hasPath(path) ? content.getValue(path) : null;
    return value != null && value.valueType() == ConfigValueType.STRING;
  }

  private List<String> elements(String... below) {
    List<String> elements = new ArrayList<>(List.of(path.split("\\.")));
    elements.addAll(Arrays.asList(below));
    return elements;
  }
}
