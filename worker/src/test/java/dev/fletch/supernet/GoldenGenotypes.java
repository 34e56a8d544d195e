package dev.fletch.supernet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Pairs of alphas with the genotype that the reference derives from each. */
record GoldenGenotypes(JsonNode pairs) {
  static GoldenGenotypes read(Path json) {
    return new GoldenGenotypes(GoldenCase.readJson(json));
  }

  int size() {
    return pairs.size();
  }

  /**
   * Indices of the pairs that give another genotype than recorded when T is {@code temperature}.
   */
  List<Integer> differing(double temperature) {
    return IntStream.range(0, size())
        .filter(i -> !derive(pairs.get(i), temperature).equals(GoldenCase.genotype(pairs.get(i))))
        .boxed()
        .toList();
  }

  private static CellPair derive(JsonNode pair, double temperature) {
    float[][] normal = mixing(pair.required("alpha_normal"), temperature);
    float[][] reduction = mixing(pair.required("alpha_reduce"), temperature);
    int nodes = GoldenCase.nodes(normal.length);
    return new DartsDerivation().derive(normal, reduction, Operation.DARTS, nodes);
  }

  private static float[][] mixing(JsonNode alpha, double temperature) {
    float[][] mixing = new float[alpha.size()][];
    for (int edge = 0; edge < mixing.length; edge++) {
      float[] row = new float[alpha.get(edge).size()];
      for (int k = 0; k < row.length; k++) {
        row[k] = (float) alpha.get(edge).get(k).doubleValue();
      }
      mixing[edge] = new SoftmaxRelaxation(row.length, temperature).mixing(row);
    }
    return mixing;
  }
}
