package dev.fletch.retrain;

import dev.fletch.architecture.CellPair;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataSettings;
import dev.fletch.data.IdxFormat;
import dev.fletch.data.StepId;
import dev.fletch.engine.Computing;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Metrics;
import dev.fletch.network.CandidateSettings;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.SgdSettings;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.retrain.TrainingResult.NetworkCost;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.toy.ToyExamples;
import dev.fletch.toy.ToyNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs jobs one after the other in this thread, on the toy network, except those of one candidate,
 * which diverge.
 */
final class ToyJobs implements JobRunner {
  static final CellPair FIRST =
      CellPair.parse(
          "normal=[sep_conv_3x3:0,skip_connect:1] reduction=[max_pool_3x3:0,skip_connect:1]");
  static final CellPair SECOND =
      CellPair.parse(
          "normal=[sep_conv_5x5:0,skip_connect:1] reduction=[max_pool_3x3:0,skip_connect:1]");
  static final int EPOCHS = 4;

  final List<String> started = new ArrayList<>();
  private final RunFolder run;
  private final String failing;

  ToyJobs(RunFolder run, String failing) {
    this.run = run;
    this.failing = failing;
  }

  @Override
  public List<Outcome> runAll(List<CandidateJob> jobs, int parallel, Consumer<Outcome> ended) {
    return jobs.stream().map(this::run).peek(ended).toList();
  }

  private Outcome run(CandidateJob job) {
    started.add(job.candidate() + "/" + job.seed());
    if (job.candidate().equals(failing)) {
      String message = new DivergedException(new StepId(1, 2), 0, Double.NaN).getMessage();
      return new Outcome.Failed(job.candidate(), job.seed(), message);
    }
    try (GradientSource source = source(job)) {
      return new CandidateTraining(
              job, source, run, cost(source), Metrics.ACCURACY, List.of("ant", "bee", "cat"))
          .run();
    }
  }

  static NetworkCost cost(GradientSource source) {
    return new NetworkCost(source.size().weights(), 12);
  }

  static GradientSource source(CandidateJob job) {
    return new LocalGradientSource(
        new ToyNetwork(4, 3, 0),
        new ToyExamples(21, job.seed()),
        1,
        job.settings().batch(),
        job.seed());
  }

  static CandidateJob job(RunFolder run, String batchKey) {
    return job(run, batchKey, new Protocol(Protocol.Testing.HELD_OUT, 0));
  }

  static CandidateJob job(RunFolder run, String batchKey, Protocol protocol) {
    return new CandidateJob(
        "last",
        FIRST,
        5,
        EPOCHS,
        settings(List.of(5L), protocol),
        data(),
        run.path(),
        ResultKeys.of(Map.of("retrain.batch", batchKey)));
  }

  static DataSettings data() {
    return new DataSettings(new IdxFormat(), "unused", List.of(), List.of(), 0, 0, 0.5);
  }

  static RetrainSettings settings(List<Long> seeds) {
    return settings(seeds, new Protocol(Protocol.Testing.HELD_OUT, 0));
  }

  static RetrainSettings settings(List<Long> seeds, Protocol protocol) {
    return new RetrainSettings(
        List.of("best-validation", "last"),
        seeds,
        new FanOutSettings(2, 1, 0, HalvingSettings.OFF),
        new CandidateSettings(4, 2, 3, 0, 0, EPOCHS),
        5,
        new Computing(1),
        new SgdSettings(0.9, 3e-4),
        new LearningRateSettings(LearningRateSettings.Schedule.COSINE, 0.2, 0),
        5,
        new AugmentationSettings(0, false, 0),
        protocol);
  }
}
