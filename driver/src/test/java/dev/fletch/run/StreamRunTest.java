package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSet;
import dev.fletch.runfolder.Build;
import dev.fletch.runfolder.DataFacts;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is checked and kept of a run on running texts. */
class StreamRunTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private RunConfig config;
  private RunFolder run;

  @BeforeEach
  void begin() throws IOException {
    texts(folder, "the cat sat\non the mat\n");
    config = config();
    run = RunFolder.create(folder.resolve("run").toString(), HADOOP);
    run.writeText(RunFolder.CONFIG, config.render());
    VocabularyFile.write(run, examples());
    DataHeader header = DataSet.header(config.data(), HADOOP);
    new Manifest(
            "run",
            Build.running(),
            Instant.EPOCH,
            List.of(config.seed()),
            Map.of(SameExperiment.EXAMPLES, examples().checksum()),
            new DataFacts(
                examples().classNames(),
                List.of(),
                List.of(),
                header.streams().orElseThrow().figures(),
                header.warnings()),
            Map.of())
        .write(run);
  }

  private static void texts(Path place, String train) throws IOException {
    Files.writeString(place.resolve("train.txt"), train);
    Files.writeString(place.resolve("valid.txt"), "the cat sat\n");
    Files.writeString(place.resolve("test.txt"), "the mat\n");
  }

  private RunConfig config(String... overrides) {
    return RunConfigLoader.load(
        "run.conf",
        "fletch { name = a, output = b, data { format = words, path = \"%s\", evaluation-rows = 2 } }"
            .formatted(folder),
        List.of(overrides));
  }

  private DataSet examples() {
    return DataSet.open(config.data(), AugmentationSettings.NONE, 0, HADOOP);
  }

  @Test
  void theRunKeepsItsWordsByTheirNumbers() throws IOException {
    assertThat(new ObjectMapper().readTree(run.readText(VocabularyFile.NAME)).toString())
        .isEqualTo(
            "{\"formatVersion\":1,"
                + "\"words\":[\"the\",\"cat\",\"sat\",\"<eos>\",\"on\",\"mat\"],"
                + "\"counts\":[2,1,1,2,1,1]}");
    assertThat(new ObjectMapper().readTree(run.readText(RunFolder.MANIFEST)).at("/data").toString())
        .isEqualTo(
            "{\"classes\":[],\"trainExamples\":[],\"testExamples\":[],"
                + "\"texts\":{\"vocabulary\":6,\"train\":8,\"valid\":4,\"test\":3,"
                + "\"unknownTrain\":0,\"unknownValid\":0,\"unknownTest\":0},\"warnings\":[]}");
    assertThat(Manifest.read(run).data().texts()).containsEntry("valid", 4.0);
  }

  @Test
  void itGoesOnWithTheSameTextsWhereverTheyLie() throws IOException {
    SameExperiment.require(config, run, HADOOP);
    Path moved = Files.createDirectory(folder.resolve("moved"));
    texts(moved, "the cat sat\non the mat\n");
    SameExperiment.require(
        config("data.path=" + moved, "data.valid=[" + moved + "/valid.txt]"), run, HADOOP);

    Path changed = Files.createDirectory(folder.resolve("changed"));
    texts(changed, "the cat sat\non the cat\n");
    assertThatThrownBy(() -> SameExperiment.require(config("data.path=" + changed), run, HADOOP))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("was started with other texts: the checksum of the examples of ");
    assertThatThrownBy(() -> SameExperiment.require(config("data.bptt=7"), run, HADOOP))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("data.bptt");
  }

  @Test
  void anotherVocabularyIsRefused() {
    run.writeText(
        VocabularyFile.NAME, run.readText(VocabularyFile.NAME).replace("\"cat\"", "\"dog\""));

    assertThatThrownBy(() -> VocabularyFile.requireSame(run, examples()))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("(word 1 is 'dog' there, 'cat' here)");
  }

  /** Before networks are built, in one line for each phase. */
  @Test
  void textsMustHaveWordsForAllRows() {
    RunConfig wide =
        config("search.batch=3", "search.replicas=2", "retrain.batch=5", "retrain.replicas=1");

    assertThatThrownBy(() -> new ConfigCheck(HADOOP).check(wide))
        .hasMessageContaining(
            "search.batch = 3 on 2 replicas cuts the training text into 6 rows, but it has 8 words:"
                + " each row must have 2 or more, so set it to at most 2")
        .hasMessageContaining(
            "search.batch = 3 on 2 replicas cuts the validation text into 6 rows, but it has 4"
                + " words: each row must have 2 or more, so set it to at most 1")
        .hasMessageContaining(
            "retrain.batch = 5 cuts the training text into 5 rows, but it has 8 words: each row"
                + " must have 2 or more, so set it to at most 4");
  }

  @Test
  void aTextThatCannotBeCutForItsEvaluationIsRefused() {
    RunConfig rows = config("data.evaluation-rows=10");

    assertThatThrownBy(() -> new ConfigCheck(HADOOP).check(rows))
        .hasMessage(
            "data.evaluation-rows = 10 cuts the validation text into 10 rows, but it has 4 words:"
                + " each row must have 2 or more, so set it to at most 2");
  }
}
