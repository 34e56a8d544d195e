package dev.fletch.data;

/** Examples cannot be decoded; all are known before the first is complained of. */
final class BrokenExamplesException extends DataException {
  private static final long serialVersionUID = 1L;

  /** What is broken. */
  enum Kind {
    IMAGES("images are broken", "; replace or remove it", "; replace or remove them"),
    ROWS("faults", "", "; mend them all");

    private final String complaint;
    private final String remedyOfOne;
    private final String remedy;

    Kind(String complaint, String remedyOfOne, String remedy) {
      this.complaint = complaint;
      this.remedyOfOne = remedyOfOne;
      this.remedy = remedy;
    }
  }

  private final Kind kind;
  private final transient Failures failures;

  /**
   * @param failures of one example each, one or more
   */
  BrokenExamplesException(Kind kind, Failures failures) {
    super(message(kind, failures), failures.first());
    this.kind = kind;
    this.failures = failures;
  }

  private static String message(Kind kind, Failures failures) {
    return failures.count() == 1
        ? failures.text() + kind.remedyOfOne
        : "%d %s: %s%s".formatted(failures.count(), kind.complaint, failures.text(), kind.remedy);
  }

  /** With those that {@code reading} finds after these; whatever else it finds can wait. */
  BrokenExamplesException and(Runnable reading) {
    try {
      reading.run();
      return this;
    } catch (BrokenExamplesException others) {
      Failures all = new Failures();
      all.addAll(failures);
      all.addAll(others.failures);
      return new BrokenExamplesException(kind, all);
    } catch (DataException other) {
      addSuppressed(other);
      return this;
    }
  }
}
