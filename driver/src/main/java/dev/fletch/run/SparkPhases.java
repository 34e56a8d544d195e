package dev.fletch.run;

import dev.fletch.cli.progress.Progress;
import dev.fletch.cli.progress.SearchProgress;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.data.ImageExamples;
import dev.fletch.gradient.GradientSource;
import dev.fletch.report.ReportWriter;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidates;
import dev.fletch.retrain.RetrainResult;
import dev.fletch.retrain.Retraining;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.RunEnvironment;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.SearchPlan;
import dev.fletch.search.SearchResult;
import dev.fletch.search.SearchSettings;
import dev.fletch.search.SupernetSearch;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The phases of a run on Spark. The cluster starts when the first phase needs it. */
public final class SparkPhases implements Phases {
  private final RunConfig config;
  private final String command;
  private final Progress progress;
  private final Configuration hadoop;
  private final RunFolder run;
  private final SparkJobs jobs;

  private SparkPhases(
      RunConfig config,
      String command,
      Progress progress,
      Configuration hadoop,
      RunFolder run,
      SparkJobs jobs) {
    this.config = config;
    this.command = command;
    this.progress = progress;
    this.hadoop = hadoop;
    this.run = run;
    this.jobs = jobs;
  }

  /** The phases of a run that has Spark for itself. */
  public static Phases open(RunConfig config, Folder folder, String command, Progress progress) {
    LazyCluster own = new LazyCluster(LazyCluster.settings(config, 1), progress::say);
    try {
      return open(config, folder, command, progress, new SparkJobs(own, "", own::close));
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  /** The same on a given Spark. */
  static Phases open(
      RunConfig config, Folder folder, String command, Progress progress, SparkJobs jobs) {
    Configuration hadoop = HadoopProperties.read();
    RunFolder run =
        folder == Folder.NEW
            ? RunFolder.create(config.output(), hadoop)
            : RunFolder.resume(config.output(), hadoop);
    SparkPhases phases = new SparkPhases(config, command, progress, hadoop, run, jobs);
    if (!run.exists(RunFolder.MANIFEST)) {
      run.writeText(RunFolder.CONFIG, config.render());
      phases.manifest().write(run);
    }
    return phases;
  }

  private Manifest manifest() {
    Map<String, String> environment = new LinkedHashMap<>(RunEnvironment.here());
    environment.putAll(cluster().environment());
    List<Long> seeds = new ArrayList<>(List.of(config.seed()));
    seeds.addAll(config.retrain().seeds());
    ImageExamples examples =
        ImageExamples.open(config.data(), config.search().augmentation(), config.seed(), hadoop);
    return new Manifest(
        command, Instant.now(), seeds, Map.of("examples", examples.checksum()), environment);
  }

  @Override
  public boolean candidatesNeedSearch() {
    return config.retrain().needsSearch();
  }

  @Override
  public void search() {
    SearchSettings settings = config.search();
    SearchPlan plan =
        new SearchPlan(
            settings, config.supernet(), config.seed(), SearchPlan.resultKeys(config.resolved()));
    new SupernetSearch(plan, this::supernet, run, new SearchProgress(progress, settings.epochs()))
        .run();
  }

  private GradientSource supernet(SupernetSettings size, EdgeSettings edges) {
    SearchSettings settings = config.search();
    SupernetReplicas replicas =
        new SupernetReplicas(
            size,
            edges,
            config.data(),
            settings.augmentation(),
            config.seed(),
            settings.batch(),
            settings.threads());
    return cluster()
        .gradients(
            jobs.prefix() + "search",
            replicas,
            settings.replicas(),
            settings.batch(),
            config.seed());
  }

  @Override
  public Retrained retrain() {
    List<Candidate> candidates =
        Candidates.of(
            () -> SearchResult.read(run, config.searchPlan()),
            config.retrain().candidates(),
            config.supernet(),
            config.seed(),
            progress::say);
    Retraining retraining =
        new Retraining(
            config.retrain(),
            config.data(),
            Retraining.resultKeys(config.resolved()),
            run,
            cluster().jobs(jobs.prefix()),
            progress::say);
    RetrainResult result = retraining.run(candidates);
    int failed = result.failures().size();
    return new Retrained(candidates.size() * config.retrain().seeds().size(), failed);
  }

  @Override
  public void report() {
    try {
      new ReportWriter(run::writeBytes)
          .write(RunReports.read(run, config), config.report().title());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run.markComplete();
  }

  private SparkCluster cluster() {
    return jobs.cluster().get();
  }

  @Override
  public void close() {
    jobs.done().run();
  }

  /**
   * A run's part of a Spark application.
   *
   * @param prefix of its job groups' names, its own among runs on one cluster
   * @param done gives the cluster back
   */
  record SparkJobs(LazyCluster cluster, String prefix, Runnable done) {}
}
