package dev.fletch.method;

import dev.fletch.settings.KeyName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every search method there is: the records named in the resources {@value #LISTING} of the class
 * path, a class a line, {@code #} beginning a comment. A method may so come from any jar.
 */
public final class Methods {
  /** Where methods are listed. */
  public static final String LISTING = "META-INF/fletch/methods";

  private Methods() {}

  /**
   * The classes of all methods, those that Fletch brings before others.
   *
   * @throws IllegalStateException if a listing names what is no method, or a name is taken
   */
  public static List<Class<? extends Method>> all() {
    return listed(Method.class.getClassLoader());
  }

  /** The name that configurations use for a class of {@link #all}. */
  public static String name(Class<? extends Method> type) {
    return KeyName.of(type.getSimpleName());
  }

  static List<Class<? extends Method>> listed(ClassLoader loader) {
    Map<String, Class<? extends Method>> named = new LinkedHashMap<>();
    try {
      for (URL listing : Collections.list(loader.getResources(LISTING))) {
        for (String line : lines(listing)) {
          Class<? extends Method> type = type(line, listing, loader);
          refuseSecond(named.putIfAbsent(name(type), type), type, listing);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the lists of methods, " + LISTING, e);
    }
    List<Class<? extends Method>> all = new ArrayList<>(named.values());
    all.sort(Comparator.comparing(type -> !type.getPackage().equals(Method.class.getPackage())));
    return all;
  }

  private static List<String> lines(URL listing) throws IOException {
    try (InputStream in = listing.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private static Class<? extends Method> type(String name, URL listing, ClassLoader loader) {
    Class<?> type;
    try {
      type = Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Cannot find the method " + name + ", listed in " + listing + ": no such class", e);
    }
    if (!type.isRecord() || !Method.class.isAssignableFrom(type)) {
      throw new IllegalStateException(
          "Cannot use %s, listed in %s: a method is a record that implements %s"
              .formatted(name, listing, Method.class.getName()));
    }
    return type.asSubclass(Method.class);
  }

  private static void refuseSecond(
      Class<? extends Method> first, Class<? extends Method> second, URL listing) {
    if (first != null && first != second) {
      throw new IllegalStateException(
          "Cannot use %s, listed in %s: the name %s is that of %s; rename its class"
              .formatted(second.getName(), listing, name(second), first.getName()));
    }
  }
}
