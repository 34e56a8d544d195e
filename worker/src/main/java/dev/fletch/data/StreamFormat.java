package dev.fletch.data;

/** A file format of running text, whose next word is to be learned. */
public non-sealed interface StreamFormat extends DataFormat {
  /** Sides of a stream: its length. */
  int DIMENSIONS = 1;

  @Override
  default int dimensions() {
    return DIMENSIONS;
  }
}
