package dev.fletch.method;

import java.util.Optional;

/** Methods that learn no architecture parameters, and so have nothing that others do with them. */
interface WithoutAlpha extends Method {
  String REASON = "it has no alpha";

  @Override
  default Optional<String> withoutTemperature() {
    return Optional.of(REASON);
  }

  @Override
  default Optional<String> withoutSecondOrder() {
    return Optional.of(REASON);
  }

  @Override
  default Optional<String> withoutStopping() {
    return Optional.of(REASON);
  }
}
