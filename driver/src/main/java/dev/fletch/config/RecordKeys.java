package dev.fletch.config;

import dev.fletch.settings.KeyName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings records whose components are their keys: {@code weight-decay} is {@code weightDecay}.
 * Components may be whole numbers, numbers, enums, and lists of numbers.
 */
final class RecordKeys {
  private RecordKeys() {}

  /** The record that {@code section} asks for, or null if it refuses its values. */
  static <T> T read(Section section, Class<? extends T> type) {
    Object[] values =
        Arrays.stream(type.getRecordComponents()).map(c -> value(section, c)).toArray();
    return section.build(() -> create(type, values));
  }

  /** Every key of {@code record} with its value, in the order of the record. */
  static Map<String, Object> values(Object record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(record);
        values.put(key(component), value instanceof Enum<?> e ? RunConfigReader.name(e) : value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Cannot read " + component + " of " + record, e);
      }
    }
    return values;
  }

  private static Object value(Section section, RecordComponent component) {
    String key = key(component);
    Class<?> type = component.getType();
    if (type == int.class) {
      return section.integer(key);
    }
    if (type == double.class) {
      return section.number(key);
    }
    if (type.isEnum()) {
      List<Enum<?>> constants =
          Arrays.stream(type.getEnumConstants()).<Enum<?>>map(c -> (Enum<?>) c).toList();
      return section.choice(key, constants, RunConfigReader::name);
    }
    if (type == List.class) {
      return element(component) == Integer.class ? section.integers(key) : section.numbers(key);
    }
    throw new IllegalStateException("No key can give a value to " + component);
  }

  private static Type element(RecordComponent component) {
    return ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
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

  private static String key(RecordComponent component) {
    return KeyName.of(component.getName());
  }
}
