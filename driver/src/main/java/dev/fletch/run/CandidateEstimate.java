package dev.fletch.run;

import static dev.fletch.run.RunEstimate.mebi;
import static dev.fletch.run.RunEstimate.text;

import dev.fletch.data.DataHeader;
import dev.fletch.retrain.RetrainSettings;
import dev.fletch.settings.Plural;
import java.util.ArrayList;
import java.util.List;

/** What trainings of the structures take that are known before a run begins. */
final class CandidateEstimate {
  private final RetrainSettings retrain;
  private final KnownCandidates known;
  private final String memory;
  private final List<KnownCandidates.Size> sizes;

  CandidateEstimate(RetrainSettings retrain, DataHeader data, KnownCandidates known) {
    this.retrain = retrain;
    this.known = known;
    this.memory = data.streams().isPresent() ? "memory" : "native memory";
    this.sizes = known.sizes(retrain, data);
  }

  /**
   * A line for each structure, the largest first, and for all at a time; those that are not known
   * are named.
   *
   * @param trainings at most
   */
  List<String> lines(int trainings) {
    List<String> lines = new ArrayList<>();
    for (KnownCandidates.Size size : sizes) {
      lines.add(
          text(
              "          %s: %s, %,d MiB of %s%s",
              size.candidate(),
              Plural.of(size.weights(), "weight"),
              mebi(size.bytes()),
              memory,
              retrain.fanOut().replicas() == 1 ? "" : " per replica"));
    }
    for (String other : known.others()) {
      lines.add(text("          %s: not known before that run is done", other));
    }
    int networks = Math.min(retrain.fanOut().parallel(), trainings) * retrain.fanOut().replicas();
    if (!sizes.isEmpty() && networks > 1) {
      lines.add(
          text(
              "          at most %d x %,d MiB%s where one process has all that train at a time, as"
                  + " with a local master",
              networks, mebi(sizes.get(0).bytes()), isAllKnown() ? "" : " of these"));
    }
    return lines;
  }

  /** What one training takes, of the largest. */
  String largest() {
    if (sizes.isEmpty()) {
      return "of structures that are not known before";
    }
    long weights = sizes.stream().mapToLong(KnownCandidates.Size::weights).max().orElseThrow();
    return text(
        "at most %s and %,d MiB of %s each%s",
        Plural.of(weights, "weight"),
        mebi(sizes.get(0).bytes()),
        memory,
        isAllKnown() ? "" : " of those that are known before");
  }

  /** From fewest to most; all cells that a recurrent space has are of one size. */
  static String weights(long fewest, long most) {
    return fewest == most ? Plural.of(most, "weight") : text("%,d to %,d weights", fewest, most);
  }

  /** Where networks live, those of a search too: for streams of words in the heap. */
  String memory() {
    return memory;
  }

  private boolean isAllKnown() {
    return !retrain.needsSearch() && known.others().isEmpty();
  }
}
