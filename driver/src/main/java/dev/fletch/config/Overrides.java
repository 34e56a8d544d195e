package dev.fletch.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.BadPath;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Overrides of the form {@code key=value}, the key with or without the root {@code fletch}.
 *
 * <p>A value that begins with a bracket, brace or quote is HOCON; any other is taken as it stands,
 * so that {@code output=hdfs://host/run} needs no quoting. Later overrides win.
 */
final class Overrides {
  private Overrides() {}

  static Config parse(List<String> overrides, Problems problems) {
    Config config = ConfigFactory.empty();
    Config hiding = ConfigFactory.empty();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        add(problems, "", "\"" + override + "\" must have the form key=value");
        continue;
      }
      String key = override.substring(0, equals).strip();
      try {
        ConfigValue value = value(override.substring(equals + 1).strip());
        Config one = Values.nested(rooted(key), value).toConfig();
        if (!(one.root().get(RunConfigLoader.ROOT) instanceof ConfigObject)) {
          add(problems, key, key + " must be a section { }, got " + Values.shown(value));
          continue;
        }
        Config content = RunConfigLoader.content(one);
        config = ShortSection.spelledOut(content).withFallback(config);
        for (ShortSection section : ShortSection.ALL) {
          hiding = section.alone(content).withFallback(hiding);
        }
      } catch (BadPath e) {
        add(problems, "", "\"" + key + "\" is not a key");
      } catch (com.typesafe.config.ConfigException.Parse e) {
        add(problems, key, key + " has a value that is not HOCON: " + ParserMessage.of(e));
      }
    }
    // A name in place of a section hides what the file has there, however many keys are laid over
    // it.
    return config.isEmpty() ? config : config.withFallback(hiding).atPath(RunConfigLoader.ROOT);
  }

  private static ConfigValue value(String text) {
    if (text.isEmpty() || "[{\"".indexOf(text.charAt(0)) < 0) {
      return ConfigValueFactory.fromAnyRef(text, Problems.OVERRIDE);
    }
    return ConfigFactory.parseString(
            "value = " + text,
            ConfigParseOptions.defaults().setOriginDescription(Problems.OVERRIDE))
        .getValue("value");
  }

  private static List<String> rooted(String key) {
    List<String> path = new ArrayList<>(ConfigUtil.splitPath(key));
    if (!path.get(0).equals(RunConfigLoader.ROOT)) {
      path.add(0, RunConfigLoader.ROOT);
    }
    return path;
  }

  private static void add(Problems problems, String key, String sentence) {
    problems.add(new ConfigProblem(Problems.OVERRIDE, 0, key, sentence));
  }
}
