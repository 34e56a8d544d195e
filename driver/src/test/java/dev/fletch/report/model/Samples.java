package dev.fletch.report.model;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.Operation;
import dev.fletch.gradient.ConfusionMatrix;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.model.RunReport.Run;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.retrain.Outcome;
import dev.fletch.retrain.Protocol;
import dev.fletch.retrain.TrainingEpoch;
import dev.fletch.retrain.TrainingEpoch.Evaluated;
import dev.fletch.retrain.TrainingResult;
import dev.fletch.retrain.TrainingResult.BestEpoch;
import dev.fletch.retrain.TrainingResult.NetworkCost;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.MixingWeights;
import dev.fletch.search.SearchResult;
import dev.fletch.search.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Made-up but lifelike runs. */
public final class Samples {
  public static final String NORMAL =
      "sep_conv_3x3:0,sep_conv_3x3:1|sep_conv_3x3:0,skip_connect:1|"
          + "skip_connect:0,dil_conv_3x3:2|max_pool_3x3:1,sep_conv_5x5:4";

  public static final String REDUCTION =
      "max_pool_3x3:0,max_pool_3x3:1|skip_connect:2,max_pool_3x3:1|"
          + "max_pool_3x3:0,skip_connect:2|skip_connect:2,dil_conv_5x5:3";

  private static final List<String> OPERATIONS =
      Operation.DARTS.stream().map(Operation::text).toList();

  private static final Protocol HELD_OUT = new Protocol(Protocol.Testing.HELD_OUT, 0);

  private Samples() {}

  public static CellPair genotype(String normal, String reduction) {
    return new CellPair(CellGenotype.parse(normal), CellGenotype.parse(reduction));
  }

  public static CellPair genotype() {
    return genotype(NORMAL, REDUCTION);
  }

  /** Fifty epochs of temperature decay, four candidates, one of them failed, one in part. */
  public static RunReport large() {
    SearchReport search = search(50, 0.6);
    List<CandidateReport> candidates =
        List.of(
            candidate("best-validation", search, List.of(search.bestEpoch().getAsInt()), 0.9731, 0),
            candidate("last", search, List.of(49), 0.9742, 0),
            candidate("epoch-30", search, List.of(30), 0.9688, 1),
            candidate("epoch-10", search, List.of(10), 0.9655, 3));
    return new RunReport(
        new Run("td-darts-cifar10", 7, "fletch run conf/td-darts-cifar10.conf --set seed=7"),
        search,
        candidates,
        environment(),
        new Protocol(Protocol.Testing.HELD_OUT, 0.1));
  }

  /** Three epochs, one candidate with one seed, from two origins. */
  public static RunReport tiny() {
    SearchReport search = search(3, 0.6);
    CandidateReport candidate = candidate("best-validation", search, List.of(2, 2), 0.8412, 0);
    return new RunReport(
        new Run("quickstart", 1, "fletch run conf/quickstart.conf"),
        search,
        List.of(new CandidateReport(candidate.candidate(), candidate.trainings().subList(0, 1))),
        environment(),
        HELD_OUT);
  }

  /** Thirty epochs that end in skip connections; nothing retrained. */
  public static RunReport collapsed() {
    return new RunReport(new Run("darts-c10", 3, ""), search(30, 4), List.of(), Map.of(), HELD_OUT);
  }

  public static RunReport of(SearchReport search, CandidateReport... candidates) {
    return new RunReport(
        new Run("sample", 1, "fletch run a.conf"), search, List.of(candidates), Map.of(), HELD_OUT);
  }

  public static SearchReport search(int epochs, double skipDrive) {
    Random random = new Random(11);
    double[][] drift = AlphaSamples.drift(random, skipDrive);
    List<EpochRecord> records = new ArrayList<>();
    List<MixingWeights> alphas = new ArrayList<>();
    double[][] alpha = new double[2 * AlphaSamples.EDGES][OPERATIONS.size()];
    for (int e = 0; e < epochs; e++) {
      double progress = epochs == 1 ? 0 : e / (epochs - 1.0);
      double temperature = 10 + progress * (0.1 - 10);
      for (int row = 0; row < alpha.length; row++) {
        for (int o = 0; o < OPERATIONS.size(); o++) {
          alpha[row][o] += drift[row][o] * 0.4 / epochs + random.nextGaussian() * 0.012;
        }
      }
      float[][] normal = AlphaSamples.softmax(alpha, 0, temperature);
      float[][] reduction = AlphaSamples.softmax(alpha, AlphaSamples.EDGES, temperature);
      CellPair genotype =
          new DartsDerivation().derive(normal, reduction, Operation.DARTS, AlphaSamples.NODES);
      alphas.add(
          new MixingWeights(
              e, temperature, OPERATIONS, AlphaSamples.rows(normal), AlphaSamples.rows(reduction)));
      records.add(epoch(e, temperature, progress, random, genotype, normal, reduction));
    }
    return search("darts", new SearchResult(records, "completed"), alphas);
  }

  /** Of second order, without a penalty. */
  public static SearchReport search(
      String method, SearchResult result, List<MixingWeights> mixing) {
    return new SearchReport(method, 2, 0, true, Optional.of(result), mixing);
  }

  /** A search that came to {@code result} otherwise. */
  public static SearchReport with(SearchReport search, String method, SearchResult result) {
    return new SearchReport(
        method,
        search.order(),
        search.alphaL1(),
        search.hasNormalCells(),
        Optional.of(result),
        search.mixing());
  }

