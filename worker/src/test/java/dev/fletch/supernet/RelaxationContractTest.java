package dev.fletch.supernet;

import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Operation;
import dev.fletch.contract.Contracts;
import dev.fletch.data.StepId;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RelaxationContractTest {
  private static final List<Operation> OPERATIONS =
      List.of(Operation.NONE, Operation.SKIP_CONNECT, Operation.SEP_CONV_3X3);
  private static final int ALPHA = 3 * RelaxationContract.ROWS;
  private static final GumbelNoise NOISE = new GumbelNoise(3, new StepId(1, 2));

  /** Every edge lacks another operation. */
  private static final OperationMask MASK =
      new OperationMask(
          List.of(without(0), without(1), without(2), OPERATIONS, only(1)),
          List.of(without(1), OPERATIONS, only(2), without(0), without(2)));

  private static List<Operation> without(int k) {
    return OPERATIONS.stream().filter(o -> !o.equals(OPERATIONS.get(k))).toList();
  }

  private static List<Operation> only(int k) {
    return List.of(OPERATIONS.get(k));
  }

  @Test
  void everyRelaxationIsHeldToTheContract() throws Exception {
    Contracts.assertEveryImplementationIsHeld(Relaxation.class, this);
  }

  @Nested
  class OfSoftmax extends RelaxationContract {
    OfSoftmax() {
      super(new SoftmaxRelaxation(3, 0.7), ALPHA, 1);
    }
  }

  @Nested
  class OfSigmoid extends RelaxationContract {
    OfSigmoid() {
      super(new SigmoidRelaxation(), ALPHA, ANY_SUM);
    }
  }

  @Nested
  class OfDirect extends RelaxationContract {
    OfDirect() {
      super(new DirectRelaxation(), ALPHA, ANY_SUM);
    }
  }

  @Nested
  class OfMaskedSoftmax extends RelaxationContract {
    OfMaskedSoftmax() {
      super(new MaskedSoftmaxRelaxation(OPERATIONS, MASK, 0.7), ALPHA, 1);
    }
  }

  @Nested
  class OfMaskedSoftmaxWithAllOperations extends RelaxationContract {
    OfMaskedSoftmaxWithAllOperations() {
      super(new MaskedSoftmaxRelaxation(OPERATIONS, OperationMask.ALL, 2), ALPHA, 1);
    }
  }

  @Nested
  class OfLearnedTemperature extends RelaxationContract {
    OfLearnedTemperature() {
      super(new LearnedTemperatureRelaxation(3), ALPHA + 1, 1);
    }
  }

  @Nested
  class OfGumbel extends RelaxationContract {
    OfGumbel() {
      super(new GumbelRelaxation(3, 0.7, NOISE), ALPHA, 1);
    }
  }

  @Nested
  class OfEnsembleCodeOfOneSample extends RelaxationContract {
    OfEnsembleCodeOfOneSample() {
      super(new EnsembleCodeRelaxation(3, 1), ALPHA, 1);
    }
  }

  @Nested
  class OfEnsembleCodeOfSeven extends RelaxationContract {
    OfEnsembleCodeOfSeven() {
      super(new EnsembleCodeRelaxation(3, 7), ALPHA, ANY_SUM);
    }
  }

  @Nested
  class OfEdgeNormalisation extends RelaxationContract {
    OfEdgeNormalisation() {
      super(new EdgeNormalisation(3, CellTopology.convolutional(2), 0.7), ALPHA + ROWS, ANY_SUM);
    }
  }

  @Nested
  class OfAuxiliaryColumn extends RelaxationContract {
    OfAuxiliaryColumn() {
      super(new AuxiliaryColumn(new SoftmaxRelaxation(3, 0.7), 3, 0.6), ALPHA, 1.6);
    }
  }

  @Nested
  class OfHypernetwork extends RelaxationContract {
    OfHypernetwork() {
      super(new LinearHypernetwork(new SoftmaxRelaxation(3, 0.7), 0.3), 2 * ALPHA, 1);
    }
  }

  @Nested
  class OfDirectHypernetwork extends RelaxationContract {
    OfDirectHypernetwork() {
      super(new LinearHypernetwork(new DirectRelaxation(), 3), 2 * ALPHA, ANY_SUM);
    }
  }

  @Nested
  class OfArgmax extends RelaxationContract {
    OfArgmax() {
      super(new ArgmaxRelaxation(3), ALPHA, 1);
    }
  }

  @Nested
  class OfFixedMixing extends RelaxationContract {
    OfFixedMixing() {
      super(new FixedMixing(vector(ALPHA, 5)), ALPHA, ANY_SUM);
    }
  }

  /** Straight through: chosen operations pass on the gradient of the soft sample they came from. */
  @Nested
  class OfHardGumbel extends RelaxationContract {
    OfHardGumbel() {
      super(new HardGumbelRelaxation(3, 0.7, 1, NOISE), ALPHA, 1);
    }

    @Override
    float[] differentiable(float[] alpha) {
      return new GumbelRelaxation(3, 0.7, NOISE).mixing(alpha);
    }

    @Override
    float[] passedOn(float[] mixingGradient, float[] alpha) {
      float[] chosen = subject().mixing(alpha);
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] *= mixingGradient[i];
      }
      return chosen;
    }
  }
}
