package dev.fletch.settings;

/** An enum whose constants have texts of their own in a configuration. */
public interface HasText {
  /** As in the configuration, for example {@code sep_conv_3x3}. */
  String text();
}
