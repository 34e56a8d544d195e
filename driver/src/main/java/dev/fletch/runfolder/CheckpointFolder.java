package dev.fletch.runfolder;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The latest checkpoints of one training, {@code epoch-NNN.ckpt} after epoch NNN, in one folder of
 * a run.
 */
public final class CheckpointFolder {
  private static final Pattern NAME = Pattern.compile("epoch-(\\d+)\\.ckpt");

  private final RunFolder run;
  private final String folder;
  private final int keep;

  /**
   * @param folder relative to the run, for example {@code search/checkpoint}
   * @param keep how many of the latest stay
   */
  public CheckpointFolder(RunFolder run, String folder, int keep) {
    this.run = run;
    this.folder = folder;
    this.keep = keep;
  }

  /** Writes {@code checkpoint} and only then removes those that are too many. */
  public void save(Checkpoint checkpoint) {
    String name = String.format("epoch-%03d.ckpt", checkpoint.nextEpoch() - 1);
    try {
      run.writeBytes(folder + "/" + name, CheckpointFormat.encode(checkpoint));
    } catch (IOException e) {
      throw new RunFolderException("cannot encode checkpoint " + name, e);
    }
    newestFirst().stream().skip(keep).forEach(old -> run.delete(folder + "/" + old));
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param warnings gets one line per torn file that was passed over
   * @return empty if there are no checkpoints at all
   * @throws RunFolderException if there are checkpoints and none is whole: starting over silently
   *     would hide the loss
   */
  public Optional<Checkpoint> newest(Consumer<String> warnings) {
    List<String> names = newestFirst();
    for (String name : names) {
      String path = folder + "/" + name;
      try {
        return Optional.of(CheckpointFormat.decode(run.readBytes(path)));
      } catch (CheckpointFormat.CorruptException e) {
        warnings.accept(
            "checkpoint "
                + run.path()
                + "/"
                + path
                + " is damaged ("
                + e.getMessage()
                + "): using the one before");
      }
    }
    if (!names.isEmpty()) {
      throw new RunFolderException(
          "run folder "
              + run.path()
              + ": no checkpoint in "
              + folder
              + " is whole ("
              + String.join(", ", names)
              + "): restore one of them, or choose another output");
    }
    return Optional.empty();
  }

  /**
   * Removes all checkpoints: the training they belong to is finished, or is started over on
   * purpose.
   */
  public void clear() {
    run.delete(folder);
  }

  private List<String> newestFirst() {
    return run.list(folder).stream()
        .filter(name -> NAME.matcher(name).matches())
        .sorted(Comparator.comparingInt(CheckpointFolder::epoch).reversed())
        .toList();
  }

  private static int epoch(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a checkpoint's name: " + name);
    }
    return Integer.parseInt(matcher.group(1));
  }
}
