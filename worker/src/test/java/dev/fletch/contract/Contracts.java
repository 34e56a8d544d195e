package dev.fletch.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which implementations there are, and which of them are held to a contract. */
public final class Contracts {
  private Contracts() {}

  /**
   * Fails unless every concrete class of this module that implements {@code type} is the subject of
   * a contract nested in {@code tests}.
   */
  public static void assertEveryImplementationIsHeld(Class<?> type, Object tests) throws Exception {
    Set<String> missing = implementations(type);
    missing.removeAll(held(tests));
    assertThat(missing)
        .as(
            "held to no contract: give each a nested class in %s that extends its contract",
            tests.getClass().getName())
        .isEmpty();
  }

  /** Names of the concrete classes that the jar or folder of {@code type} has of it. */
  public static Set<String> implementations(Class<?> type) throws IOException, URISyntaxException {
    Path root = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .map(file -> load(file.replaceFirst("\\.class$", "").replace('/', '.'), type))
          .filter(found -> type.isAssignableFrom(found))
          .filter(found -> !Modifier.isAbstract(found.getModifiers()) && !found.isAnonymousClass())
          .map(Class::getName)
          .collect(toCollection(TreeSet::new));
    }
  }

  private static Class<?> load(String name, Class<?> beside) {
    try {
      return Class.forName(name, false, beside.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> held(Object tests) throws Exception {
    Set<String> held = new TreeSet<>();
    for (Class<?> nested : tests.getClass().getDeclaredClasses()) {
      if (Contract.class.isAssignableFrom(nested)) {
        Constructor<?> constructor = nested.getDeclaredConstructor(tests.getClass());
        constructor.setAccessible(true);
        Object subject = ((Contract) constructor.newInstance(tests)).subject();
        held.add(subject.getClass().getName());
        if (subject instanceof AutoCloseable open) {
          open.close();
        }
      }
    }
    return held;
  }
}
