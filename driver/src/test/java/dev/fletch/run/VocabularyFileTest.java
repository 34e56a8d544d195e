package dev.fletch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.config.RunConfig;
import dev.fletch.config.RunConfigLoader;
import dev.fletch.data.AugmentationSettings;
import dev.fletch.data.DataException;
import dev.fletch.data.DataSet;
import dev.fletch.data.TextExamples;
import dev.fletch.runfolder.Build;
import dev.fletch.runfolder.DataFacts;
import dev.fletch.runfolder.Manifest;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.runfolder.RunFolderException;
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

/** A run on texts keeps its words, and goes on with no others. */
class VocabularyFileTest {
  private static final Configuration HADOOP = new Configuration();
  private static final String TEXTS = "text\tlabel\ngood film\tup\nbad \"film\"\tdown\n";

  @TempDir Path folder;

  private RunConfig config;
  private RunFolder run;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    Files.writeString(folder.resolve("train.tsv"), TEXTS);
    Files.writeString(folder.resolve("test.tsv"), TEXTS);
    config =
        RunConfigLoader.load(
            "run.conf",
            "fletch { name = a, output = b, data { format = text, path = \"%s\", min-count = 1 } }"
                .formatted(folder),
            List.of());
    run = RunFolder.create(folder.resolve("run").toString(), HADOOP);
    file = folder.resolve("run").resolve(VocabularyFile.NAME);
    run.writeText(RunFolder.CONFIG, config.render());
    DataSet examples = examples();
    VocabularyFile.write(run, examples);
    new Manifest(
            "run",
            Build.running(),
            Instant.EPOCH,
            List.of(config.seed()),
            Map.of(SameExperiment.EXAMPLES, examples.checksum()),
            new DataFacts(
                examples.classNames(),
                List.of(1, 1),
                List.of(1, 1),
                DataSet.header(config.data(), HADOOP).texts().orElseThrow().figures(),
                List.of()),
            Map.of())
        .write(run);
  }

  private DataSet examples() {
    return DataSet.open(config.data(), AugmentationSettings.NONE, 0, HADOOP);
  }

  @Test
  void theFileHasTheWordsInOrderOfTheirNumbers() throws IOException {
    assertThat(new ObjectMapper().readTree(Files.readString(file)).toString())
        .isEqualTo(
            "{\"formatVersion\":1,"
                + "\"words\":[\"<pad>\",\"<unk>\",\"\\\"\",\"film\",\"bad\",\"good\"],"
                + "\"counts\":[0,0,2,2,1,1]}");
    assertThat(((TextExamples) examples()).vocabulary().difference(VocabularyFile.read(run)))
        .isEmpty();
  }

  @Test
  void theManifestSaysWhatTheTextsAre() throws IOException {
    assertThat(
            new ObjectMapper()
                .readTree(run.readText(RunFolder.MANIFEST))
                .at("/data/texts")
                .toString())
        .isEqualTo(
            "{\"vocabulary\":6,\"longest\":4,\"meanLength\":3,\"cutTrain\":0,\"cutTest\":0,"
                + "\"unknownTrain\":0,\"unknownTest\":0,\"withVector\":0,\"vectorWidth\":0}");
    assertThat(Manifest.read(run).data().texts())
        .containsEntry("vocabulary", 6.0)
        .containsEntry("meanLength", 3.0);
  }

  @Test
  void theSameRunGoesOn() {
    SameExperiment.require(config, run, HADOOP);
    VocabularyFile.requireSame(run, examples());
  }

  @Test
  void theVocabularyOfAnotherRunIsRefused() throws IOException {
    Files.writeString(file, Files.readString(file).replace("\"good\"", "\"fine\""));

    assertThatThrownBy(() -> SameExperiment.require(config, run, HADOOP))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessage(
            "run folder %s: vocabulary.json is the vocabulary of another run than that of the data"
                + " (word 5 is 'fine' there, 'good' here): restore the file, or bring the old"
                + " texts back",
            run.path());
  }

  @Test
  void otherTextsOfTheSameWordsAreRefusedAndTheSameMayLieElsewhere() throws IOException {
    RunConfig changed = elsewhere("changed", TEXTS.replace("good film", "film good"));

    assertThatThrownBy(() -> SameExperiment.require(changed, run, HADOOP))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("was started with other texts: the checksum of the examples of ")
        .hasMessageEndingWith(": bring the old texts back, or choose another output");

    SameExperiment.require(elsewhere("moved", TEXTS), run, HADOOP);
  }

  private RunConfig elsewhere(String name, String train) throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    Files.writeString(place.resolve("train.tsv"), train);
    Files.writeString(place.resolve("test.tsv"), TEXTS);
    return RunConfigLoader.load("run.conf", config.render(), List.of("data.path=" + place));
  }

  @Test
  void aLostOrTornFileIsMissed() throws IOException {
    Files.writeString(file, "{\"formatVersion\":1,\"words\":[\"a\"]}");
    assertThatThrownBy(() -> VocabularyFile.requireSame(run, examples()))
        .isInstanceOf(RunFolderException.class)
        .hasMessageContaining("vocabulary.json is not readable (a vocabulary begins with");
    Files.writeString(file, "{\"formatVersion\":7}");
    assertThatThrownBy(() -> VocabularyFile.requireSame(run, examples()))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("has format version 7");

    Files.delete(file);
    assertThatThrownBy(() -> VocabularyFile.requireSame(run, examples()))
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageContaining("vocabulary.json is missing");
  }

  /** Whatever cannot be built yet is refused before anything is written. */
  @Test
  void theCheckReadsTheTextsBeforeNetworksAreBuilt() throws IOException {
    Files.writeString(folder.resolve("test.tsv"), "text\tlabel\ngood\tsideways\n");
    RunConfig broken =
        RunConfigLoader.load("run.conf", config.render(), List.of("data.test=[test.tsv]"));

    assertThatThrownBy(() -> new ConfigCheck(HADOOP).check(broken))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "test.tsv line 2: has the unknown label 'sideways', the training set has down, up");
  }
}
