package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.report.model.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as one setting and as one data set in a report over several runs. */
class ComparedRunsTest extends ComparedRuns {
  private static final String HAND = "baseline-resnet-block";

  /** Folders of older versions may hold it twice. */
  @Test
  void oneNetworkWithTwoNamesIsNoChoice() throws IOException {
    configured("twice", "data { format = idx, path = /a/mnist }\n");
    for (String id : List.of("best-validation", "last")) {
      candidate("twice", id, 0, Samples.genotype());
      trained("twice", id, 0, 0.5);
    }

    assertThat(markdown("twice", "twice")).contains("| mnist | **50.00 %** |");
  }

  /** Neither place nor speed is a setting, and a drawn structure is one of many. */
  @Test
  void runsThatDifferInSeedsPlacesAndSpeedAreOneSetting() throws IOException {
    random("zero", "/a/mnist", "retrain.parallel = 2", "random-0", 0, 0.5);
    random(
        "one",
        "/b/mnist",
        "seed = 1, retrain.parallel = 4, retrain.seeds = [7], search.exchange = executors\n"
            + "search.exchange-timeout-seconds = 9, search.keep-checkpoints = 5\n"
            + "search.watch.gap = true, retrain.time-limit-minutes = 9",
        "random-1",
        7,
        0.75);

    assertThat(markdown("zero", "one"))
        .startsWith(
            "| data | random |",
            "| --- | ---: |",
            "| mnist | **62.50 % ± 17.68** (best of 2 candidates) |")
        .contains(
            "| mnist | random | this run | 62.50 % ± 17.68 (best of 2 candidates) | 2 runs | 777 |"
                + " – | – | 12.0 s |");
  }

