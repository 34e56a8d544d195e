package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.search.SearchResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods made for two kinds of cells search with one, in the space of whole structures. */
class OneKindSearchesTest {
  private static final List<String> SPACE =
      List.of(
          "data.resize=8",
          "data.train-limit=16",
          "search.replicas=2",
          "search.watch.eigenvalue-every=0",
          "space.kinds=1",
          "space.operations=[none, identity, sep_conv_1, max_pool_3]",
          "space.activations=[identity, relu]",
          "supernet.layers=2",
          "supernet.reduce-after=[1]");

  @TempDir Path folder;

  static List<String> all() {
    return MethodSearches.names();
  }

  @ParameterizedTest
  @ValueSource(strings = {"darts-second-order", "p-darts", "random-weight-sharing", "pc-darts"})
  void someFindACell(String method) {
    findsACell(method);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void everyMethodFindsACell(String method) {
    findsACell(method);
  }

  /** All that may not leave a node one input, nor have weights of edges. */
  static List<String> multiplying() {
    List<String> methods = new ArrayList<>(MethodSearches.names());
    methods.removeAll(List.of("fair-darts", "p-darts", "gdas", "pc-darts"));
    methods.remove("random-weight-sharing");
    return methods;
  }

  @ParameterizedTest
  @ValueSource(strings = {"darts-second-order", "random-search"})
  void someFindACellThatMayMultiply(String method) {
    findsACell(method, with("[add, multiply]"));
  }

  @Test
  void aSpaceWithoutSumsGivesProducts() {
    assertMultiplies(findsACell("darts-minus", with("[multiply]")));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("multiplying")
  void everyOtherMethodFindsACellThatMayMultiply(String method) {
    findsACell(method, with("[add, multiply]"));
    assertMultiplies(findsACell(method, with("[multiply]")));
  }

  private static void assertMultiplies(CellPair cells) {
    assertThat(cells.normal().nodes())
        .allMatch(genes -> CellGenotype.aggregation(genes) == Aggregation.MULTIPLY);
  }

  private static List<String> with(String aggregations) {
    List<String> space = new ArrayList<>(SPACE);
    space.add("space.aggregations=" + aggregations);
    return space;
  }

  private void findsACell(String method) {
    findsACell(method, SPACE);
  }

  private CellPair findsACell(String method, List<String> space) {
    Path run = folder.resolve(method + space.hashCode());
    MethodSearches.local(method, space, run);

    SearchResult result =
        SearchResult.readSoFar(RunFolder.open(run.toString(), new Configuration()));
    CellPair found = CellPair.of(result.epochs().get(result.lastEpoch()).genotype());
    assertThat(found.isOfOneKind()).isTrue();
    assertThat(found.nodes()).isEqualTo(2);
    assertThat(found.text()).startsWith("cell=[").doesNotContain("none");
    return found;
  }
}
