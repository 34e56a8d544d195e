package dev.fletch.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import dev.fletch.method.Method;
import dev.fletch.method.Methods;

/**
 * Reads {@code search.method}, which accepts exactly the keys of its method: a section, or the
 * method's name alone.
 */
final class MethodReader {
  static final String SECTION = "method";
  static final String NAME = "name";

  static final String PATH = "search." + SECTION;

  private final Variants methods;
  private final ConfigObject changes;

  /**
   * @param defaults has the roots {@code methods}, a section by name of method, and {@code
   *     method-defaults}, what a method changes in the defaults of {@code search}
   */
  MethodReader(ConfigObject defaults) {
    this.methods = new Variants(NAME, SECTION, (ConfigObject) defaults.get("methods"));
    this.changes = (ConfigObject) defaults.get("method-defaults");
  }

  /**
   * The section {@code fletch} with a method that is written as its name alone spelled out as a
   * section, so that keys of the method can be laid over it.
   */
  static Config spelledOut(Config section) {
    return named(section).withFallback(section);
  }

  /** The key {@code name} of a method that is written as its name alone; nothing otherwise. */
  static Config named(Config section) {
    boolean isNamed =
        section.hasPath(PATH) && section.getValue(PATH).valueType() == ConfigValueType.STRING;
    return isNamed ? section.getValue(PATH).atPath(PATH + "." + NAME) : ConfigFactory.empty();
  }

  /**
   * The method, or null if it is refused. Changes the defaults of {@code search} to the method's,
   * so it is to be read before them.
   */
  Method read(Section search) {
    Section section = search.section(SECTION, NAME);
    Class<? extends Method> type = section.choice(NAME, Methods.all(), Methods::name);
    String name = Methods.name(type);
    section.useDefaults(NAME, name, defaults(name));
    if (changes.get(name) instanceof ConfigObject changed) {
      search.preferDefaults(changed);
    }
    Method method = RecordKeys.read(section, type);
    methods.refuseOthers(section, name);
    return method;
  }

  private ConfigObject defaults(String name) {
    ConfigObject defaults = methods.defaults(name);
    if (defaults == null) {
      throw new IllegalStateException(
          "Method %s has no defaults: give methods.%s { name = %s } in %s"
              .formatted(name, name, name, RunConfigLoader.MORE_DEFAULTS));
    }
    return defaults;
  }
}
