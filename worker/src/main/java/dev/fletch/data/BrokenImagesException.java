package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Images cannot be decoded; all are known before the first is complained of. */
final class BrokenImagesException extends DataException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 20;

  private final transient List<DataException> failures;

  /**
   * @param failures of one image each, in the order in which they are named
   */
  BrokenImagesException(List<DataException> failures) {
    super(message(failures), failures.get(0));
    this.failures = List.copyOf(failures);
  }

  private static String message(List<DataException> failures) {
    int count = failures.size();
    String named =
        failures.stream()
            .limit(NAMED)
            .map(DataException::getMessage)
            .collect(Collectors.joining("; "));
    if (count == 1) {
      return named + "; replace or remove it";
    }
    String others = count > NAMED ? "; and %d others".formatted(count - NAMED) : "";
    return "%d images are broken: %s%s; replace or remove them".formatted(count, named, others);
  }

  /** With those that {@code reading} finds after these; whatever else it finds can wait. */
  BrokenImagesException and(Runnable reading) {
    try {
      reading.run();
      return this;
    } catch (BrokenImagesException others) {
      List<DataException> all = new ArrayList<>(failures);
      all.addAll(others.failures);
      return new BrokenImagesException(all);
    } catch (DataException other) {
      addSuppressed(other);
      return this;
    }
  }
}
