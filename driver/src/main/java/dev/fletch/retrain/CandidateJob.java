package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ExampleSource;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.GradientSource;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.Networks;
import dev.fletch.replica.LocalGradientSource;
import dev.fletch.retrain.TrainingResult.NetworkCost;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.task.Task;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The training of one candidate with one seed, with all it needs to run in any process that sees
 * the data and the run folder.
 *
 * @param candidate id, also the name of its folder
 * @param untilEpoch how many epochs to train now; fewer than all to stop at a rung
 * @param runFolder as {@link RunFolder#path()}
 * @param keys configuration keys that decide the result, see {@link Retraining#resultKeys}
 * @param writer in whose name the job writes, as {@link RunFolder#writer()}
 */
public record CandidateJob(
    String candidate,
    Architecture genotype,
    long seed,
    int untilEpoch,
    RetrainSettings settings,
    DataSettings data,
    String runFolder,
    ResultKeys keys,
    String writer)
    implements Serializable {
  /** A job of a folder that nobody has the lease of. */
  public CandidateJob(
      String candidate,
      Architecture genotype,
      long seed,
      int untilEpoch,
      RetrainSettings settings,
      DataSettings data,
      String runFolder,
      ResultKeys keys) {
    this(candidate, genotype, seed, untilEpoch, settings, data, runFolder, keys, "");
  }

  /** All that decides the result: the configuration's keys, the genotype and the seed. */
  public ResultKeys resultKeys() {
    return resultKeys(keys, genotype, seed);
  }

  /** The same of a job that is not to be run. */
  static ResultKeys resultKeys(ResultKeys keys, Architecture genotype, long seed) {
    return keys.with("genotype", genotype.text()).with("seed", Long.toString(seed));
  }

  /** The job's own folder in the run, for example {@code retrain/last/seed-0}. */
  public String folder() {
    return folder(candidate, seed);
  }

  static String folder(String candidate, long seed) {
    return TrainingFolders.name(candidate, seed);
  }

  /**
   * Trains, going on from the job's newest checkpoint if it has one, and writes the job's files. To
   * be called on the thread and in the process whose cores, or GPU, the training shall use.
   *
   * @return {@link Outcome.Failed} where running it again would fail again; what may pass is thrown
   */
  public Outcome run(Configuration hadoop) {
    RunFolder run = RunFolder.open(runFolder, writer, hadoop);
    try {
      ExampleSource examples = examples(hadoop);
      ArchitectureNetwork network = network(examples);
      try (GradientSource source =
          new LocalGradientSource(network, examples, 1, settings.batch(), seed)) {
        return train(source, run, network, Task.of(examples), examples.classNames());
      }
    } catch (IllegalArgumentException e) {
      return failed(e);
    }
  }

  /**
   * As {@link #run(Configuration)}, with gradients from elsewhere: one or more replicas of this
   * job's network.
   */
  public Outcome run(GradientSource source, Configuration hadoop) {
    RunFolder run = RunFolder.open(runFolder, writer, hadoop);
    try {
      ExampleSource examples = examples(hadoop);
      try (ArchitectureNetwork unbuilt = network(examples)) {
        return train(source, run, unbuilt, Task.of(examples), examples.classNames());
      }
    } catch (IllegalArgumentException e) {
      return failed(e);
    }
  }

  private Outcome train(
      GradientSource source,
      RunFolder run,
      ArchitectureNetwork network,
      Task task,
      List<String> classNames) {
    try {
      NetworkCost cost = new NetworkCost(network.publishedSize(), network.publishedMultiplyAdds());
      return new CandidateTraining(this, source, run, cost, task.metric(), classNames).run();
    } catch (DivergedException | TimeLimitException | IllegalArgumentException e) {
      return failed(e);
    }
  }

  private Outcome failed(Exception e) {
    return new Outcome.Failed(candidate, seed, String.valueOf(e.getMessage()));
  }

  /** Opens the data. */
  public ExampleSource examples(Configuration hadoop) {
    return DataSet.open(data, settings.augmentation(), seed, hadoop)
        .holdingOut(settings.protocol().validationPortion());
  }

  /** The network to train; takes no native memory before it is first used. */
  public ArchitectureNetwork network(ExampleSource examples) {
    settings.computing().bind();
    return Networks.of(
        genotype,
        settings.network(),
        examples.input(),
        Task.of(examples),
        settings.batch(),
        settings.threads());
  }
}
