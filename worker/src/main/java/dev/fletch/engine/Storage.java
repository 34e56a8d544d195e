package dev.fletch.engine;

/**
 * Room for a number of values. What lies in it is known when a plan is laid out; where it is, only
 * once the whole plan is known.
 */
final class Storage {
  private final long length;
  private final String unplaced;
  private Memory block;
  private long offset;

  /**
   * @param length values
   * @param unplaced what to say if it is used before it has a place
   */
  Storage(long length, String unplaced) {
    this.length = length;
    this.unplaced = unplaced;
  }

  long length() {
    return length;
  }

  /** Gives this storage its place. */
  void place(Memory newBlock, long newOffset) {
    this.block = newBlock;
    this.offset = newOffset;
  }

  Memory block() {
    if (block == null) {
      throw new IllegalStateException(unplaced);
    }
    return block;
  }

  /** Where value {@code from} lies in the block. */
  long at(long from) {
    return offset + from;
  }
}
