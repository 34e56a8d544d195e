package dev.fletch.data;

import static dev.fletch.data.SampleFiles.CIFAR10;
import static dev.fletch.data.SampleFiles.HADOOP;
import static dev.fletch.data.SampleFiles.IDX;
import static dev.fletch.data.SampleFiles.settings;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that is not where the settings say. */
class MissingDataTest {
  @TempDir Path folder;

  @Test
  void namesWhatIsMissing() {
    SampleFiles.idx(folder, 6, 3);
    assertRefused(
        settings(CIFAR10, folder),
        "Cannot find data_batch_1.bin (or data_batch_1.bin.gz) in FOLDER: put it there, or list"
            + " the files in data.train");
    assertRefused(
        new DataSettings(IDX, folder.toString(), List.of(), List.of("a", "b"), 0, 0, 0.5),
        "Cannot find the file a in FOLDER, listed in data.test");
    assertThatThrownBy(() -> ImageExamples.header(settings(IDX, folder.resolve("nowhere")), HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage("Cannot find the folder %s/nowhere; data.path must name one", folder);
    String absolute = folder.resolve("none").toUri().toString();
    assertThatThrownBy(
            () ->
                ImageExamples.header(
                    new DataSettings(IDX, "", List.of(absolute, "b"), List.of("c", "d"), 0, 0, 0.5),
                    HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Cannot find the file file:" + folder + "/none: ");
  }

  @Test
  void refusesOtherBundledSets() {
    assertRefused(
        new DataSettings(IDX, "bundled:mnist", List.of(), List.of(), 0, 0, 0.5),
        "Unknown bundled data set 'mnist' in data.path; there is bundled:fashion-mnist");
  }

  @Test
  void tellsUnreachableFileSystemsFromWrongFiles() {
    Configuration impatient = new Configuration();
    impatient.setInt("ipc.client.connect.max.retries", 0);
    impatient.setInt("ipc.client.connect.retry.interval", 1);

    assertThatThrownBy(() -> header("hdfs://127.0.0.1:1/data", impatient))
        .isInstanceOf(UnreachableDataException.class)
        .hasMessageStartingWith("Cannot reach the file system of hdfs://127.0.0.1:1/data: ")
        .hasMessageEndingWith("; check that it is up and that its address is right")
        .message()
        .hasLineCount(1);
    assertThatThrownBy(() -> header("hdfs://no-such-host.invalid:8020/data", impatient))
        .isInstanceOf(UnreachableDataException.class)
        .message()
        .contains("no-such-host.invalid")
        .hasLineCount(1);
    assertThatThrownBy(() -> header("gopher://host/data", impatient))
        .isExactlyInstanceOf(DataException.class)
        .hasMessage("Cannot read gopher://host/data: No FileSystem for scheme \"gopher\"");
  }

  @Test
  void refusesIncompleteIdxLists() {
    assertThatThrownBy(
            () -> new DataSettings(IDX, "x", List.of("a"), List.of("a", "b", "c"), 0, 0, 0.5))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "train must list two files for idx, images and labels, got 1;"
                + " test must list two files for idx, images and labels, got 3");
  }

  private static DataHeader header(String path, Configuration hadoop) {
    return ImageExamples.header(
        new DataSettings(IDX, path, List.of(), List.of(), 0, 0, 0.5), hadoop);
  }

  private void assertRefused(DataSettings settings, String message) {
    assertThatThrownBy(() -> ImageExamples.header(settings, HADOOP))
        .isExactlyInstanceOf(DataException.class)
        .hasMessage("%s", message.replace("FOLDER", "file:" + folder));
  }
}
