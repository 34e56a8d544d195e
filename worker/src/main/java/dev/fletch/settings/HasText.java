package dev.fletch.settings;

/**
 * A value that is chosen by its text in a configuration: a constant of an enum, or of a class whose
 * static method {@code known()} lists all there are.
 */
public interface HasText {
  /** As in the configuration, for example {@code sep_conv_3x3}. */
  String text();
}
