package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Examples cannot be decoded; all are known before the first is complained of. */
final class BrokenExamplesException extends DataException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 20;

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
  private final transient List<DataException> failures;

  /**
   * @param failures of one example each, in the order in which they are named
   */
  BrokenExamplesException(Kind kind, List<DataException> failures) {
    super(message(kind, failures), failures.get(0));
    this.kind = kind;
    this.failures = List.copyOf(failures);
  }

  private static String message(Kind kind, List<DataException> failures) {
    int count = failures.size();
    String named =
        failures.stream()
            .limit(NAMED)
            .map(DataException::getMessage)
            .collect(Collectors.joining("; "));
    if (count == 1) {
      return named + kind.remedyOfOne;
    }
    String others = count > NAMED ? "; and %d others".formatted(count - NAMED) : "";
    return "%d %s: %s%s%s".formatted(count, kind.complaint, named, others, kind.remedy);
  }

  /** With those that {@code reading} finds after these; whatever else it finds can wait. */
  BrokenExamplesException and(Runnable reading) {
    try {
      reading.run();
      return this;
    } catch (BrokenExamplesException others) {
      List<DataException> all = new ArrayList<>(failures);
      all.addAll(others.failures);
      return new BrokenExamplesException(kind, all);
    } catch (DataException other) {
      addSuppressed(other);
      return this;
    }
  }
}
