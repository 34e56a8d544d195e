package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.search.StopRule;
import dev.fletch.settings.KeyName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads {@code search.stop}, which accepts exactly the keys of its rule. */
final class StopReader implements RecordKeys.Form<StopRule> {
  static final String PATH = "search.stop";
  static final String RULE = "rule";

  private final Variants rules;

  /**
   * @param defaults has the root {@code stop-rules}, a section by name of rule
   */
  StopReader(ConfigObject defaults) {
    this.rules = new Variants(RULE, (ConfigObject) defaults.get("stop-rules"));
  }

  /** The rule, or null if it is refused. */
  @Override
  public StopRule read(Section search, String key) {
    Section section = search.section(key, RULE);
    Class<? extends StopRule> type = section.choice(RULE, all(), StopReader::name);
    section.useDefaults(RULE, name(type), rules.defaults(name(type)));
    StopRule rule = RecordKeys.PLAIN.read(section, type);
    rules.refuseOthers(section, name(type));
    return rule;
  }

  @Override
  public void write(StopRule rule, Map<String, Object> section) {
    section.put(RULE, name(rule.getClass()));
    RecordKeys.PLAIN.write(rule, section);
  }

  static String name(Class<? extends StopRule> type) {
    return KeyName.of(type.getSimpleName());
  }

  private static List<Class<? extends StopRule>> all() {
    return Arrays.stream(StopRule.class.getPermittedSubclasses())
        .<Class<? extends StopRule>>map(c -> c.asSubclass(StopRule.class))
        .toList();
  }
}
