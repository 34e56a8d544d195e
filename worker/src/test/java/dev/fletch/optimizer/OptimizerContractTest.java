package dev.fletch.optimizer;

import dev.fletch.contract.Contracts;
import dev.fletch.optimizer.Nd4jUpdaterSettings.AdaDeltaSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.AdaGradSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.AdaMaxSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.AmsGradSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.NadamSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.NesterovSettings;
import dev.fletch.optimizer.Nd4jUpdaterSettings.RmsPropSettings;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OptimizerContractTest {
  @Test
  void everyOptimizerIsHeldToTheContract() throws Exception {
    Contracts.assertEveryImplementationIsHeld(OptimizerSettings.class, this);
  }

  @Nested
  class OfSgd extends OptimizerContract {
    OfSgd() {
      super(decay -> new SgdSettings(0.9, decay));
    }
  }

  @Nested
  class OfPlainGradientDescent extends OptimizerContract {
    OfPlainGradientDescent() {
      super(decay -> new SgdSettings(0, decay));
    }
  }

  @Nested
  class OfAveragedSgd extends OptimizerContract {
    OfAveragedSgd() {
      super(decay -> new AveragedSgdSettings(decay, 5));
    }
  }

  @Nested
  class OfAdam extends OptimizerContract {
    OfAdam() {
      super(decay -> new AdamSettings(0.5, 0.999, 1e-8, decay));
    }
  }

  @Nested
  class OfNesterov extends OptimizerContract {
    OfNesterov() {
      super(decay -> new NesterovSettings(0.9, decay));
    }
  }

  @Nested
  class OfRmsProp extends OptimizerContract {
    OfRmsProp() {
      super(decay -> new RmsPropSettings(0.95, 1e-8, decay));
    }
  }

  @Nested
  class OfAdaGrad extends OptimizerContract {
    OfAdaGrad() {
      super(decay -> new AdaGradSettings(1e-10, decay));
    }
  }

  @Nested
  class OfAmsGrad extends OptimizerContract {
    OfAmsGrad() {
      super(decay -> new AmsGradSettings(0.8, 0.99, 1e-8, decay));
    }
  }

  @Nested
  class OfAdaMax extends OptimizerContract {
    OfAdaMax() {
      super(decay -> new AdaMaxSettings(0.8, 0.99, decay));
    }
  }

  @Nested
  class OfNadam extends OptimizerContract {
    OfNadam() {
      super(decay -> new NadamSettings(0.8, 0.99, 1e-8, decay));
    }
  }

  @Nested
  class OfAdaDelta extends OptimizerContract {
    OfAdaDelta() {
      super(decay -> new AdaDeltaSettings(0.9, 1e-6, decay));
    }
  }
}
