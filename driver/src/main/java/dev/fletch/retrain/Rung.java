package dev.fletch.retrain;

import dev.fletch.runfolder.RunFolder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A comparison of candidates on the way: by their accuracy on held-out training images after so
 * many epochs, or, where none are held out, on the images they are trained on; never on test
 * images. The mean over seeds counts.
 *
 * @param epochs that all have been trained
 */
record Rung(int epochs) {
  /**
   * Who goes on and who does not, each in the order of the candidates; those that have not come
   * here are in neither.
   *
   * @param stopped with the reason
   */
  record Decision(List<Candidate> goesOn, Map<Candidate, String> stopped) {}

  Decision decide(
      RunFolder run, List<Candidate> candidates, List<Long> seeds, HalvingSettings halving) {
    Map<Candidate, Double> accuracies = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      accuracy(run, candidate, seeds).ifPresent(a -> accuracies.put(candidate, a));
    }
    List<Double> best = new ArrayList<>(accuracies.values());
    best.sort(Comparator.reverseOrder());
    List<Candidate> goesOn = new ArrayList<>();
    Map<Candidate, String> stopped = new LinkedHashMap<>();
    if (best.isEmpty()) {
      return new Decision(goesOn, stopped);
    }
    double last = best.get(halving.kept(best.size()) - 1);
    accuracies.forEach(
        (candidate, accuracy) -> {
          if (accuracy >= last) {
            goesOn.add(candidate);
          } else {
            stopped.put(candidate, reason(accuracy, last));
          }
        });
    return new Decision(goesOn, stopped);
  }

  private String reason(double accuracy, double last) {
    return String.format(
        Locale.ROOT,
        "trailed after %d %s: accuracy %.4f, the last that went on had %.4f",
        epochs,
        epochs == 1 ? "epoch" : "epochs",
        accuracy,
        last);
  }

  /** Mean over the seeds that have come here. */
  private OptionalDouble accuracy(RunFolder run, Candidate candidate, List<Long> seeds) {
    return seeds.stream()
        .map(seed -> TrainingEpoch.read(run, candidate.id(), seed))
        .filter(trained -> trained.size() >= epochs)
        .mapToDouble(trained -> accuracy(trained.get(epochs - 1)))
        .average();
  }

  private static double accuracy(TrainingEpoch epoch) {
    double validation = epoch.evaluated().validationAccuracy();
    return Double.isNaN(validation) ? epoch.trainAccuracy() : validation;
  }
}
