package dev.fletch.data;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The formats on the class path; read once. */
final class KnownFormats {
  static final List<DataFormat> ALL = formats();

  private KnownFormats() {}

  private static List<DataFormat> formats() {
    // a thread's own loader may not see this library, as in an executor
    ClassLoader loader = DataFormat.class.getClassLoader();
    return checked(
        ServiceLoader.load(DataFormat.class, loader).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  /**
   * The formats in the order that people see.
   *
   * @throws IllegalStateException if two have one name, or one is no record
   */
  static List<DataFormat> checked(List<DataFormat> found) {
    Map<String, DataFormat> byName = new LinkedHashMap<>();
    for (DataFormat format : found) {
      String type = format.getClass().getName();
      if (!format.getClass().isRecord()) {
        throw new IllegalStateException(
            "Format %s is no record: make %s one, so that two of it are equal"
                .formatted(format.text(), type));
      }
      DataFormat other = byName.put(format.text(), format);
      if (other != null) {
        throw new IllegalStateException(
            "Format %s is %s and %s: a name must belong to one"
                .formatted(format.text(), other.getClass().getName(), type));
      }
    }
    // stable: ours keep the order of their file
    return byName.values().stream().sorted(Comparator.comparing(KnownFormats::place)).toList();
  }

  private static String place(DataFormat format) {
    return format.getClass().getPackage().equals(DataFormat.class.getPackage())
        ? ""
        : format.text();
  }
}
