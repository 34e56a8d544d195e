package dev.fletch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Activation;
import dev.fletch.engine.ElementFunction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An architecture's activations are found among the engine's functions by their names. */
class ActivationNamesTest {
  @Test
  void everyActivationButIdentityIsAFunctionOfTheEngine() {
    List<Activation> computed =
        Stream.of(Activation.values()).filter(a -> a != Activation.IDENTITY).toList();

    assertThat(computed.stream().map(Activation::name))
        .containsExactlyElementsOf(
            Arrays.stream(ElementFunction.values()).map(ElementFunction::name).toList());
    assertThat(computed.stream().map(Activation::text))
        .containsExactlyElementsOf(
            Arrays.stream(ElementFunction.values()).map(ElementFunction::text).toList());
  }
}
