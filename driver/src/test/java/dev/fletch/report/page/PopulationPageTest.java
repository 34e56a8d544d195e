package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.Genome;
import dev.fletch.report.ReportWriter;
import dev.fletch.report.draw.GenomeDrawingTest;
import dev.fletch.report.model.EvolvedSamples;
import dev.fletch.report.model.PopulationReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.report.model.Samples;
import dev.fletch.report.table.LeaderboardCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PopulationPageTest {
  private static final PopulationReport POPULATION = EvolvedSamples.evolved(12, 12);

  /** Also leaves the page in {@code target/report-samples}, to look at. */
  @Test
  void aRunOfEvolutionIsReportedWhole() throws IOException {
    Path folder = Path.of("target", "report-samples", "evolved");
    RunReport run = EvolvedSamples.run(POPULATION);
    new ReportWriter(
            (file, content) -> {
              Files.createDirectories(folder.resolve(file).getParent());
              Files.write(folder.resolve(file), content);
            })
        .write(run, "neat-mnist");
    String page = Files.readString(folder.resolve("report/index.html"));
    PageTest.parse(
        page.replaceFirst("<!DOCTYPE html>", "")
            .replaceAll("(?s)<script.*?</script>", "")
            .replaceAll("(?s)<style>.*?</style>", ""));
    String words = PageTest.words(page);

    assertThat(words)
        .contains("12 generations of 12 genomes, " + POPULATION.evaluations() + " trainings in ")
        .contains(
            "The fittest genome, #"
                + POPULATION.winner().members().get(POPULATION.winner().members().size() - 1).id())
        .contains("Family tree of the fittest genome")
        .contains(
            "Innovations: the "
                + POPULATION.innovations().size()
                + " connections that were ever made")
        .contains("Genome as text genome output=")
        .contains("Validation accuracy", "best generation", "Accuracy of the best genome")
        .doesNotContain("Skip connections per cell", "Entropy of alpha", "temperature (right)")
        .doesNotContain("first order", "NaN");
    long members = POPULATION.winner().members().size();
    assertThat(page.split(Pattern.quote("class='op origin-"), -1).length - 1L).isEqualTo(members);

    JsonNode json =
        new ObjectMapper().readTree(Files.readString(folder.resolve("report/report.json")));
    JsonNode generations = json.path("population").path("generations");
    assertThat(generations).hasSize(12);
    assertThat(generations.get(3).path("best").asDouble())
        .isEqualTo(POPULATION.lines().get(3).best());
    assertThat(generations.get(3).path("evaluations").asInt())
        .isEqualTo(POPULATION.costs().get(3).evaluations());
    assertThat(json.path("population").path("family")).hasSize((int) members);
  }

  @Test
  void aGenomeIsDrawnWithItsDisabledGenesInWords() {
    RunReport run =
        Samples.of(
            Samples.search(2, 0.6),
            EvolvedSamples.candidate("given", 0, Genome.parse(GenomeDrawingTest.LARGE)));
    String page = Page.text(run, "t");

    assertThat(PageTest.words(page))
        .contains("Disabled connections: 2 (input to node 1, port J).")
        .contains("Without effect on the output: node 4.")
        .contains("The sign says whether the node adds or multiplies its ports.");
    assertThat(page).contains("<svg class='cell genome'");
    String csv = LeaderboardCsv.text(run.candidates(), run.metric());
    assertThat(csv.lines().findFirst().orElseThrow()).endsWith(",lambda,genome,recurrent");
    assertThat(csv).contains(",done,,,").contains(",\"" + GenomeDrawingTest.LARGE + "\"");
  }

  /** Also leaves the page in {@code target/report-samples}, to look at. */
  @Test
  void operationsOfWholeStructuresHaveTheirColours() throws IOException {
    RunReport run =
        Samples.of(
            Samples.search(2, 0.6),
            EvolvedSamples.candidate(
                "structures",
                0,
                Samples.genotype(
                    "sep_conv_3+relu:0,attention:1|identity:0,max_pool_3+relu:2",
                    "dil_conv_5+tanh:0,identity+sigmoid:1|attention+relu:2,avg_pool_5:1")),
            EvolvedSamples.candidate("given", 0, Genome.parse(GenomeDrawingTest.LARGE)));
    String page = Page.text(run, "structures");
    Files.writeString(
        Files.createDirectories(Path.of("target", "report-samples")).resolve("structures.html"),
        page);

    assertThat(page)
        .contains("class='op op-sep'", "class='op op-attention'", "class='op op-skip'")
        .contains("class='op op-pool'", "class='op op-dil'", "class='edge op-skip'")
        .contains("Every label is an operation", "A node of a genome has two ports")
        .doesNotContain("class='op op-other'");
  }

  @Test
  void changesOfAGenomeAreSaidInWords() {
    Genome before =
        Genome.parse(
            "genome output=1 nodes=[1:add(sep_conv_3,identity)] connections=[1:0>1:I,2:0>1:J]");
    Genome after =
        Genome.parse(
            "genome output=1 nodes=[1:multiply(sep_conv_3,identity)|2:add(attention,none)]"
                + " connections=[1:0>1:I:off,2:0>1:J,3:0>2:I,4:2>1:I]");

    assertThat(ArchitectureChange.words(before, after))
        .isEqualTo(
            List.of(
                "node 1:add(sep_conv_3,identity) → 1:multiply(sep_conv_3,identity)",
                "new node 2:add(attention,none)",
                "disabled 1 (input to node 1, port I)",
                "new connection 3 (input to node 2, port I)",
                "new connection 4 (node 2 to node 1, port I)"));
    assertThat(ArchitectureChange.words(after, before))
        .containsExactly(
            "node 1:multiply(sep_conv_3,identity) → 1:add(sep_conv_3,identity)",
            "without node 2",
            "enabled 1 (input to node 1, port I)",
            "without 3 (input to node 2, port I)",
            "without 4 (node 2 to node 1, port I)");
    assertThat(ArchitectureChange.words(before, before)).isEmpty();
    assertThat(ArchitectureChange.words(before, Samples.genotype()))
        .containsExactly("another kind of architecture");
  }
}