  @Test
  void anotherSettingIsOneToChooseFromAndSaidSo() throws IOException {
    random("zero", "/a/mnist", "", "random-0", 0, 0.5);
    random("one", "/a/mnist", "retrain.epochs = 7", "random-0", 0, 0.75);

    List<String> lines = markdown("zero", "one");
    assertThat(lines)
        .startsWith(
            "| data | random |",
            "| --- | ---: |",
            "| mnist | **75.00 %** (best of 2 settings, best of 2 candidates) |");
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("chosen by these figures"))
        .filteredOn(line -> line.startsWith("| mnist | random | this run |"))
        .hasSize(2);
    JsonNode table = json().path("table");
    assertThat(table).hasSize(2);
    assertThat(table.get(0).path("candidates").asInt()).isEqualTo(2);
    assertThat(Files.readString(output().resolve("index.html")))
        .contains("<small>best of 2 settings</small>", "<small>best of 2 candidates</small>")
        .contains("random-0<br/><small>of 2 candidates</small>");
  }

  /** A seed of the search changes nothing of what was made by hand. */
  @Test
  void theSameTrainingsAreOneResult() throws IOException {
    byHand("alone", "format = idx, path = /a/mnist", "m", 0.5);
    byHand("again", "format = idx, path = /a/mnist }, seed = 1, search { batch = 64", "m", 0.5);

    assertThat(markdown("alone", "again", "alone"))
        .as("one candidate is no choice either")
        .contains(
            "| mnist | **50.00 %** |",
            "| mnist | baseline | this run | 50.00 % | 1 | 777 | – | – | 12.0 s |");
    assertThat(Files.readString(output().resolve("index.html"))).doesNotContain("<small>best of ");
  }

  @Test
  void whatARetrainingWithOtherSettingsLeftIsNoLine() throws IOException {
    random("searched", "/a/mnist", "", "random-0", 0, 0.5);
    byHand("left", "format = idx, path = /a/mnist", "the same", 0.75);
    write("left/retrain/settings.json", "{\"formatVersion\":1,\"settings\":{\"a\":\"1\"}}");

    assertThat(markdown("searched", "left"))
        .startsWith(
            "| data | random | darts |",
            "| --- | ---: | ---: |",
            "| mnist | **50.00 %** (best of 2 candidates) | – |");
  }

  /** One folder's name may mean many things; what is the same may have many names. */
  @Test
  void aRowIsOfTheSameExamples() throws IOException {
    byHand("all", "format = cifar10, path = /data/cifar10", "a", 0.5);
    byHand("some", "format = cifar10, path = /data/cifar10, train-limit = 10000", "b", 0.25);
    byHand("few", "format = cifar10, path = /data/cifar10, test-limit = 9, resize = 16", "c", 1);
    byHand("moved", "format = cifar10, path = /moved/cifar", "a", 0.75);
    trained("moved", HAND, 1, 0.75);
    byHand("glue", "format = sst2, path = /glue/sst2", "d", 0.5);
    byHand("sentences", "format = sst2, path = /sentences/sst2", "e", 0.5);
    byHand(
        "phrases",
        "format = sst2, path = /data, train = [sst2-phrases/train.tsv], test = [sst2/test.tsv]",
        "f",
        0.5);
    byHand(
        "both",
        "format = sst2, path = /data/imdb, train = [train.tsv, dev.tsv], test = [test.tsv]",
        "g",
        0.5);

    markdown("all", "some", "few", "moved", "glue", "sentences", "phrases", "both");
    List<String> rows = new ArrayList<>();
    json().path("data").forEach(name -> rows.add(name.asText()));
    assertThat(rows)
        .containsExactly(
            "cifar10",
            "cifar10 (train-limit 10000)",
            "cifar10 (test-limit 9, resize 16)",
            "sst2 (run glue)",
            "sst2 (run sentences)",
            "sst2-phrases (tested on sst2)",
            "imdb");
    assertThat(json().path("table").get(0).path("runs").asInt()).isEqualTo(2);
  }

  /** What was found on other examples of that name was not found on these. */
  @Test
  void dataOfARunThatFoundAStructureHaveANameOfTheirOwn() throws IOException {
    configured(
        "found",
        "data { format = idx, path = /small/mnist }, search.epochs = 1\n"
            + "retrain { candidates = [last], seeds = [0] }\n");
    manifest("found", "small");
    write(
        "found/search/epochs.jsonl",
        """
        {"epoch":0,"temperature":1,"trainAccuracy":0.5,"validationAccuracy":0.75,"trainLoss":1,\
        "validationLoss":1,"alphaEntropy":2.0,"skipConnections":{"normal":2,"reduction":3},\
        "genotype":%s,"seconds":90.0,"imagesPerSecond":100}
        """
            .formatted(Samples.genotype().json()));
    configured(
        "taken",
        "data { format = idx, path = /data/mnist }\n"
            + "retrain { candidates = [\"from:%s/found/epoch-0\"], seeds = [0] }\n"
                .formatted(folder));
    manifest("taken", "large");
    candidate("taken", "from-found-epoch-0", -1, Samples.genotype());
    trained("taken", "from-found-epoch-0", 0, 0.5);

    assertThat(markdown("taken", "taken"))
        .contains("| mnist | **50.00 %** |")
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("| mnist | darts | found/epoch 0 (darts on mnist (run found)) |"));
  }

  private void random(
      String run, String data, String settings, String best, int seed, double accuracy)
      throws IOException {
    configured(
        run,
        """
        data { format = idx, path = "%s" }
        retrain { candidates = [random-0, random-1], seeds = [0], epochs = 9 }
        %s
        """
            .formatted(data, settings));
    manifest(run, "the same");
    candidate(run, "random-0", -1, Samples.genotype());
    candidate(run, "random-1", -1, PublishedGenotypes.find("DARTS_V2"));
    for (String id : List.of("random-0", "random-1")) {
      trained(run, id, seed, id.equals(best) ? accuracy : 0.25);
    }
  }

  private void byHand(String run, String data, String checksum, double accuracy)
      throws IOException {
    configured(
        run, "data { %s }\nretrain { candidates = [%s], seeds = [0] }\n".formatted(data, HAND));
    manifest(run, checksum);
    candidate(run, HAND, -1, BaselineGenomes.RESNET_BLOCK.genome());
    trained(run, HAND, 0, accuracy);
  }

  private List<String> markdown(String... runs) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("report"));
    for (String run : runs) {
      arguments.add(folder.resolve(run));
    }
    arguments.addAll(List.of("--output", output()));
    TinyRun.Outcome outcome = TinyRun.fletch(arguments.toArray());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return Files.readAllLines(output().resolve("comparison.md"));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(Files.readString(output().resolve("comparison.json")));
  }

  private Path output() {
    return folder.resolve("compared");
  }
}
