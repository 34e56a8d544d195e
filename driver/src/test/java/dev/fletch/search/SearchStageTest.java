package dev.fletch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DiscreteMixing;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RandomGenotype;
import dev.fletch.method.Darts;
import dev.fletch.method.PDarts;
import dev.fletch.method.RandomSearch;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.supernet.ArchitectureParameters;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.OperationMask;
import dev.fletch.supernet.SkipDropout;
import dev.fletch.supernet.SupernetSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches in stages: what begins anew, and what one hands to the next. */
class SearchStageTest {
  private static final int SEED_STEP = 1_000_003;
  private static final PDarts P_DARTS =
      new PDarts(List.of(0, 1, 2), List.of(1, 1), List.of(0.1, 0.2, 0.3), 1, 1, 5);

  @TempDir Path temporary;
  private final List<NotingSource> sources = new ArrayList<>();
  private RunFolder run;

  private SearchResult search(SearchPlan plan) {
    run = RunFolder.create(temporary.resolve("run").toString(), new Configuration());
    SupernetSources noting =
        (size, edges) -> {
          // one at a time: supernets are large
          assertThat(sources).allMatch(source -> source.closed == 1);
          sources.add(new NotingSource(size, edges));
          return sources.get(sources.size() - 1);
        };
    return new SupernetSearch(plan, noting, run, new RecordingListener()).run();
  }

  @Test
  void progressiveStagesHaveNetworksOfTheirOwn() {
    search(Toys.plan(P_DARTS, 6));

    assertThat(sources)
        .extracting(s -> SupernetSettings.of(s.size).layers())
        .containsExactly(5, 6, 7);
    assertThat(sources)
        .extracting(s -> s.edges.skipDropout())
        .containsExactly(
            new SkipDropout(0.1, 0, 2, 1),
            new SkipDropout(0.2, 2, 2, 1),
            new SkipDropout(0.3, 4, 2, 1));
    assertThat(sources).allMatch(source -> source.closed == 1);
    for (int stage = 0; stage < 3; stage++) {
      NotingSource source = sources.get(stage);
      NotingSource.Exchange first = source.exchanges.get(0);
      assertThat(first.request().at().epoch()).isEqualTo(2 * stage);
      assertThat(first.weights()).isEqualTo(source.initialWeights(7 + stage * SEED_STEP));
    }
  }

  @Test
  void everyEdgeLosesItsWeakestOperationAtTheEndOfAStage() throws IOException {
    search(Toys.plan(P_DARTS, 6));

    assertThat(sources.get(0).edges.mask()).isEqualTo(OperationMask.ALL);
    for (int stage = 1; stage < 3; stage++) {
      OperationMask before = sources.get(stage - 1).edges.mask();
      OperationMask mask = sources.get(stage).edges.mask();
      JsonNode end = json(2 * stage - 1);
      for (String cell : List.of("normal", "reduction")) {
        boolean reduction = cell.equals("reduction");
        for (int edge = 0; edge < 5; edge++) {
          Operation weakest = null;
          double least = 2;
          for (int k = 0; k < 3; k++) {
            double weight = end.get(cell).get(edge).get(k).asDouble();
            Operation operation = Toys.OPERATIONS.get(k);
            if (before.has(reduction, edge, operation) && weight <= least) {
              weakest = operation;
              least = weight;
            }
          }
          for (Operation operation : Toys.OPERATIONS) {
            assertThat(mask.has(reduction, edge, operation))
                .isEqualTo(before.has(reduction, edge, operation) && !operation.equals(weakest));
          }
        }
      }
    }
  }

  /** The first epoch of a stage trains w alone, so that its alpha is still the one drawn. */
  @Test
  void everyStageDrawsAlphaAnew() throws IOException {
    search(Toys.plan(P_DARTS, 6));

    ArchitectureParameters layout = ArchitectureParameters.of(Toys.SUPERNET);
    for (int stage = 0; stage < 3; stage++) {
      float[] drawn = layout.initial(7 + stage * SEED_STEP);
      JsonNode alpha = json(2 * stage).get("alphaNormal");
      JsonNode trained = json(2 * stage + 1).get("alphaNormal");
      for (int i = 0; i < 15; i++) {
        assertThat((float) alpha.get(i / 3).get(i % 3).asDouble()).isEqualTo(drawn[i]);
      }
      assertThat(trained).isNotEqualTo(alpha);
    }
  }

  @Test
  void learningRatesRunThroughEveryStage() {
    SearchPlan plan = Toys.plan(P_DARTS, 6);
    for (int epoch = 0; epoch < 6; epoch++) {
      try (SearchStage stage = SearchStage.open(plan, epoch, OperationMask.ALL, Toys::source)) {
        // cosine from 0.2 to 0.01 over two epochs: 0.2, 0.105
        assertThat(stage.rates(epoch).weights())
            .isCloseTo(epoch % 2 == 0 ? 0.2 : 0.105, within(1e-12));
      }
    }
    try (SearchStage whole =
        SearchStage.open(Toys.plan(new Darts(), 6), 0, OperationMask.ALL, Toys::source)) {
      assertThat(whole.rates(3).weights()).isCloseTo(0.105, within(1e-12));
    }
  }

  /** One supernet is enough: the mixing weights say which architecture it is. */
  @Test
  void randomSearchTrainsEveryArchitectureFromScratch() {
    SearchResult result = search(Toys.plan(new RandomSearch(2), 6));

    assertThat(sources).hasSize(1);
    for (int stage = 0; stage < 3; stage++) {
      CellPair genotype = RandomGenotype.of(7, stage, 2, Toys.OPERATIONS);
      int epoch = 2 * stage;
      List<NotingSource.Exchange> exchanges =
          sources.get(0).exchanges.stream()
              .filter(e -> e.request().at().epoch() / 2 * 2 == epoch)
              .toList();
      assertThat(exchanges).hasSize(6);
      assertThat(exchanges.get(0).weights())
          .isEqualTo(sources.get(0).initialWeights(7 + stage * SEED_STEP));
      assertThat(exchanges)
          .allSatisfy(
              e -> assertThat(e.mixing()).isEqualTo(DiscreteMixing.of(genotype, Toys.OPERATIONS)));
      assertThat(result.epochs().get(epoch).genotype()).isEqualTo(genotype);
      assertThat(result.epochs().get(epoch + 1).genotype()).isEqualTo(genotype);
      assertThat(result.epochs().get(epoch).discretisationGap()).isZero();
    }
  }

  @Test
  void aNetworkOfAnotherSpaceIsRefused() {
    NotingSource other = new NotingSource(Toys.SUPERNET, EdgeSettings.PLAIN.withPartial(2));
    SearchPlan plan = Toys.plan(new Darts(), 6);

    assertThatThrownBy(() -> SearchStage.open(plan, 0, OperationMask.ALL, (size, edges) -> other))
        .hasMessage("Cannot search: the network takes 40 mixing weights, the space has 30");
    assertThat(other.closed).isEqualTo(1);
  }

  private JsonNode json(int epoch) throws IOException {
    return new ObjectMapper().readTree(run.readText(AlphaFile.name(epoch)));
  }
}
