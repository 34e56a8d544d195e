package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.TinyRun.Outcome;
import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.report.model.EvolvedSamples;
import dev.fletch.report.model.Samples;
import dev.fletch.report.page.PageTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code report RUN RUN ... --output FOLDER}, and what is said of exports before there are any. */
class SeveralRunsTest extends ComparedRuns {
  private static final String GENOME = EvolvedSamples.small("max_pool_3+relu,identity").text();

  /** With an operation of a library on the class path, which has no form in DL4J's layers. */
  private static final String OWN_STEPS = EvolvedSamples.small("toy_relu,identity").text();

  @BeforeEach
  void twoRuns() throws IOException {
    run("searched", "bundled:fashion-mnist", "[last]");
    write(
        "searched/search/epochs.jsonl",
        """
        {"epoch":0,"temperature":1,"trainAccuracy":0.5,"validationAccuracy":0.75,"trainLoss":1,\
        "validationLoss":1,"alphaEntropy":2.0,"skipConnections":{"normal":2,"reduction":3},\
        "genotype":%s,"seconds":90.0,"imagesPerSecond":100}
        """
            .formatted(Samples.genotype().json()));
    candidate("searched", "last", 0, Samples.genotype());
    trained("searched", "last", 0, 0.875);
    trained("searched", "last", 1, 0.625);
    run("by-hand", "/data/mnist", "[\"" + GENOME + "\"]");
    candidate("by-hand", "baseline-block", -1, Architecture.parse(GENOME));
    trained("by-hand", "baseline-block", 0, 0.9375);
  }

  @Test
  void oneReportSetsMethodsAndDataSetsSideBySide() throws IOException {
    Path output = folder.resolve("both");
    Outcome outcome = report("--output", output);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo("2 runs: file:" + output + "/index.html\n");
    assertThat(Files.readString(output.resolve("comparison.csv")).split("\r\n"))
        .containsExactly(
            "method,data,run,folder,candidate,metric,testMean,testStd,seeds,parameters,"
                + "searchSeconds,trainingSeconds,multiplyAdds,sourceRun,sourceData,sourceMethod,"
                + "sourceCandidate,candidates",
            "darts,fashion-mnist,searched,file:"
                + folder
                + "/searched,last,accuracy,0.75,0.1767766952966369,2,777,90.0,12.0,,,,,,1",
            "baseline,mnist,by-hand,file:"
                + folder
                + "/by-hand,baseline-block,accuracy,0.9375,,1,777,,12.0,,,,,,1");
    JsonNode json =
        new ObjectMapper().readTree(Files.readString(output.resolve("comparison.json")));
    assertThat(json.path("formatVersion").asInt()).isEqualTo(1);
    assertThat(json.path("methods").toString()).isEqualTo("[\"baseline\",\"darts\"]");
    assertThat(json.path("data").toString()).isEqualTo("[\"fashion-mnist\",\"mnist\"]");
    assertThat(json.path("runs").get(0).path("testMean").asDouble()).isEqualTo(0.75);
    assertThat(json.path("runs").get(1).path("testStd").isNull()).isTrue();
    String page = Files.readString(output.resolve("index.html"));
    String body =
        page.substring(page.indexOf("<main>"), page.indexOf("</main>") + "</main>".length());
    assertThat(PageTest.parse(body).getElementsByTagName("svg").getLength()).isEqualTo(2);
    assertThat(body.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "))
        .contains("2 methods on 2 data sets")
        .contains(
            "On fashion-mnist, darts is ahead with a test accuracy of 75.00 %. On mnist, baseline"
                + " is ahead with a test accuracy of 93.75 %.")
        .contains(
            "Data baseline darts fashion-mnist 75.00 % ± 17.68 777 2 seeds mnist 93.75 % 777 1"
                + " seed");
    assertThat(report("--output", output).exitCode()).as("written anew").isZero();
  }

  /** Its run is found where the label says, and among those that are compared. */
  @Test
  void whatWasTransferredCountsForTheMethodThatFoundIt() throws IOException {
    for (String place : List.of(folder + "/searched", "gone/searched")) {
      run("moved", "/data/cifar10", "[\"from:" + place + "/best\", baseline-resnet-block]");
      candidate("moved", "from-searched-best", -1, Samples.genotype());
      trained("moved", "from-searched-best", 0, 0.625);
      candidate("moved", "baseline-resnet-block", -1, BaselineGenomes.RESNET_BLOCK.genome());
      trained("moved", "baseline-resnet-block", 0, 0.5);
      Path output = folder.resolve("all");
      Outcome outcome = report(folder.resolve("moved"), "--output", output);

      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out()).startsWith("3 runs: ");
      assertThat(Files.readString(output.resolve("comparison.csv")).split("\r\n"))
          .contains(
              "darts,cifar10,moved,file:"
                  + folder
                  + "/moved,from-searched-best,accuracy,0.625,,1,777,90.0,12.0,,searched,"
                  + "fashion-mnist,darts,last,1",
              "baseline,cifar10,moved,file:"
                  + folder
                  + "/moved,baseline-resnet-block,accuracy,0.5,,1,777,,12.0,,,,,,1");
      assertThat(Files.readString(output.resolve("comparison.md")).lines())
          .startsWith(
              "| data | baseline | darts |",
              "| --- | ---: | ---: |",
              "| fashion-mnist |  | **75.00 % ± 17.68** |",
              "| mnist | **93.75 %** |  |",
              "| cifar10 | 50.00 % | **62.50 %** |");
    }
  }

