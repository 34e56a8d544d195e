package dev.fletch.settings;

/**
 * A value that is chosen by its text in a configuration: a constant of an enum, or of a class whose
 * static method {@code known()} lists all there are.
 */
public interface HasText {
  /** As in the configuration, for example {@code sep_conv_3x3}. */
  String text();

  /** Whether messages list it among what can be written; what follows from others need not be. */
  default boolean isListed() {
    return true;
  }

  /** Whether messages list a choice, of whatever type. */
  static boolean lists(Object choice) {
    return !(choice instanceof HasText text) || text.isListed();
  }
}
