package dev.fletch.export;

import dev.fletch.cli.RunArguments;
import dev.fletch.cluster.ClusterSettings;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.data.DataSet;
import dev.fletch.data.Portion;
import dev.fletch.gradient.Metric;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.network.dl4j.Dl4jForm;
import dev.fletch.network.dl4j.Dl4jModel;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.CandidateJob;
import dev.fletch.retrain.Candidates;
import dev.fletch.retrain.HeldCandidates;
import dev.fletch.retrain.RetrainResult;
import dev.fletch.retrain.Retraining;
import dev.fletch.retrain.TakenCandidates;
import dev.fletch.retrain.TrainedNetwork;
import dev.fletch.run.ExitCode;
import dev.fletch.run.HadoopProperties;
import dev.fletch.run.SameExperiment;
import dev.fletch.run.UsageException;
import dev.fletch.run.VocabularyFile;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.SearchResult;
import dev.fletch.task.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: a trained candidate as a DL4J model. */
@Command(
    name = "export",
    description = "Writes a trained candidate as a DL4J model: the best one, or the one named.")
public final class ExportCommand implements Callable<Integer> {
  /** Examples: attention among pixels takes much memory. */
  private static final int MOST_AT_ONCE = 32;

  @Spec private CommandSpec spec;
  @Mixin private RunArguments arguments;

  @Option(names = "--candidate", paramLabel = "ID", description = "Default: the best on average.")
  private String candidate;

  @Option(names = "--seed", paramLabel = "N", description = "Default: the candidate's best.")
  private Long seed;

  @Option(
      names = "--evaluate",
      description = "Classifies the test set with the exported model, by DL4J on Spark.")
  private boolean evaluate;

  @Override
  public Integer call() {
    Configuration hadoop = HadoopProperties.read();
    RunConfig config = arguments.load(hadoop);
    RunFolder run = RunFolder.open(config.output(), hadoop);
    TrainedNetwork trained = trained(config, run, hadoop);
    CandidateJob job = trained.job();
    DataSet examples =
        DataSet.open(config.data(), config.retrain().augmentation(), job.seed(), hadoop);
    VocabularyFile.requireSame(run, examples);
    ModelFiles files = new ModelFiles(run);
    export(trained, examples, files);
    PrintWriter out = spec.commandLine().getOut();
    Metric metric = trained.result().metric();
    out.println(
        "%s, seed %d, test %s %s: %s/%s"
            .formatted(
                job.candidate(),
                job.seed(),
                metric.name(),
                trained.result().testFigure(),
                run.path(),
                ModelFiles.ZIP));
    if (evaluate) {
      double figure = evaluation(config, files, metric);
      files.writeEvaluation(metric, figure, examples.size(Portion.TEST));
      out.println("evaluated by DL4J on Spark: test " + metric.name() + " " + figure);
    }
    return ExitCode.DONE;
  }

  private TrainedNetwork trained(RunConfig config, RunFolder run, Configuration hadoop) {
    if (config.retrain().needsSearch() && !run.exists(SearchResult.EPOCHS_FILE)) {
      throw new UsageException(
          "run folder %s: holds no search yet, so there is nothing to export"
              .formatted(run.path()));
    }
    HeldCandidates held = HeldCandidates.of(run, line -> spec.commandLine().getErr().println(line));
    List<Candidate> candidates =
        Candidates.of(
            () -> SearchResult.read(run, config.searchPlan()),
            config.retrain().candidates(),
            config.supernet(),
            config.seed(),
            new TakenCandidates(held, hadoop),
            unused -> {});
    RetrainResult results =
        RetrainResult.read(run, held.settled(candidates, run), config.retrain().seeds());
    ExportChoice choice = ExportChoice.of(results, candidate, seed, run.path());
    Dl4jForm.refusal(choice.candidate().genotype())
        .ifPresent(
            reason -> {
              throw new UsageException(
                  "run folder %s: cannot export candidate %s: %s"
                      .formatted(run.path(), choice.candidate().id(), reason));
            });
    CandidateJob job =
        new CandidateJob(
            choice.candidate().id(),
            choice.candidate().genotype(),
            choice.result().seed(),
            config.retrain().network().epochs(),
            config.retrain(),
            config.data(),
            run.path(),
            Retraining.resultKeys(SameExperiment.resolved(config, run)));
    return TrainedNetwork.read(run, job, choice.result());
  }

  private static void export(TrainedNetwork trained, DataSet examples, ModelFiles files) {
    CandidateJob job = trained.job();
    try (ArchitectureNetwork network =
        Networks.of(
            job.genotype(),
            job.settings().network(),
            examples.input(),
            Task.of(examples),
            ModelCheck.BATCH,
            1)) {
      float[] weights = trained.weights(network.weightCount());
      float[] statistics = trained.statistics(network.statisticsCount());
      try (Dl4jModel model =
          Dl4jModel.of(
              job.genotype(),
              CandidateSettings.of(job.settings().network()),
              examples.input(),
              examples.classes(),
              weights,
              statistics)) {
        ModelCheck check = ModelCheck.of(model, network, examples, weights, statistics);
        files.write(trained, examples, model, check);
      }
    }
  }

  private double evaluation(RunConfig config, ModelFiles files, Metric metric) {
    ClusterSettings settings =
        new ClusterSettings(
            config.name(), config.retrain().fanOut().parallel(), config.retrain().threads());
    PrintWriter err = spec.commandLine().getErr();
    try (SparkCluster cluster = SparkCluster.open(settings, err::println)) {
      int batch = Math.min(config.retrain().batch(), MOST_AT_ONCE);
      return cluster.testFigure(files.zip(), metric, config.data(), batch);
    }
  }
}
