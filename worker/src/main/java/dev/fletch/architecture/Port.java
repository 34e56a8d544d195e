package dev.fletch.architecture;

/** One of the two places where connections enter a node of a genome. */
public enum Port {
  I,
  J
}
