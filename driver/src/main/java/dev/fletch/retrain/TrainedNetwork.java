package dev.fletch.retrain;

import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import dev.fletch.runfolder.TrainingVectors;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a finished training left in the run folder: its result and the network that gave it. */
public final class TrainedNetwork {
  private static final Logger LOG = LoggerFactory.getLogger(TrainedNetwork.class);

  private final CandidateJob job;
  private final TrainingResult result;
  private final Checkpoint checkpoint;

  private TrainedNetwork(CandidateJob job, TrainingResult result, Checkpoint checkpoint) {
    this.job = job;
    this.result = result;
    this.checkpoint = checkpoint;
  }

  /**
   * Reads the checkpoint of the last epoch.
   *
   * @param job that was run
   * @param result what came of it
   * @throws RunFolderRefusedException if that checkpoint is missing or damaged, or belongs to other
   *     settings
   */
  public static TrainedNetwork read(RunFolder run, CandidateJob job, TrainingResult result) {
    String folder = job.folder() + "/checkpoint";
    Checkpoint checkpoint =
        new CheckpointFolder(run, folder, 1)
            .newest(LOG::warn)
            .filter(newest -> newest.nextEpoch() == result.epochs())
            .orElseThrow(
                () ->
                    new RunFolderRefusedException(
                        "run folder %s: %s has no whole checkpoint of epoch %d, the last: delete %s"
                                .formatted(run.path(), folder, result.epochs() - 1, job.folder())
                            + " and retrain"));
    List<String> changes = checkpoint.keys().changesTo(job.resultKeys());
    if (!changes.isEmpty()) {
      throw new RunFolderRefusedException(
          "run folder %s: %s was trained with other settings (%s): use those, or retrain"
              .formatted(run.path(), job.folder(), String.join("; ", changes)));
    }
    return new TrainedNetwork(job, result, checkpoint);
  }

  public CandidateJob job() {
    return job;
  }

  public TrainingResult result() {
    return result;
  }

  /**
   * @param length what the network needs
   */
  public float[] weights(int length) {
    return TrainingVectors.weights(checkpoint, length);
  }

  /** Running means and variances; {@code length} as for {@link #weights}. */
  public float[] statistics(int length) {
    return TrainingVectors.statistics(checkpoint, length);
  }
}
