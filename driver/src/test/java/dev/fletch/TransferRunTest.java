package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.retrain.Candidate;
import dev.fletch.retrain.CandidateFile;
import dev.fletch.retrain.CandidateLabel;
import dev.fletch.retrain.ForeignCandidates;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search with one kind of cell, and what it found trained on other data. */
class TransferRunTest {
  private static final String ONE_KIND =
      """
      data { resize = 8, train-limit = 32, test-limit = 16 }
      space {
        kinds = 1, nodes = 2
        operations = [none, identity, sep_conv_1, max_pool_3], activations = [identity, relu]
      }
      supernet { init-channels = 4, layers = 2, reduce-after = [1] }
      search { epochs = 2, replicas = 1, watch.eigenvalue-every = 0 }
      retrain {
        candidates = [best-validation, last], epochs = 1
        init-channels = 4, layers = 2, auxiliary-weight = 0, drop-path = 0, reduce-after = [1]
      }
      """;

  @TempDir Path folder;

  @Test
  void whatARunFoundIsTrainedOnOtherData() throws IOException {
    Path source = folder.resolve("source");
    TinyRun.Outcome first = TinyRun.fletch("run", TinyRun.conf(folder, source, ONE_KIND));
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(Files.readString(source.resolve("search/epochs.jsonl")))
        .contains("\"genotype\":{\"cell\":\"")
        .doesNotContain("\"reduction\":\"");
    assertThat(Files.readString(source.resolve("report/index.html")))
        .contains("<figcaption><b>Cell</b>")
        .doesNotContain("Reduction cell");
    Candidate best = found(source, "best");
    assertThat(best.id()).isEqualTo("from-source-best");
    assertThat(best.genotype().text()).startsWith("cell=[");
    assertThat(best.genotype()).isEqualTo(found(source, "best-validation").genotype());

    Path target = folder.resolve("target");
    Path block = folder.resolve("block.json");
    Files.writeString(block, BaselineGenomes.RESNET_BLOCK.genome().document());
    Path conf =
        TinyRun.conf(
            folder,
            target,
            """
            data { resize = 9, train-limit = 24, test-limit = 16 }
            retrain {
              candidates = ["from:%s/best"], epochs = 1
              init-channels = 6, layers = 3, auxiliary-weight = 0, reduce-after = [1, 2]
            }
            """
                .formatted(source));
    TinyRun.Outcome second = TinyRun.fletch("run", conf);

    assertThat(second.exitCode()).as(second.err()).isZero();
    RunFolder run = RunFolder.open(target.toString(), new Configuration());
    assertThat(CandidateFile.read(run, "from-source-best").genotype()).isEqualTo(best.genotype());
    assertThat(target.resolve("retrain/from-source-best/seed-0/result.json")).exists();
    assertThat(target.resolve("search")).doesNotExist();

    CandidateLabel.Elsewhere file = new CandidateLabel.Elsewhere(block.toString(), "");
    assertThat(ForeignCandidates.read(file, new Configuration()))
        .satisfies(
            candidate -> {
              assertThat(candidate.id()).isEqualTo("from-block");
              assertThat(candidate.genotype()).isEqualTo(BaselineGenomes.RESNET_BLOCK.genome());
            });
    assertRefused(
        "from:" + source + "/worst",
        source + ": has no candidate worst: take one of best-validation");
    assertRefused("from:" + folder + "/nothing/best", ": holds no run (there is no such folder)");
  }

  @Test
  void whatCannotBeTrainedIsRefusedBeforeWorkStarts() throws IOException {
    assertRefused(folder + "/none.json", "none.json: there is no such file of a genome");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"cell\": \"sep_conv_9:0\"}");
    assertRefused(broken.toString(), "broken.json: holds no genome and no genotype (");
    assertRefused(
        "baseline-transformer-block",
        "retrain.candidates: baseline-transformer-block: attention divides its channels among 8"
            + " heads and cannot have 2: take a multiple of 8");
  }

  private static Candidate found(Path run, String candidate) {
    return ForeignCandidates.read(
        new CandidateLabel.Elsewhere(run.toString(), candidate), new Configuration());
  }

  private void assertRefused(String candidate, String message) throws IOException {
    Path output = folder.resolve("refused");
    String more = "retrain { candidates = [\"%s\"], auxiliary-weight = 0 }".formatted(candidate);
    TinyRun.Outcome outcome = TinyRun.fletch("run", TinyRun.conf(folder, output, more));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errorLines()).hasSize(1);
    assertThat(outcome.err()).contains(message);
    assertThat(output).doesNotExist();
  }
}