  private static EpochRecord epoch(
      int e,
      double temperature,
      double progress,
      Random random,
      CellPair genotype,
      float[][] normal,
      float[][] reduction) {
    double train = 0.42 + 0.5 * (1 - Math.exp(-4 * progress)) + random.nextGaussian() * 0.004;
    double validation = 0.40 + 0.44 * (1 - Math.exp(-4 * progress)) + random.nextGaussian() * 0.01;
    return new EpochRecord(
        e,
        temperature,
        Metrics.DEFAULT,
        train,
        validation,
        1.6 * Math.exp(-2.4 * progress) + 0.1,
        1.5 * Math.exp(-1.9 * progress) + 0.34 + random.nextGaussian() * 0.02,
        (AlphaSamples.entropy(normal) + AlphaSamples.entropy(reduction)) / 2,
        genotype,
        231.4,
        812.4,
        Watch.NOTHING);
  }

  private static CandidateReport candidate(
      String id, SearchReport search, List<Integer> epochs, double accuracy, int failed) {
    Random random = new Random(id.hashCode());
    List<TrainingReport> trainings = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      List<TrainingEpoch> curve = new ArrayList<>();
      boolean fails = s >= 3 - failed;
      for (int e = 0; e < (fails ? 7 : 60); e++) {
        double progress = e / 59.0;
        curve.add(
            epoch(
                e,
                1.9 * Math.exp(-3.5 * progress) + 0.03 + Math.abs(random.nextGaussian()) * 0.02,
                1 - 0.6 * Math.exp(-4 * progress) - Math.abs(random.nextGaussian()) * 0.004));
      }
      trainings.add(
          fails
              ? failed(
                  id,
                  s,
                  "The loss became NaN in epoch 7, step 113: lower retrain.weights.learning-rate",
                  curve)
              : done(id, s, accuracy + random.nextGaussian() * 0.0012, curve));
    }
    List<Origin> origins = new ArrayList<>();
    for (int epoch : epochs) {
      origins.add(new Origin(origins.isEmpty() ? id : "last", OptionalInt.of(epoch)));
    }
    Architecture genotype = search.epochs().get(epochs.get(0)).genotype();
    return new CandidateReport(new Candidate(id, origins, genotype), trainings);
  }

  /** Of a training whose protocol looks at nothing after an epoch. */
  public static TrainingEpoch epoch(int epoch, double loss, double accuracy) {
    return new TrainingEpoch(
        epoch, 0.025, loss, Metrics.DEFAULT, accuracy, 10, 812.4, Evaluated.NOTHING);
  }

  public static TrainingReport failed(
      String candidate, long seed, String reason, List<TrainingEpoch> curve) {
    return new TrainingReport(new Outcome.Failed(candidate, seed, reason), curve);
  }

  private static TrainingReport done(
      String candidate, int seed, double accuracy, List<TrainingEpoch> curve) {
    Random random = new Random(seed);
    long[][] counts = new long[10][10];
    for (int label = 0; label < 10; label++) {
      counts[label][label] = 1000;
    }
    for (int wrong = (int) Math.round((1 - accuracy) * 10_000); wrong > 0; wrong--) {
      int label = random.nextInt(10);
      counts[label][label]--;
      counts[label][(label + 1 + random.nextInt(9)) % 10]++;
    }
    TrainingResult result =
        new TrainingResult(
            candidate,
            seed,
            Metrics.DEFAULT,
            accuracy,
            0.11,
            ConfusionMatrix.of(counts),
            BestEpoch.NONE,
            new NetworkCost(3_312_446, 528_314_112),
            6412 + seed,
            812.4,
            60);
    return new TrainingReport(new Outcome.Trained(result), curve);
  }

  /** A training of which nothing is known but its accuracy; one that failed if that is NaN. */
  public static TrainingReport plain(
      String candidate, long seed, double accuracy, long parameters) {
    if (Double.isNaN(accuracy)) {
      return failed(candidate, seed, "no disk", List.of());
    }
    TrainingResult result =
        new TrainingResult(
            candidate,
            seed,
            Metrics.DEFAULT,
            accuracy,
            0.1,
            ConfusionMatrix.NONE,
            BestEpoch.NONE,
            new NetworkCost(parameters, 0),
            10,
            Double.NaN,
            1);
    return new TrainingReport(new Outcome.Trained(result), List.of());
  }

  /** Of one origin, an epoch, with trainings of the seeds 0, 1, ... */
  public static CandidateReport plain(String id, int epoch, long parameters, double... accuracies) {
    List<TrainingReport> trainings = new ArrayList<>();
    for (double accuracy : accuracies) {
      trainings.add(plain(id, trainings.size(), accuracy, parameters));
    }
    Candidate candidate =
        new Candidate(id, List.of(new Origin(id, OptionalInt.of(epoch))), genotype());
    return new CandidateReport(candidate, trainings);
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("started", "2026-03-01T09:12:44Z");
    environment.put("fletch", "0.1.0-SNAPSHOT");
    environment.put("java", "17.0.15");
    environment.put("spark", "3.5.7");
    environment.put("nd4j", "1.0.0-M2.1");
    environment.put("cpu", "sample processor, 2 cores");
    environment.put("checksum train-images-idx3-ubyte.gz", "9f4ab1c0");
    return environment;
  }
}
