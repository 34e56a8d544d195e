package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metrics;
import dev.fletch.method.BetaDarts;
import dev.fletch.method.Darts;
import dev.fletch.method.DartsEgs;
import dev.fletch.method.FairDarts;
import dev.fletch.method.Gdas;
import dev.fletch.method.Method;
import dev.fletch.method.RandomSearch;
import dev.fletch.method.RandomWeightSharing;
import dev.fletch.method.SdartsAdv;
import dev.fletch.method.SdartsRs;
import dev.fletch.method.Snas;
import dev.fletch.method.TdDarts;
import dev.fletch.method.TdDartsLearnedTemperature;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.RecurrentSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole searches of recurrent cells, on the toy problem. */
class RecurrentSearchTest {
  private static final int EPOCHS = 4;
  private static final int NODES = 3;
  private static final RecurrentSpace SPACE =
      new RecurrentSpace(
          NODES, Operation.RECURRENT, new RecurrentSettings(4, RecurrentDropout.NONE, 0, 0));

  @TempDir Path temporary;

  static Stream<Method> methods() {
    return Stream.of(
        new Darts(),
        new TdDarts(),
        new TdDartsLearnedTemperature(),
        new SdartsRs(0.03, 0.3),
        new SdartsAdv(0.03, 0.3, 2),
        new FairDarts(10, 0),
        new BetaDarts(25),
        new Snas(10),
        new Gdas(),
        new DartsEgs(3),
        new RandomSearch(2),
        new RandomWeightSharing(6, 2, 2));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void goesOnAfterAnInterruptionToTheSameRecords(Method method) {
    SearchPlan plan = plan(method);
    RunFolder whole = create("whole");
    SearchResult result = search(plan, whole, new RecordingListener());
    RunFolder killed = create("killed");
    assertThatThrownBy(() -> search(plan, killed, new RecordingListener(1)))
        .isInstanceOf(RecordingListener.KilledException.class);
    search(plan, killed, new RecordingListener());

    assertThat(result.epochs())
        .hasSize(EPOCHS)
        .allSatisfy(
            epoch -> {
              assertThat(RecurrentCell.of(epoch.genotype()).nodes()).hasSize(NODES);
              assertThat(epoch.metric()).isEqualTo(Metrics.PERPLEXITY);
              assertThat(epoch.round()).isEqualTo(Round.EPOCH);
            });
    assertThat(withoutTimes(killed)).isEqualTo(withoutTimes(whole));
    assertThat(SearchResult.read(whole, plan).epochs()).isEqualTo(result.epochs());
  }

  @Test
  void alphaFilesHaveOneKindOfCell() throws IOException {
    RunFolder run = create("run");
    SearchResult result = search(plan(new Darts()), run, new RecordingListener());

    JsonNode json = new ObjectMapper().readTree(run.readText(AlphaFile.name(EPOCHS - 1)));
    assertThat(json.path("recurrent")).hasSize(6);
    assertThat(json.path("alphaRecurrent").path(0)).hasSize(5);
    assertThat(json.has("normal") || json.has("reduction")).isFalse();
    MixingWeights read = AlphaFile.read(run, EPOCHS - 1);
    assertThat(read.operations()).containsExactly("none", "tanh", "relu", "sigmoid", "identity");
    assertThat(read.normal()).hasSize(6);
    assertThat(read.reduction()).isEmpty();
    assertThat(run.readLines(SearchResult.EPOCHS_FILE).get(0))
        .contains("\"metric\":\"perplexity\"", "\"genotype\":{\"recurrent\":\"", "\"identities\":")
        .doesNotContain("skipConnections", "ccuracy");
    assertThat(result.bestEpoch()).isEqualTo(leastPerplexity(result));
  }

  private static int leastPerplexity(SearchResult result) {
    double least =
        result.epochs().stream().mapToDouble(EpochRecord::validationFigure).min().orElse(0);
    return result.epochs().stream()
        .filter(e -> e.validationFigure() == least)
        .findFirst()
        .orElseThrow()
        .epoch();
  }

  /** Identity functions are what skip connections are elsewhere. */
  @Test
  void aCellOfIdentitiesIsCollapsed() {
    RecurrentCell half = RecurrentCell.parse("recurrent=[identity:0|tanh:0]");
    RecurrentCell more = RecurrentCell.parse("recurrent=[identity:0|tanh:0|identity:1]");

    assertThat(Collapse.is(half)).isFalse();
    assertThat(Collapse.is(more)).isTrue();
    assertThat(SkipConnections.of(more)).isEqualTo(new SkipConnections(2, 0));
  }

  private static SearchPlan plan(Method method) {
    SearchPlan plan = Toys.plan(method, EPOCHS);
    return new SearchPlan(plan.settings(), SPACE, 1, Metrics.PERPLEXITY, plan.seed(), plan.keys());
  }

  private static SearchResult search(SearchPlan plan, RunFolder run, SearchListener listener) {
    return new SupernetSearch(plan, Toys::source, run, listener).run();
  }

  private RunFolder create(String name) {
    RunFolder run = RunFolder.create(temporary.resolve(name).toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
    return run;
  }

  private static List<String> withoutTimes(RunFolder run) {
    return run.readLines(SearchResult.EPOCHS_FILE).stream()
        .map(line -> line.replaceAll(",\"seconds\".*", ""))
        .toList();
  }
}
