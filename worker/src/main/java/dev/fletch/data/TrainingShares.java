package dev.fletch.data;

import java.util.ArrayList;
import java.util.List;

/** How many training examples the parts of a training set get. */
final class TrainingShares {
  private TrainingShares() {}

  /** How many of {@code train} examples a search sees. */
  static int searched(DataSettings settings, int train) {
    int limit = settings.searchLimit();
    return limit == 0 ? train : Math.min(limit, train);
  }

  /**
   * How many of the {@code train} examples that a search sees train w; the rest trains alpha.
   *
   * @throws DataException if either part would be empty
   */
  static int weights(DataSettings settings, int train) {
    int weights = part(settings.searchPortion(), train);
    if (weights == 0 || weights == train) {
      throw new DataException(
          "data.search-portion %s of %d training examples leaves %s without any"
              .formatted(settings.searchPortion(), train, weights == 0 ? "w" : "alpha"));
    }
    return weights;
  }

  /**
   * How many of {@code train} examples {@link DataSet#holdingOut} holds out.
   *
   * @throws DataException if the portion is above 0 and either part would be empty
   */
  static int heldOut(double portion, int train) {
    int count = part(portion, train);
    if (portion > 0 && (count == 0 || count == train)) {
      throw new DataException(
          "retrain.validation-portion %s of %d training examples leaves nothing to %s"
              .formatted(portion, train, count == 0 ? "validate on" : "train on"));
    }
    return count;
  }

  /** Refuses {@code train} examples that are all of one class. */
  static DataException oneClass(int train, String name) {
    return new DataException(
        "Cannot search or train on one class: all %d training examples are of class %s"
            .formatted(train, name));
  }

  private static int part(double portion, int train) {
    // The small addition keeps 0.29 * 100 from becoming 28.
    return (int) Math.floor(portion * train + 1e-6);
  }

  /**
   * Names the classes that only one half of a search's data has.
   *
   * @param searched how many examples the search sees
   * @param weights how many of them train w
   * @throws DataException if there is one class only
   */
  static List<String> warnings(
      LabelledSet train, List<String> classNames, int searched, int weights) {
    int[] sizes = train.classSizes();
    int[] seen = ClassSplit.shares(sizes, searched);
    int[] shares = ClassSplit.shares(seen, weights);
    List<String> small = new ArrayList<>();
    for (int c = 0; c < sizes.length; c++) {
      String name = classNames.get(c);
      if (sizes[c] > 0 && sizes[c] == train.size()) {
        throw oneClass(sizes[c], name);
      }
      if (sizes[c] > 0 && (shares[c] == 0 || shares[c] == seen[c])) {
        small.add("%s (%d)".formatted(name, sizes[c]));
      }
    }
    return small.isEmpty()
        ? List.of()
        : List.of(
            "too few training examples to be in both halves of the search's data: class "
                + String.join(", ", small));
  }
}
