package dev.fletch.engine;

import java.util.Locale;

/** A function of single values. */
public enum ElementFunction {
  RELU,
  SIGMOID,
  TANH;

  double of(double x) {
    return switch (this) {
      case RELU -> Math.max(0, x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
    };
  }

  double derivative(double x) {
    double y = of(x);
    return switch (this) {
      case RELU -> x > 0 ? 1 : 0;
      case SIGMOID -> y * (1 - y);
      case TANH -> 1 - y * y;
    };
  }

  /** As written in names: {@code relu}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
