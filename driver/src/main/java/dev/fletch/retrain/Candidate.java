package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A genotype to retrain, with where it came from.
 *
 * @param id usable as a folder's name: the label of the first origin
 * @param origins at least one; several when the configuration's candidates turn out equal
 */
public record Candidate(String id, List<Origin> origins, Architecture genotype) {
  public Candidate {
    origins = List.copyOf(origins);
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("Invalid candidate " + id + ": it has no origin");
    }
  }

  /**
   * Where a genotype is from.
   *
   * @param label for example {@code best-validation}, {@code random-0} or {@code DARTS_V2}
   * @param epoch of the search, if it is from there
   * @param lambda for which a hypernetwork gave it, if one did
   * @param taken from where, if not from this run
   */
  public record Origin(
      String label, OptionalInt epoch, OptionalDouble lambda, Optional<Taken> taken) {
    /** Of this run, or known beforehand. */
    public Origin(String label, OptionalInt epoch, OptionalDouble lambda) {
      this(label, epoch, lambda, Optional.empty());
    }

    /** Without a lambda. */
    public Origin(String label, OptionalInt epoch) {
      this(label, epoch, OptionalDouble.empty());
    }

    static Origin ofEpoch(String label, int epoch) {
      return new Origin(label, OptionalInt.of(epoch));
    }

    static Origin ofLambda(String label, int epoch, double lambda) {
      return new Origin(label, OptionalInt.of(epoch), OptionalDouble.of(lambda));
    }

    static Origin elsewhere(String label) {
      return new Origin(label, OptionalInt.empty());
    }

    Origin with(Taken from) {
      return new Origin(label, epoch, lambda, Optional.of(from));
    }
  }
}
