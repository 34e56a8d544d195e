package dev.fletch.search;

import dev.fletch.architecture.Genome;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.ResultKeys;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code search/weights/genome-NNNNN}: a checkpoint of the network that was trained for a genome,
 * with each of its weights and running statistics under the name that it has in the network.
 */
final class TrainedWeights {
  private static final String FOLDER = "search/weights";
  private static final Pattern NAME = Pattern.compile("genome-(\\d+)");
  private static final String GENOTYPE = "genotype";
  private static final String WEIGHT = "weight ";
  private static final String STATISTICS = "statistics ";

  private final Checkpoint checkpoint;

  private TrainedWeights(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  /** Of a training that has ended. */
  static void write(
      RunFolder run, FitnessJob job, ArchitectureNetwork network, TrainingState state) {
    Map<String, float[]> vectors = new TreeMap<>();
    float[] weights = state.weightsOnHost();
    for (WeightSlot slot : network.weightSlots()) {
      int end = slot.offset() + slot.length();
      vectors.put(WEIGHT + slot.name(), Arrays.copyOfRange(weights, slot.offset(), end));
    }
    float[] statistics = state.statisticsOnHost();
    for (StatisticsSlot slot : network.statisticsSlots()) {
      int end = slot.offset() + length(slot);
      vectors.put(STATISTICS + slot.name(), Arrays.copyOfRange(statistics, slot.offset(), end));
    }
    folder(run, job.id())
        .save(
            new Checkpoint(
                job.settings().network().epochs(),
                job.seed(),
                keys(job.genome()),
                vectors,
                Map.of(),
                List.of()));
  }

  /**
   * @param id of the genome
   * @throws RunFolderException if there are none, none that are whole, or those of another genome
   */
  static TrainedWeights read(RunFolder run, int id, Genome genome) {
    List<String> damaged = new ArrayList<>();
    Checkpoint checkpoint =
        folder(run, id)
            .newest(damaged::add)
            .orElseThrow(
                () ->
                    new RunFolderException(
                        "%s/%s: is missing, and children of genome %d start from these weights:"
                                .formatted(run.path(), name(id), id)
                            + " restore it from a copy of the folder, or choose another output"));
    checkpoint.keys().requireSame(keys(genome), "%s/%s".formatted(run.path(), name(id)));
    return new TrainedWeights(checkpoint);
  }

  /** Removes those of all genomes but some. */
  static void remove(RunFolder run, IntPredicate isNeeded) {
    for (String name : run.folders(FOLDER)) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches() && !isNeeded.test(Integer.parseInt(matcher.group(1)))) {
        run.delete(FOLDER + "/" + name);
      }
    }
  }

  /** Copies what is called {@code name} here to the part of {@code weights} that is the slot's. */
  void copyTo(WeightSlot slot, String name, float[] weights) {
    float[] values = checkpoint.vector(WEIGHT + name, slot.length());
    System.arraycopy(values, 0, weights, slot.offset(), values.length);
  }

  /** The same for statistics; does nothing if there are none of that name. */
  void copyTo(StatisticsSlot slot, String name, float[] statistics) {
    if (checkpoint.vectors().containsKey(STATISTICS + name)) {
      float[] values = checkpoint.vector(STATISTICS + name, length(slot));
      System.arraycopy(values, 0, statistics, slot.offset(), values.length);
    }
  }

  private static int length(StatisticsSlot slot) {
    return 2 * slot.channels();
  }

  private static ResultKeys keys(Genome genome) {
    return ResultKeys.of(Map.of(GENOTYPE, genome.text()));
  }

  private static CheckpointFolder folder(RunFolder run, int id) {
    return new CheckpointFolder(run, name(id), 1);
  }

  /** Where they are, relative to the run. */
  static String name(int id) {
    return String.format("%s/genome-%05d", FOLDER, id);
  }
}
