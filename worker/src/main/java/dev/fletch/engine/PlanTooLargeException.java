package dev.fletch.engine;

/** A plan has a tensor of more values than one block of memory can hold. */
public final class PlanTooLargeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Of something of so many values, where no more than {@code limit} can be. */
  public PlanTooLargeException(String values, long limit) {
    super(
        "A tensor of "
            + values
            + " values is too large: the limit is "
            + limit
            + "; take a smaller batch");
  }
}
