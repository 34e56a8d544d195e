package dev.fletch.report.model;

import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.TrialReport.Trial;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.retrain.TrainingResult.BestEpoch;
import dev.fletch.retrain.TrainingResult.NetworkCost;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchResult;
import dev.fletch.search.Watch;
import dev.fletch.search.Watch.LambdaResult;
import dev.fletch.search.Watch.TemperatureGap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Made-up runs of which more was measured than accuracies. */
public final class WatchedSamples {
  public static final double[] LAMBDAS = {1e-3, 1e-2, 0.1, 1, 10};

  private WatchedSamples() {}

  /** {@link Samples#large()} with the gap, the eigenvalue and, in the last epoch, temperatures. */
  public static RunReport large() {
    RunReport run = Samples.large();
    return new RunReport(
        run.run(),
        search(run.search(), "td-darts", "completed", OptionalInt.empty()),
        run.candidates(),
        run.environment(),
        run.protocol());
  }

  /** A search that its eigenvalue stopped after 30 epochs. */
  public static RunReport stopped() {
    SearchReport search =
        search(
            Samples.search(30, 0.6),
            "darts",
            "the dominant eigenvalue grew by more than 1.3 over 5 epochs",
            OptionalInt.of(24));
    return Samples.of(search, candidate("last", 29, OptionalDouble.empty(), 0, 0.91, 0.92));
  }

  public static SearchReport search(
      SearchReport search, String method, String stopReason, OptionalInt beforeCollapse) {
    List<EpochRecord> epochs = new ArrayList<>();
    for (EpochRecord e : search.epochs()) {
      boolean last = e.epoch() == search.epochs().size() - 1;
      double gap = 0.3 * Math.exp(-0.07 * e.epoch()) + 0.01;
      epochs.add(
          watched(
              e,
              new Watch(
                  e.validationFigure() - gap,
                  0.2 + 0.004 * e.epoch() * e.epoch() / 10 + 0.03 * Math.sin(e.epoch()),
                  last ? temperatures(e.validationFigure()) : List.of(),
                  List.of())));
    }
    return Samples.with(search, method, new SearchResult(epochs, stopReason, beforeCollapse, 0));
  }

  private static List<TemperatureGap> temperatures(double accuracy) {
    List<TemperatureGap> gaps = new ArrayList<>();
    for (double t : new double[] {5, 1, 0.5, 0.1}) {
      gaps.add(new TemperatureGap(t, accuracy - 0.01 * t, accuracy - 0.06 * t));
    }
    return gaps;
  }

  public static EpochRecord watched(EpochRecord e, Watch watch) {
    return new EpochRecord(
        e.epoch(),
        e.temperature(),
        Metrics.DEFAULT,
        e.trainFigure(),
        e.validationFigure(),
        e.trainLoss(),
        e.validationLoss(),
        e.alphaEntropy(),
        e.genotype(),
        e.seconds(),
        e.imagesPerSecond(),
        watch);
  }

  /** Ten epochs, of which 4 and 9 were retrained for every lambda; the two largest agree in 9. */
  public static RunReport hypernetwork(double better) {
    List<LambdaResult> lambdas = new ArrayList<>();
    List<CandidateReport> candidates = new ArrayList<>();
    for (double lambda : LAMBDAS) {
      lambdas.add(new LambdaResult(lambda, 0.8, 0.5, Samples.genotype()));
      for (int epoch : new int[] {4, 9}) {
        String id = "lambda-" + lambda + (epoch == 9 ? "" : "-epoch-4");
        double accuracy = better + accuracy(lambda) + (epoch == 9 ? 0.02 : 0);
        candidates.add(
            candidate(
                id,
                epoch,
                OptionalDouble.of(lambda),
                parameters(lambda),
                accuracy - 0.004,
                accuracy + 0.004));
      }
    }
    SearchReport plain = Samples.search(10, 0.6);
    List<EpochRecord> epochs = new ArrayList<>();
    plain
        .epochs()
        .forEach(e -> epochs.add(watched(e, new Watch(0.5, Double.NaN, List.of(), lambdas))));
    return Samples.of(
        penalised(plain, epochs, "hypernetwork", 0), candidates.toArray(new CandidateReport[0]));
  }

  /** The last of ten epochs and epoch 4, searched with one lambda. */
  public static RunReport penalised(double lambda) {
    double accuracy = accuracy(lambda);
    SearchReport plain = Samples.search(10, 0.6);
    return Samples.of(
        penalised(plain, plain.epochs(), "darts-l1", lambda),
        candidate("last", 9, OptionalDouble.empty(), parameters(lambda), accuracy, accuracy + 0.01),
        candidate("epoch-4", 4, OptionalDouble.empty(), parameters(lambda), accuracy - 0.03));
  }

  private static SearchReport penalised(
      SearchReport search, List<EpochRecord> epochs, String method, double lambda) {
    return new SearchReport(
        method,
        1,
        lambda,
        true,
        Optional.of(new SearchResult(epochs, "completed")),
        search.mixing());
  }

  private static double accuracy(double lambda) {
    return 0.9 - 0.015 * Math.log10(lambda / 1e-3);
  }

  private static long parameters(double lambda) {
    return Math.round(3_300_000 - 480_000 * Math.log10(lambda / 1e-3));
  }

  /** One hypernetwork, and a search with each lambda, the one of 0.1 with two seeds. */
  public static SweepReport sweep() {
    List<TrialReport> trials = new ArrayList<>();
    trials.add(TrialReport.of(trial("hypernetwork", "-", 0), hypernetwork(0.005)));
    for (double lambda : LAMBDAS) {
      trials.add(TrialReport.of(trial("darts-l1", "" + lambda, 0), penalised(lambda)));
    }
    trials.add(TrialReport.of(trial("darts-l1", "0.1", 1), penalised(0.1)));
    trials.add(TrialReport.of(trial("darts", "0", 0), stopped()));
    trials.add(TrialReport.failed(trial("darts", "0", 1), "diverged"));
    return new SweepReport("lambdas", "Hypernetwork and L1", "fletch sweep a.conf", trials);
  }

  private static Trial trial(String method, String lambda, long seed) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("method.name", method);
    labels.put("alpha-l1", lambda);
    String group = "method.name=" + method + ",alpha-l1=" + lambda;
    return new Trial(group + ",seed=" + seed, group, labels, Map.of(), seed);
  }

  public static CandidateReport candidate(
      String id, int epoch, OptionalDouble lambda, long parameters, double... accuracies) {
    List<TrainingReport> trainings = new ArrayList<>();
    for (double accuracy : accuracies) {
      TrainingResult result =
          new TrainingResult(
              id,
              trainings.size(),
              Metrics.DEFAULT,
              accuracy,
              0.3,
              confusion(accuracy),
              BestEpoch.NONE,
              new NetworkCost(parameters, 1_000),
              100,
              100,
              10);
      trainings.add(new TrainingReport(new Outcome.Trained(result), List.of()));
    }
    Origin origin = new Origin(id, OptionalInt.of(epoch), lambda);
    return new CandidateReport(new Candidate(id, List.of(origin), Samples.genotype()), trainings);
  }

  /** Of two classes: precision is near the accuracy. */
  private static ConfusionMatrix confusion(double accuracy) {
    long right = Math.round(1000 * accuracy);
    return ConfusionMatrix.of(new long[][] {{right, 1000 - right}, {1000 - right, right}});
  }
}
