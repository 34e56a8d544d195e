package dev.fletch.retrain;

import dev.fletch.genotype.Genotype;
import java.util.List;

/**
 * A genotype to retrain, with where it came from.
 *
 * @param id usable as a folder's name: the label of the first origin
 * @param origins at least one; several when the configuration's candidates turn out equal
 */
public record Candidate(String id, List<Origin> origins, Genotype genotype) {
  public Candidate {
    origins = List.copyOf(origins);
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("Invalid candidate " + id + ": it has no origin");
    }
  }

  /**
   * An epoch of the search whose genotype this is.
   *
   * @param label as in the configuration, for example {@code best-validation}
   */
  public record Origin(String label, int epoch) {}
}
