package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.method.BetaDarts;
import dev.fletch.method.DartsEgs;
import dev.fletch.method.DartsMinus;
import dev.fletch.method.FairDarts;
import dev.fletch.method.Gdas;
import dev.fletch.method.Hypernetwork;
import dev.fletch.method.Method;
import dev.fletch.method.Mixing;
import dev.fletch.method.PDarts;
import dev.fletch.method.PcDarts;
import dev.fletch.method.RandomSearch;
import dev.fletch.method.RandomWeightSharing;
import dev.fletch.method.SdartsAdv;
import dev.fletch.method.SdartsRs;
import dev.fletch.method.Snas;
import dev.fletch.method.TdDartsLearnedTemperature;
import dev.fletch.optimizer.Nd4jUpdaterSettings;
import dev.fletch.optimizer.OptimizerSettings;
import dev.fletch.runfolder.Checkpoint;
import dev.fletch.runfolder.CheckpointFolder;
import dev.fletch.runfolder.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole searches with methods other than DARTS, on the toy problem. */
class MethodSearchTest {
  private static final int EPOCHS = 6;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;

  /** All but those whose steps are DARTS'. */
  static Stream<Method> methods() {
    return Stream.of(
        new TdDartsLearnedTemperature(),
        new SdartsRs(0.03, 0.3),
        new SdartsAdv(0.03, 0.3, 2),
        new DartsMinus(1, DartsMinus.Decay.LINEAR),
        new FairDarts(10, 0.55),
        new BetaDarts(50),
        new PcDarts(2, 3),
        new PDarts(List.of(0, 1, 2), List.of(1, 1), List.of(0.1, 0.2, 0.3), 1, 1, 5),
        new Snas(10),
        new Gdas(),
        new DartsEgs(3),
        new RandomSearch(2),
        new RandomWeightSharing(8, 2, 3),
        new Hypernetwork(List.of(1e-3, 1e-1), Hypernetwork.Draw.LIST, 10, 10, Mixing.DIRECT));
  }

  /** Killed in the middle of a stage, and between two where the method has more. */
  @ParameterizedTest
  @MethodSource("methods")
  void goesOnToTheSameBits(Method method) throws IOException {
    SearchPlan plan = Toys.plan(method, EPOCHS);
    RunFolder unbroken = create("unbroken");
    SearchResult expected = search(plan, unbroken, new RecordingListener());
    for (int last : new int[] {2, 3}) {
      RunFolder broken = create("broken-" + last);
      assertThatThrownBy(() -> search(plan, broken, new RecordingListener(last)))
          .isInstanceOf(RecordingListener.KilledException.class);
      SearchResult result = search(plan, broken, new RecordingListener());

      assertThat(result.bestEpoch()).isEqualTo(expected.bestEpoch());
      assertThat(withoutTime(broken)).hasSize(EPOCHS).isEqualTo(withoutTime(unbroken));
      Checkpoint a = newest(broken);
      Checkpoint b = newest(unbroken);
      assertThat(a.counters()).isEqualTo(b.counters());
      assertThat(a.vectors()).containsOnlyKeys(b.vectors().keySet());
      b.vectors().forEach((name, vector) -> assertThat(a.vectors().get(name)).isEqualTo(vector));
    }
    JsonNode end = JSON.readTree(unbroken.readText("search/result.json"));
    assertThat(end.get("method").asText()).isEqualTo(method.name());
    assertThat(end.get("stopReason").asText()).isEqualTo("completed");
  }

  @Test
  void alphaMovesAfterTheWarmUpOnly() throws IOException {
    RunFolder run = create("run");
    search(Toys.plan(new PcDarts(2, 3), EPOCHS), run, new RecordingListener());

    for (int epoch = 1; epoch < EPOCHS; epoch++) {
      JsonNode before = alpha(run, epoch - 1);
      JsonNode after = alpha(run, epoch);
      for (String part : List.of("alphaNormal", "alphaReduction", "alphaMore")) {
        assertThat(before.get(part).equals(after.get(part)))
            .as("%s, epoch %d", part, epoch)
            .isEqualTo(epoch < 3);
      }
    }
    List<EpochRecord> records = SearchResult.read(run, EPOCHS).epochs();
    assertThat(records)
        .extracting(r -> r.watch().isAlphaTrained())
        .containsExactly(false, false, false, true, true, true);
    assertThat(alpha(run, 0).get("alphaMore")).hasSize(10);
  }

  @Test
  void aStoppedSearchNamesTheEpochToTake() throws IOException {
    RunFolder run = create("run");
    RecordingListener listener = new RecordingListener();
    SearchPlan plan = Toys.plan(new Snas(10), EPOCHS, Toys.ADAM, new StopRule.SkipConnections(1));
    SearchResult result = search(plan, run, listener);

    int last = result.lastEpoch();
    assertThat(last).isLessThan(EPOCHS - 1);
    assertThat(result.epochBeforeCollapse()).isEqualTo(Math.max(0, last - 1));
    assertThat(listener.warnings)
        .contains("search ends after epoch " + last + ": " + result.stopReason());
    assertThat(SearchResult.read(run, EPOCHS)).isEqualTo(result);
    // and stays stopped
    RecordingListener again = new RecordingListener();
    assertThat(search(plan, run, again)).isEqualTo(result);
    assertThat(again.epochs).isEmpty();
  }

  static Stream<OptimizerSettings> optimizers() {
    return Stream.of(
        new Nd4jUpdaterSettings.RmsPropSettings(0.9, 1e-8, 0),
        new Nd4jUpdaterSettings.NesterovSettings(0.9, 0));
  }

  /** Alpha has no values then, whatever its optimizer. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void searchesWithoutAlphaTakeAnyOptimizer(OptimizerSettings alpha) {
    SearchPlan plan = Toys.plan(new RandomSearch(2), 4, alpha, new StopRule.None());
    RunFolder run = create("run");
    assertThatThrownBy(() -> search(plan, run, new RecordingListener(0)))
        .isInstanceOf(RecordingListener.KilledException.class);

    assertThat(search(plan, run, new RecordingListener()).epochs()).hasSize(4);
  }

  private static SearchResult search(SearchPlan plan, RunFolder run, SearchListener listener) {
    return new SupernetSearch(plan, Toys::source, run, listener).run();
  }

  private RunFolder create(String name) {
    RunFolder run = RunFolder.create(temporary.resolve(name).toString(), new Configuration());
    run.writeText(RunFolder.CONFIG, "fletch {}");
    return run;
  }

  private static JsonNode alpha(RunFolder run, int epoch) throws IOException {
    return JSON.readTree(run.readText(AlphaFile.name(epoch)));
  }

  private static Checkpoint newest(RunFolder run) {
    return new CheckpointFolder(run, "search/checkpoint", 2).newest(w -> fail(w)).orElseThrow();
  }

  private static List<String> withoutTime(RunFolder run) {
    return run.readLines("search/epochs.jsonl").stream()
        .map(l -> l.replaceAll(",\"seconds\".*", ""))
        .toList();
  }
}
