package dev.fletch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.Operation;
import dev.fletch.evolution.CrossoverRule;
import dev.fletch.evolution.CrossoverSettings;
import dev.fletch.evolution.GenomeSpace;
import dev.fletch.evolution.MutationSettings;
import dev.fletch.evolution.NeatSettings;
import dev.fletch.evolution.SelectionRule;
import dev.fletch.evolution.SelectionSettings;
import dev.fletch.evolution.SpeciesSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The keys of evolution are the components of its records. */
class NeatSettingsTest {
  private static final String KEYS =
      """
      population = 50, elitism = 1, inherit-weights = false
      mutation {
        probability = 0.2, add-node = 2, add-connection = 1, change-operation = 3
        change-activation = 0.5, change-aggregation = 0, toggle-connection = 1
      }
      crossover { rule = stanley, probability = 0.75, stays-disabled = 0.5 }
      selection { rule = tournament, tournament-size = 5, tournament-probability = 0.7 }
      species {
        enabled = true, excess = 1, disjoint = 2, differences = 0.4, small-genome = 20
        threshold = 3, stagnation = 15, champions-from = 6, survival = 0.2
        interspecies-mating = 0.001
      }
      space {
        operations = [none, sep_conv_3x3], activations = [identity, relu], aggregations = [add]
      }
      max-nodes = 16
      """;

  private final Problems problems = new Problems("toy.conf");

  @Test
  void everyKeyIsReadAndWritten() {
    NeatSettings settings = RecordKeys.PLAIN.read(section(KEYS), NeatSettings.class);

    assertThat(problems.all()).isEmpty();
    assertThat(settings)
        .isEqualTo(
            new NeatSettings(
                50,
                1,
                false,
                new MutationSettings(0.2, 2, 1, 3, 0.5, 0, 1),
                new CrossoverSettings(CrossoverRule.STANLEY, 0.75, 0.5),
                new SelectionSettings(SelectionRule.TOURNAMENT, 5, 0.7),
                new SpeciesSettings(true, 1, 2, 0.4, 20, 3, 15, 6, 0.2, 0.001),
                new GenomeSpace(
                    List.of(Operation.NONE, Operation.SEP_CONV_3X3),
                    List.of(Activation.IDENTITY, Activation.RELU),
                    List.of(Aggregation.ADD),
                    16)));
    assertThat(ConfigFactory.parseMap(RecordKeys.PLAIN.tree(settings)))
        .isEqualTo(ConfigFactory.parseString(KEYS));
  }

  @Test
  void everyWrongValueIsRefusedAtItsKey() {
    String wrong =
        KEYS.replace("probability = 0.2", "probability = 2")
            .replace("add-node = 2", "add-node = -1")
            .replace("stays-disabled = 0.5", "stays-disabled = -0.5")
            .replace("tournament-size = 5", "tournament-size = 0")
            .replace("tournament-probability = 0.7", "tournament-probability = 0")
            .replace("threshold = 3", "threshold = 0")
            .replace("survival = 0.2", "survival = 1.5")
            .replace("[none, sep_conv_3x3]", "[none, none]")
            .replace("max-nodes = 16", "max-nodes = 0");

    assertThat(RecordKeys.PLAIN.read(section(wrong), NeatSettings.class)).isNull();
    assertThat(problems.all())
        .extracting(ConfigProblem::message)
        .containsExactlyInAnyOrder(
            "mutation.probability must be between 0 and 1, got 2",
            "mutation.add-node must be >= 0, got -1",
            "crossover.stays-disabled must be between 0 and 1, got -0.5",
            "selection.tournament-size must be >= 1, got 0",
            "selection.tournament-probability must be > 0, got 0",
            "species.threshold must be > 0, got 0",
            "species.survival must be between 0 and 1, got 1.5",
            "space.operations must name each value once, got [none, none]",
            "max-nodes must be >= 1, got 0");
  }

  private Section section(String text) {
    return new Section(ConfigFactory.parseString(text).root(), Values.EMPTY, problems);
  }
}
