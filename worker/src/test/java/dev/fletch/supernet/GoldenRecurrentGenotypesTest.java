package dev.fletch.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.architecture.DartsDerivation;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recurrent genotypes as the reference code derives them from recorded alphas. */
class GoldenRecurrentGenotypesTest {
  private static final Path FILE = Path.of("src/test/resources/golden-rnn/rnn-genotypes.json");
  private static final RecurrentSpace SPACE =
      new RecurrentSpace(
          8, Operation.RECURRENT, new RecurrentSettings(6, RecurrentDropout.NONE, 0, 0));

  @Test
  void allAreDerivedExactly() {
    JsonNode cases = GoldenCase.readJson(FILE);
    assertThat(cases).hasSize(20);
    for (JsonNode recorded : cases) {
      float[] alpha = flat(recorded.path("alpha"));
      assertThat(alpha).hasSize(ArchitectureParameters.of(SPACE).count()).hasSize(36 * 5);
      float[] mixing = new SoftmaxRelaxation(5, 1).mixing(alpha);

      assertThat(SPACE.derive(new DartsDerivation(), mixing)).isEqualTo(cell(recorded));
    }
  }

  private static float[] flat(JsonNode rows) {
    List<Float> values = new ArrayList<>();
    rows.forEach(row -> row.forEach(value -> values.add((float) value.asDouble())));
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    return flat;
  }

  private static RecurrentCell cell(JsonNode recorded) {
    List<Gene> nodes = new ArrayList<>();
    recorded
        .path("recurrent")
        .forEach(
            gene ->
                nodes.add(new Gene(new Operation(gene.path(0).asText()), gene.path(1).asInt())));
    List<Integer> output = new ArrayList<>();
    recorded.path("concat").forEach(state -> output.add(state.asInt()));
    return new RecurrentCell(nodes, output);
  }
}
