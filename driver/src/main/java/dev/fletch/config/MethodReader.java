package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.method.Method;
import dev.fletch.method.Methods;
import dev.fletch.search.PopulationSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code search.method}, which accepts exactly the keys of its method: a section, or the
 * method's name alone.
 */
final class MethodReader implements RecordKeys.Form<Method> {
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
   * The method, or null if it is refused. Changes the defaults of {@code search} to the method's,
   * so it is to be read before them.
   */
  @Override
  public Method read(Section search, String key) {
    Section section = search.section(key, NAME);
    Map<String, Class<? extends Method>> types = new LinkedHashMap<>();
    Methods.all().forEach(type -> types.put(Methods.name(type), type));
    List<String> names = new ArrayList<>(types.keySet());
    names.add(PopulationSettings.NAME); // read elsewhere; here for the message alone
    String name = section.choice(NAME, names, n -> n);
    Class<? extends Method> type = types.get(name);
    section.useDefaults(NAME, name, defaults(name));
    if (changes.get(name) instanceof ConfigObject changed) {
      search.preferDefaults(changed);
    }
    Method method = RecordKeys.PLAIN.read(section, type);
    methods.refuseOthers(section, name);
    return method;
  }

  @Override
  public void write(Method method, Map<String, Object> section) {
    section.put(NAME, method.name());
    RecordKeys.PLAIN.write(method, section);
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