  @Test
  void saysWhatIsWrongInOneLine() throws IOException {
    assertThat(report().errorLines())
        .containsExactly(
            "fletch: a report over 2 runs belongs to none of them: give --output FOLDER");
    Files.createDirectories(folder.resolve("nothing"));
    Outcome noRun = report(folder.resolve("nothing"), "--output", folder.resolve("both"));
    assertThat(noRun.exitCode()).isEqualTo(2);
    assertThat(noRun.errorLines())
        .singleElement()
        .asString()
        .contains("/nothing: holds no run (no config.conf): check the path");
    assertThat(folder.resolve("both")).doesNotExist();
    Outcome inRun = report("--output", folder.resolve("by-hand"));
    assertThat(inRun.exitCode()).isEqualTo(2);
    assertThat(inRun.errorLines())
        .singleElement()
        .asString()
        .endsWith(
            "/by-hand: holds a run, and a report over several needs a folder of its own: choose"
                + " another output");
  }

  @Test
  void exportRefusesAGenomeBeforeItReadsAnything() throws IOException {
    String id = "text-%08x".formatted(OWN_STEPS.hashCode());
    candidate("by-hand", id, -1, Architecture.parse(OWN_STEPS));
    run("by-hand", "/data/mnist", "[\"" + OWN_STEPS + "\"]");
    trained("by-hand", id, 0, 0.9375);
    Outcome outcome = TinyRun.fletch("export", folder.resolve("by-hand"));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errorLines())
        .singleElement()
        .asString()
        .endsWith(
            "cannot export candidate "
                + id
                + ": Cannot write toy_relu in DL4J's layers: it has steps of its own; export a"
                + " candidate without it");
  }

  @Test
  void validateSaysWhatExportWillRefuse() throws IOException {
    Path conf =
        TinyRun.conf(
            folder,
            folder.resolve("new"),
            "space.operations = [none, skip_connect, sep_conv_3x3, toy_relu]\n"
                + "retrain.auxiliary-weight = 0\nretrain.candidates = [last, \""
                + OWN_STEPS
                + "\"]");
    Outcome outcome = TinyRun.fletch("validate", conf);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines().filter(line -> line.startsWith("export")))
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "export    text-[0-9a-f]{8}: Cannot write toy_relu in DL4J's layers: .*"))
        .contains(
            "export    of space.operations, toy_relu cannot be written in DL4J's layers:"
                + " candidates with them are trained, but not exported");
    Path plain = TinyRun.conf(folder, folder.resolve("new"), "");
    assertThat(TinyRun.fletch("validate", plain).out()).doesNotContain("export");
  }

  private Outcome report(Object... more) {
    Object[] arguments = new Object[3 + more.length];
    arguments[0] = "report";
    arguments[1] = folder.resolve("searched");
    arguments[2] = folder.resolve("by-hand");
    System.arraycopy(more, 0, arguments, 3, more.length);
    return TinyRun.fletch(arguments);
  }
}
