package dev.fletch;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.method.Method;
import dev.fletch.method.Methods;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No method is left out where searches are interrupted and spread over executors. */
class MethodSearchesTest {
  @Test
  void everyMethodOfFletchIsSearchedWith() {
    Set<String> searched =
        MethodSearches.names().stream()
            .map(name -> MethodSearches.config(name).search().method().name())
            .collect(toSet());

    assertThat(
            Methods.all().stream()
                .filter(type -> type.getPackageName().equals(Method.class.getPackageName()))
                .map(Methods::name))
        .as("a line for each in MethodSearches")
        .isSubsetOf(searched);
  }
}
