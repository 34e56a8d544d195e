package dev.fletch.retrain;

import dev.fletch.gradient.Metric;
import dev.fletch.runfolder.RunFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A comparison of candidates on the way: by their score on held-out training examples after so many
 * epochs, or, where none are held out, on the examples they are trained on; never on test examples.
 * The mean over seeds counts.
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
    Map<Candidate, List<TrainingEpoch>> reached = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      List<TrainingEpoch> ofSeeds = reached(run, candidate, seeds);
      if (!ofSeeds.isEmpty()) {
        reached.put(candidate, ofSeeds);
      }
    }
    return reached.isEmpty() ? new Decision(List.of(), Map.of()) : decide(reached, halving);
  }

  /** This rung's epoch of the seeds that have come here. */
  private List<TrainingEpoch> reached(RunFolder run, Candidate candidate, List<Long> seeds) {
    return seeds.stream()
        .map(seed -> TrainingEpoch.read(run, candidate.id(), seed))
        .filter(trained -> trained.size() >= epochs)
        .map(trained -> trained.get(epochs - 1))
        .toList();
  }

  private Decision decide(Map<Candidate, List<TrainingEpoch>> reached, HalvingSettings halving) {
    Metric metric = reached.values().iterator().next().get(0).metric();
    Map<Candidate, Double> figures = new LinkedHashMap<>();
    reached.forEach((candidate, ofSeeds) -> figures.put(candidate, mean(ofSeeds)));
    List<Double> best = figures.values().stream().sorted(metric.bestFirst()).toList();
    double last = best.get(halving.kept(best.size()) - 1);
    List<Candidate> goesOn = new ArrayList<>();
    Map<Candidate, String> stopped = new LinkedHashMap<>();
    figures.forEach(
        (candidate, figure) -> {
          if (metric.isBetter(last, figure)) {
            stopped.put(candidate, reason(metric, figure, last));
          } else {
            goesOn.add(candidate);
          }
        });
    return new Decision(goesOn, stopped);
  }

  private String reason(Metric metric, double figure, double last) {
    return String.format(
        Locale.ROOT,
        "trailed after %d %s: %s %.4f, the last that went on had %.4f",
        epochs,
        epochs == 1 ? "epoch" : "epochs",
        metric.name(),
        figure,
        last);
  }

  private static double mean(List<TrainingEpoch> ofSeeds) {
    return ofSeeds.stream().mapToDouble(Rung::figure).average().orElseThrow();
  }

  private static double figure(TrainingEpoch epoch) {
    double validation = epoch.evaluated().validationFigure();
    return Double.isNaN(validation) ? epoch.trainFigure() : validation;
  }
}
