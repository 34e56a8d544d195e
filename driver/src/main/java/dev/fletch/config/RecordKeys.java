package dev.fletch.config;

import dev.fletch.settings.HasText;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.settings.Key;
import dev.fletch.settings.KeyName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Settings records as sections of a configuration, there and back: the components of a record are
 * its keys, {@code weight-decay} is {@code weightDecay}, and {@link Key} says what a name cannot.
 * Components may be texts, flags, whole numbers, numbers, enums, lists of them, and records. The
 * records alone judge the values.
 */
final class RecordKeys {
  /** For records that hold nothing with a form of its own. */
  static final RecordKeys PLAIN = new RecordKeys(Map.of());

  private final Map<Class<?>, Form<?>> forms;

  /**
   * @param forms how values of a type are read and written that is no record, or more than one
   */
  RecordKeys(Map<Class<?>, Form<?>> forms) {
    this.forms = Map.copyOf(forms);
  }

  /** A section whose keys depend on its values, such as those of the optimizer it names. */
  interface Form<T> {
    /**
     * The value, or null if it is refused; then a problem has been reported.
     *
     * @param parent the section around it, which has its keys if the component is inline
     */
    T read(Section parent, String key);

    /**
     * Puts every key with its value into {@code section}, which is the one around it for an inline
     * component.
     */
    void write(T value, Map<String, Object> section);

    /**
     * The same, for values some of whose keys stand in other sections.
     *
     * @param root the whole configuration
     */
    default void write(T value, Map<String, Object> section, Map<String, Object> root) {
      write(value, section);
    }
  }

  /**
   * The record that {@code section} asks for. Where it refuses values, the defaults stand for them,
   * so that what is wrong with others is found as well; null if there is no record even so, or not
   * of a part of it. Then, and where defaults stand in, problems have been reported.
   */
  <T> T read(Section section, Class<? extends T> type) {
    T record = read(section, type, false);
    return record == null ? read(section, type, true) : record;
  }

  private <T> T read(Section section, Class<? extends T> type, boolean again) {
    Set<Section> places = new LinkedHashSet<>();
    Object[] values =
        Arrays.stream(type.getRecordComponents())
            .map(
                c -> {
                  Section place = place(section, c);
                  places.add(place);
                  return value(place, c);
                })
            .toArray();
    T record =
        again
            ? orNull(() -> create(type, values))
            : section.build(() -> create(type, values), places.toArray(Section[]::new));
    return Arrays.asList(values).contains(null) ? null : record;
  }

  /** What is wrong with defaults that stand for refused values follows from these. */
  private static <T> T orNull(Supplier<T> record) {
    try {
      return record.get();
    } catch (InvalidSettingsException e) {
      return null;
    }
  }

  /**
   * Every key of a configuration with its value, in the order of the records: sections are maps
   * again.
   */
  Map<String, Object> tree(Object configuration) {
    Map<String, Object> root = new LinkedHashMap<>();
    write(configuration, root, root);
    return root;
  }

  /** Puts every key of a record with its value into {@code section}. */
  void write(Object record, Map<String, Object> section) {
    write(record, section, section);
  }

  /** The same, with the keys that stand in other sections. */
  void write(Object record, Map<String, Object> section, Map<String, Object> root) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Key key = component.getAnnotation(Key.class);
      Map<String, Object> place =
          key == null || key.section().isEmpty() ? section : section(root, key.section());
      Object value = value(record, component);
      if (forms.containsKey(component.getType())) {
        form(component.getType())
            .write(value, isInline(component) ? place : section(place, key(component)), root);
      } else if (value instanceof Record inner && !isChoice(component.getType())) {
        write(inner, isInline(component) ? place : section(place, key(component)), root);
      } else {
        place.put(key(component), written(component, value));
      }
    }
  }

  @SuppressWarnings("unchecked") // what is below a section's name has only been put there here
  static Map<String, Object> section(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.computeIfAbsent(key, k -> new LinkedHashMap<>());
  }

  @SuppressWarnings("unchecked") // forms are asked for values of the type they are known by
  private Form<Object> form(Class<?> type) {
    return (Form<Object>) forms.get(type);
  }

  private static Object written(RecordComponent component, Object value) {
    if (words(component).length > 0) {
      return words(component)[(int) value - 1];
    }
    if (value instanceof List<?> list) {
      return list.stream().map(element -> written(component, element)).toList();
    }
    return value instanceof Enum<?> || isChoice(value.getClass()) ? text(value) : value;
  }

  private static Section place(Section section, RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null || key.section().isEmpty() ? section : section.root().section(key.section());
  }

  private Object value(Section section, RecordComponent component) {
    String key = key(component);
    Class<?> type = component.getType();
    if (forms.containsKey(type)) {
      return form(type).read(section, key);
    }
    if (isChoice(type)) {
      return section.choice(key, options(component, type), RecordKeys::text);
    }
    if (type.isRecord()) {
      return read(isInline(component) ? section : section.section(key), type);
    }
    if (words(component).length > 0) {
      List<String> words = List.of(words(component));
      return 1 + words.indexOf(section.choice(key, words, w -> w));
    }
    if (type == List.class) {
      return list(section, component);
    }
    if (type == String.class) {
      return section.text(key);
    }
    if (type == boolean.class) {
      return section.flag(key);
    }
    if (type == int.class) {
      return section.integer(key);
    }
    if (type == long.class) {
      return section.longInteger(key);
    }
    if (type == double.class) {
      return section.number(key);
    }
    throw new IllegalStateException("No key can give a value to " + component);
  }

  private static Object list(Section section, RecordComponent component) {
    String key = key(component);
    Class<?> element =
        (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    if (isChoice(element)) {
      return section.choices(key, options(component, element), RecordKeys::text);
    }
    if (element == String.class) {
      return section.texts(key);
    }
    if (element == Integer.class) {
      return section.integers(key);
    }
    if (element == Long.class) {
      return section.longIntegers(key);
    }
    if (element == Double.class) {
      return section.numbers(key);
    }
    throw new IllegalStateException("No key can give a value to " + component);
  }

  /** Whether a key's values are those of a list: constants, or what says its own text. */
  private static boolean isChoice(Class<?> type) {
    return type.isEnum() || HasText.class.isAssignableFrom(type);
  }

  private static String text(Object choice) {
    return choice instanceof Enum<?> constant
        ? KeyName.ofConstant(constant)
        : ((HasText) choice).text();
  }

  /** What may be chosen: a list that the key names, the constants, or all that are known. */
  private static List<?> options(RecordComponent component, Class<?> type) {
    Key key = component.getAnnotation(Key.class);
    try {
      if (key != null && !key.options().isEmpty()) {
        return (List<?>) type.getField(key.options()).get(null);
      }
      return type.isEnum()
          ? List.of(type.getEnumConstants())
          : (List<?>) type.getMethod("known").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No list of what may be chosen for " + component, e);
    }
  }

  private static Object value(Object record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + component + " of " + record, e);
    }
  }

  private static <T> T create(Class<? extends T> type, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<? extends T> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException("Cannot make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make " + type, e);
    }
  }

  private static boolean isInline(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key != null && key.inline();
  }

  private static String[] words(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null ? new String[0] : key.words();
  }

  private static String key(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key == null || key.value().isEmpty() ? KeyName.of(component.getName()) : key.value();
  }
}
