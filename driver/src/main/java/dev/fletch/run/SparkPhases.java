package dev.fletch.run;

import dev.fletch.cli.progress.Progress;
import dev.fletch.cli.progress.RetrainProgress;
import dev.fletch.cli.progress.SearchProgress;
import dev.fletch.cluster.SparkCluster;
import dev.fletch.config.RunConfig;
import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSet;
import dev.fletch.data.Portion;
import dev.fletch.data.StreamFacts;
import dev.fletch.data.TextFacts;
import dev.fletch.gradient.GradientSource;
import dev.fletch.report.ReportWriter;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.Candidates;
import dev.fletch.retrain.HeldCandidates;
import dev.fletch.retrain.RetrainFiles;
import dev.fletch.retrain.RetrainResult;
import dev.fletch.retrain.Retraining;
import dev.fletch.retrain.TakenCandidates;
import dev.fletch.runfolder.Build;
import dev.fletch.runfolder.DataFacts;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.RunEnvironment;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.runfolder.RunLease;
import dev.fletch.search.PlannedSearch;
import dev.fletch.search.PopulationPlan;
import dev.fletch.search.PopulationSearch;
import dev.fletch.search.SearchFiles;
import dev.fletch.search.SearchPlan;
import dev.fletch.search.SearchResult;
import dev.fletch.search.SearchSettings;
import dev.fletch.search.SupernetSearch;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSpace;
import dev.fletch.task.Task;
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
  private final RunLease lease;
  private final RunFolder run;
  private final SparkJobs jobs;

  private SparkPhases(
      RunConfig config,
      String command,
      Progress progress,
      Configuration hadoop,
      RunLease lease,
      SparkJobs jobs) {
    this.config = config;
    this.command = command;
    this.progress = progress;
    this.hadoop = hadoop;
    this.lease = lease;
    this.run = lease.folder();
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

  /**
   * The phases of a run on a given Spark, with the lease of the run's folder; closing them closes
   * {@code jobs}.
   */
  static Phases open(
      RunConfig config, Folder folder, String command, Progress progress, SparkJobs jobs) {
    Configuration hadoop = HadoopProperties.read();
    RunLease lease =
        folder == Folder.NEW
            ? RunLease.create(config.output(), hadoop, command)
            : RunLease.resume(config.output(), hadoop, command);
    try {
      SparkPhases phases = new SparkPhases(config, command, progress, hadoop, lease, jobs);
      phases.begin();
      return phases;
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private void begin() {
    if (run.exists(RunFolder.MANIFEST)) {
      Manifest.read(run); // refuses that of a newer Fletch
      return;
    }
    if (run.exists(SearchResult.EPOCHS_FILE) || !run.list("retrain").isEmpty()) {
      throw new RunFolderRefusedException(
          "run folder %s: %s is missing, which says what its results were made from: restore it"
              .formatted(run.path(), RunFolder.MANIFEST));
    }
    run.writeText(RunFolder.CONFIG, config.render());
    DataSet examples =
        DataSet.open(config.data(), config.searching().augmentation(), config.seed(), hadoop);
    VocabularyFile.write(run, examples);
    manifest(examples).write(run); // says that the run has begun
  }

  private Manifest manifest(DataSet examples) {
    Map<String, String> environment = new LinkedHashMap<>(RunEnvironment.here());
    environment.putAll(cluster().environment());
    List<Long> seeds = new ArrayList<>(List.of(config.seed()));
    seeds.addAll(config.retrain().seeds());
    DataHeader header = DataSet.header(config.data(), hadoop);
    DataFacts data =
        new DataFacts(
            examples.classNames(),
            examples.classSizes(Portion.TRAIN),
            examples.classSizes(Portion.TEST),
            header
                .texts()
                .map(TextFacts::figures)
                .or(() -> header.streams().map(StreamFacts::figures))
                .orElse(Map.of()),
            header.warnings());
    return new Manifest(
        command,
        Build.running(),
        Instant.now(),
        seeds,
        Map.of(SameExperiment.EXAMPLES, examples.checksum()),
        data,
        environment);
  }

  @Override
  public boolean candidatesNeedSearch() {
    return config.retrain().needsSearch();
  }

  @Override
  public void search() {
    Task task = Task.of(DataSet.header(config.data(), hadoop));
    PlannedSearch planned = config.searchPlan(task.metric(), SameExperiment.resolved(config, run));
    SearchProgress listener =
        new SearchProgress(progress, config.searching().epochs(), task.noun());
    if (planned instanceof PopulationPlan plan) {
      new PopulationSearch(plan, cluster().fitness(jobs.prefix()), run, listener).run();
    } else if (planned instanceof SearchPlan plan) {
      new SupernetSearch(plan, this::supernet, run, listener).run();
    }
  }

  private GradientSource supernet(SupernetSpace size, EdgeSettings edges) {
    SearchSettings settings = config.search();
    SupernetReplicas replicas =
        new SupernetReplicas(
            size,
            edges,
            config.data(),
            settings.augmentation(),
            config.seed(),
            settings.batch(),
            settings.computing());
    return cluster()
        .gradients(
            jobs.prefix() + "search",
            replicas,
            settings.replicas(),
            settings.batch(),
            config.seed(),
            settings.exchange());
  }

  @Override
  public Retrained retrain() {
    List<Candidate> candidates =
        Candidates.of(
            () -> SearchResult.read(run, config.searchPlan()),
            config.retrain().candidates(),
            config.supernet(),
            config.seed(),
            new TakenCandidates(
                HeldCandidates.of(run, unused -> {}), // retraining says what is broken there
                hadoop,
                StructureSources.finder(hadoop, progress::say)),
            progress::say);
    Retraining retraining =
        new Retraining(
            config.retrain(),
            config.data(),
            Retraining.resultKeys(SameExperiment.resolved(config, run)),
            run,
            cluster().jobs(jobs.prefix()),
            new RetrainProgress(progress));
    RetrainResult result = retraining.run(candidates);
    int failed = result.failures().size();
    return new Retrained(candidates.size() * config.retrain().seeds().size(), failed);
  }

  @Override
  public void report() {
    SearchFiles.requireWhole(run, config.searching(), candidatesNeedSearch());
    RetrainFiles.requireWhole(run);
    try {
      new ReportWriter(run::writeBytes)
          .write(RunReports.read(run, config), config.report().title());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run.markComplete();
  }

  @Override
  public boolean hasReport() {
    return run.exists(ReportWriter.FOLDER);
  }

  private SparkCluster cluster() {
    return jobs.cluster().get();
  }

  @Override
  public void close() {
    try {
      jobs.done().run();
    } finally {
      lease.close();
    }
  }

  /**
   * A run's part of a Spark application.
   *
   * @param prefix of its job groups' names, its own among runs on one cluster
   * @param done gives the cluster back
   */
  record SparkJobs(LazyCluster cluster, String prefix, Runnable done) {}
}
