package dev.fletch.method;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.contract.Contracts;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MethodContractTest {
  private static final List<Double> LAMBDAS = List.of(0.01, 0.1, 1.0);
  private static final SearchSpace PENALISED =
      new SearchSpace(
          Spaces.small(1, Spaces.ONE).supernet(), 7, MethodContract.EPOCHS, Spaces.ONE, 1e-3);

  @Test
  void everyMethodIsHeldToTheContract() throws Exception {
    Contracts.assertEveryImplementationIsHeld(Method.class, this);
  }

  @Test
  void everyMethodIsListed() throws Exception {
    assertThat(Methods.all().stream().map(Class::getName).collect(toSet()))
        .as("a line for each in %s", Methods.LISTING)
        .containsAll(Contracts.implementations(Method.class));
  }

  @Nested
  class OfDarts extends MethodContract {
    OfDarts() {
      super(new Darts());
    }
  }

  @Nested
  class OfTdDarts extends MethodContract {
    OfTdDarts() {
      super(new TdDarts(), Spaces.small(EPOCHS, Spaces.linear(10, 0.1)));
    }
  }

  @Nested
  class OfTdDartsLearnedTemperature extends MethodContract {
    OfTdDartsLearnedTemperature() {
      super(new TdDartsLearnedTemperature());
    }
  }

  @Nested
  class OfSdartsRs extends MethodContract {
    OfSdartsRs() {
      super(new SdartsRs(0.03, 0.3));
    }
  }

  @Nested
  class OfSdartsAdv extends MethodContract {
    OfSdartsAdv() {
      super(new SdartsAdv(0.03, 0.3, 2));
    }
  }

  @Nested
  class OfDartsMinus extends MethodContract {
    OfDartsMinus() {
      super(new DartsMinus(1, DartsMinus.Decay.LINEAR));
    }
  }

  @Nested
  class OfFairDarts extends MethodContract {
    OfFairDarts() {
      super(new FairDarts(10, 0.5));
    }
  }

  @Nested
  class OfBetaDarts extends MethodContract {
    OfBetaDarts() {
      super(new BetaDarts(25));
    }
  }

  @Nested
  class OfPcDarts extends MethodContract {
    OfPcDarts() {
      super(new PcDarts(2, 1));
    }
  }

  @Nested
  class OfPDarts extends MethodContract {
    OfPDarts() {
      super(new PDarts(List.of(0, 1), List.of(1), List.of(0.3, 0.5), 1, 2, 5));
    }
  }

  @Nested
  class OfSnas extends MethodContract {
    OfSnas() {
      super(new Snas(10));
    }
  }

  @Nested
  class OfGdas extends MethodContract {
    OfGdas() {
      super(new Gdas());
    }
  }

  @Nested
  class OfDartsEgs extends MethodContract {
    OfDartsEgs() {
      super(new DartsEgs(3));
    }
  }

  @Nested
  class OfRandomSearch extends MethodContract {
    OfRandomSearch() {
      super(new RandomSearch(2));
    }
  }

  @Nested
  class OfRandomWeightSharing extends MethodContract {
    OfRandomWeightSharing() {
      super(new RandomWeightSharing(10, 2, 3));
    }
  }

  @Nested
  class OfDartsL1 extends MethodContract {
    OfDartsL1() {
      super(new DartsL1(Mixing.SOFTMAX), PENALISED);
    }
  }

  @Nested
  class OfDirectDartsL1 extends MethodContract {
    OfDirectDartsL1() {
      super(new DartsL1(Mixing.DIRECT), PENALISED);
    }
  }

  @Nested
  class OfHypernetwork extends MethodContract {
    OfHypernetwork() {
      super(new Hypernetwork(LAMBDAS, Hypernetwork.Draw.LIST, 10, 10, Mixing.SOFTMAX));
    }
  }

  @Nested
  class OfDirectHypernetwork extends MethodContract {
    OfDirectHypernetwork() {
      super(new Hypernetwork(LAMBDAS, Hypernetwork.Draw.LOG_UNIFORM, 0, 1, Mixing.DIRECT));
    }
  }
}
