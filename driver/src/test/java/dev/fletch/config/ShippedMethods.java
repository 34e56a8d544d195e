package dev.fletch.config;

import dev.fletch.method.Method;
import dev.fletch.method.Methods;
import java.util.stream.Stream;

/** The methods that Fletch brings; the tests' class path has one more. */
final class ShippedMethods {
  private ShippedMethods() {}

  static Stream<String> names() {
    return Methods.all().stream()
        .filter(type -> type.getPackageName().equals(Method.class.getPackageName()))
        .map(Methods::name);
  }
}
