package dev.fletch.data;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Labels of a file that there cannot be. They are one fault of it, however many rows have them: a
 * file with other labels has them in every row.
 */
final class UnknownLabels {
  private static final int NAMED = 10;

  private final DataFile file;
  private final Set<String> known;
  private final String whose;
  private final Set<String> found = new LinkedHashSet<>();
  private int rows;
  private int first;

  /**
   * @param whose the known labels are, for messages: {@code the training set}
   */
  UnknownLabels(DataFile file, Set<String> known, String whose) {
    this.file = file;
    this.known = known;
    this.whose = whose;
  }

  void add(int line, String label) {
    first = rows == 0 ? line : first;
    rows++;
    found.add(label);
  }

  /**
   * What is wrong, if anything.
   *
   * @param all so many rows the file has
   */
  Optional<DataException> fault(int all) {
    if (rows == 0) {
      return Optional.empty();
    }
    String has = "%s has %s".formatted(whose, listed(known));
    return Optional.of(
        new DataException(
            rows == 1
                ? "%s line %d: has the unknown label '%s', %s"
                    .formatted(file, first, found.iterator().next(), has)
                : String.format(
                    Locale.ROOT,
                    "%s: %s rows, the first in line %d, have unknown labels (%s), %s",
                    file,
                    rows == all
                        ? String.format(Locale.ROOT, "all %,d", all)
                        : String.format(Locale.ROOT, "%,d of %,d", rows, all),
                    first,
                    listed(found),
                    has)));
  }

  private static String listed(Collection<String> labels) {
    String named = String.join(", ", labels.stream().limit(NAMED).toList());
    return labels.size() > NAMED
        ? String.format(Locale.ROOT, "%s and %,d others", named, labels.size() - NAMED)
        : named;
  }
}
