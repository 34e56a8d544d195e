package dev.fletch.engine;

/** What the columns of a slot are: the pixels of images, or the positions of texts. */
public sealed interface Extent permits ImageExtent, Sequences {
  /** Number of examples, N. */
  int examples();

  /** Columns of the slot's matrices. */
  int columns();

  /** The most columns there can be: what memory is laid out for. */
  long capacity();

  /** Which columns belong to which example. */
  Examples places();

  /** How many sides an example has: 2 of an image, 1 of a text. */
  int dimensions();

  /**
   * What is left of it by a window that moves by {@code stride}, halves rounded up.
   *
   * @param stride 1 or 2
   */
  Extent strided(int stride);

  /**
   * A window that slides over it.
   *
   * @param kernel side of the window, odd
   * @param stride 1 or 2
   */
  Window window(int kernel, int stride, int dilation);
}
