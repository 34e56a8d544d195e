package dev.fletch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.runfolder.RunFolderException;
import dev.fletch.runfolder.RunFolderRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A run folder that cannot be reported is refused with the file and what is wrong with it. */
class RunReportRefusalTest extends WrittenRun {
  @Test
  void namesFileAndLineOfBrokenJson() throws IOException {
    writeSearch();
    write("search/epochs.jsonl", line(0, 10, 0.5) + "\n{\"epoch\": 1, \"temper");
    assertThatThrownBy(this::read)
        .isInstanceOf(RunFolderException.class)
        .hasMessageStartingWith(
            "file:" + folder + "/search/epochs.jsonl:2: is no record of an epoch (not valid JSON: ")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void namesTheKeyThatIsMissingOrOfAnotherType() throws IOException {
    writeSearch();
    write("search/epochs.jsonl", line(0, 10, 0.5).replace("\"epoch\":0,", ""));
    assertThatThrownBy(this::read)
        .hasMessageEndingWith(
            "epochs.jsonl:1: is no record of an epoch (epoch must be a whole number, is missing)");
    write("search/epochs.jsonl", line(0, 10, 0.5).replace(":10,", ":\"hot\","));
    assertThatThrownBy(this::read)
        .hasMessageEndingWith(
            "epochs.jsonl:1: is no record of an epoch (temperature must be a number, got \"hot\")");
    write("search/epochs.jsonl", line(0, 10, 0.5).replace("sep_conv_3x3:0", "sepconv:0"));
    assertThatThrownBy(this::read)
        .hasMessageContaining(
            "epochs.jsonl:1: is no record of an epoch (Invalid genotype in JSON at");
  }

  @Test
  void refusesAFolderThatHoldsNoSearch() throws IOException {
    write("config.conf", CONFIG);
    assertThatThrownBy(this::read)
        .isInstanceOf(RunFolderRefusedException.class)
        .hasMessageEndingWith(
            "it has neither search/epochs.jsonl nor retrain; give the output folder of a run");
  }

  @Test
  void refusesRaggedAlphaAndUnknownCandidates() throws IOException {
    writeSearch();
    write(
        "search/alpha/epoch-001.json",
        "{\"formatVersion\":1,\"epoch\":1,\"temperature\":1,\"operations\":[\"none\"],"
            + "\"normal\":[[0.5,0.5]],\"reduction\":[]}");
    assertThatThrownBy(this::read)
        .hasMessageEndingWith(
            "search/alpha/epoch-001.json: holds no mixing weights (normal has a row of 2 numbers"
                + " for 1 operation): restore it");
    Files.delete(folder.resolve("search/alpha/epoch-001.json"));
    Files.createDirectories(folder.resolve("retrain/epoch-44"));
    assertThatThrownBy(this::read)
        .hasMessageContaining(
            "retrain/epoch-44: has no candidate.json, and the search has no epoch");
  }
}
