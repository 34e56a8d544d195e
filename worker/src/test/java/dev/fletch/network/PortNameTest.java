package dev.fletch.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Phenotype.Place;
import dev.fletch.architecture.Port;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.task.Classification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortNameTest {
  @Test
  void hasThePartsOfAName() {
    PortName name = PortName.parse("copies.0.nodes.13.I.op.1.weight").orElseThrow();

    assertThat(name).isEqualTo(new PortName("copies.0", new Place(13, Port.I), "op.1.weight"));
    assertThat(name.text()).isEqualTo("copies.0.nodes.13.I.op.1.weight");
    assertThat(name.at(new Place(2, Port.J)).text()).isEqualTo("copies.0.nodes.2.J.op.1.weight");
    for (String other : List.of("stem.0.weight", "classifier.bias", "reductions.1.0.weight")) {
      assertThat(PortName.parse(other)).as(other).isEmpty();
    }
  }

  /** What has no port is what every network has. */
  @Test
  void readsTheNamesOfNetworks() {
    Genome genome =
        Genome.parse(
            "genome output=2 nodes=[1:add(sep_conv_3,max_pool_3)|2:add(attention,identity)]"
                + " connections=[1:0>1:I,2:0>1:J,3:1>2:I,4:0>2:J]");
    CandidateSettings settings = new CandidateSettings(8, 2, Stem.CIFAR, 1, 0, 0, 1, 0);
    try (ArchitectureNetwork network =
        Networks.of(genome, settings, new ImageShape(1, 6, 6), new Classification(3), 2, 1)) {
      List<String> names =
          Stream.concat(
                  network.weightSlots().stream().map(WeightSlot::name),
                  network.statisticsSlots().stream().map(StatisticsSlot::name))
              .toList();
      Map<Boolean, List<String>> byPort =
          names.stream().collect(Collectors.partitioningBy(n -> PortName.parse(n).isPresent()));
      Set<Place> places = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
      for (String name : byPort.get(true)) {
        PortName port = PortName.parse(name).orElseThrow();
        assertThat(port.text()).isEqualTo(name);
        places.add(port.place());
      }
      assertThat(places)
          .containsExactlyInAnyOrder(
              new Place(1, Port.I), new Place(1, Port.J), new Place(2, Port.I));
      assertThat(byPort.get(false))
          .containsExactlyInAnyOrder(
              "stem.0.weight",
              "stem.1.weight",
              "stem.1.bias",
              "classifier.weight",
              "classifier.bias",
              "stem.1");
    }
  }
}
