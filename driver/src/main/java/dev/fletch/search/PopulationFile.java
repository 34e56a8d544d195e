package dev.fletch.search;

import dev.fletch.evolution.Population;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code search/population/generation-NNN.json}: a generation with the fitness of each genome, as
 * {@link Population#json} has it.
 */
public final class PopulationFile {
  private PopulationFile() {}

  static void write(RunFolder run, Population population) {
    run.writeText(name(population.generation()), population.json().toPrettyString() + "\n");
  }

  /**
   * Reads a generation.
   *
   * @throws RunFolderException if the file is missing or cannot be understood
   */
  public static Population read(RunFolder run, int generation) {
    String text = run.readText(name(generation));
    try {
      return Population.read(text);
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          "%s/%s: holds no generation (%s): restore it from a copy of the folder"
              .formatted(run.path(), name(generation), RunFolderException.reason(e)),
          e);
    }
  }

  /** The generations before {@code end}, in their order. */
  public static List<Population> readAll(RunFolder run, int end) {
    List<Population> generations = new ArrayList<>();
    for (int generation = 0; generation < end; generation++) {
      generations.add(read(run, generation));
    }
    return generations;
  }

  /** Where a generation is, relative to the run. */
  public static String name(int generation) {
    return String.format("search/population/generation-%03d.json", generation);
  }
}
