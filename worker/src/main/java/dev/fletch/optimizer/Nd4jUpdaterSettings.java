package dev.fletch.optimizer;

import dev.fletch.settings.Checks;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/**
 * The optimizers that ND4J brings: {@code w = w - rate * u(g)}, {@code g = gradient + decay * w},
 * where u is what ND4J's updater makes of g at a learning rate of one. Every state starts at zero,
 * as in the papers and in PyTorch; ND4J by itself would start those of RMSProp and AdaGrad at
 * epsilon. Formulas below are those of step t = 1, 2, ...
 *
 * <p>AdaBelief is missing because the updater of ND4J 1.0.0-M2.1 fails to cut up its state.
 */
public sealed interface Nd4jUpdaterSettings extends OptimizerSettings {
  /** ND4J's updater at a learning rate of one. */
  IUpdater updater();

  /** Momentum of a velocity that is the first and only state; 0 for optimizers without one. */
  default double momentum() {
    return 0;
  }

  @Override
  default int statePerParameter() {
    return Math.toIntExact(updater().stateSize(1));
  }

  @Override
  default Optimizer optimizer(int parameters) {
    // a random search has no alpha, and ND4J no vector of length 0
    return parameters == 0
        ? new Sgd(new SgdSettings(momentum(), weightDecay()), 0)
        : new Nd4jOptimizer(this, parameters);
  }

  /**
   * SGD with Nesterov's momentum (Sutskever et al., 2013): {@code v = momentum * v + g; u = g +
   * momentum * v}, as {@code torch.optim.SGD(nesterov=True)}. ND4J keeps -v.
   */
  record NesterovSettings(double momentum, double weightDecay) implements Nd4jUpdaterSettings {
    public NesterovSettings {
      checks(weightDecay).below("momentum", momentum, 0, 1).orThrow();
    }

    @Override
    public IUpdater updater() {
      return new Nesterovs(1, momentum);
    }
  }

  /**
   * RMSProp (Tieleman and Hinton, 2012): {@code s = d * s + (1 - d) * g^2; u = g / (sqrt(s) +
   * epsilon)}, d = {@code rmsDecay}, as {@code torch.optim.RMSprop}.
   */
  record RmsPropSettings(double rmsDecay, double epsilon, double weightDecay)
      implements Nd4jUpdaterSettings {
    public RmsPropSettings {
      checks(weightDecay).below("rms-decay", rmsDecay, 0, 1).positive("epsilon", epsilon).orThrow();
    }

    @Override
    public IUpdater updater() {
      return new RmsProp(1, rmsDecay, epsilon);
    }
  }

  /**
   * AdaGrad (Duchi et al., 2011): {@code s = s + g^2; u = g / (sqrt(s) + epsilon)}, as {@code
   * torch.optim.Adagrad}.
   */
  record AdaGradSettings(double epsilon, double weightDecay) implements Nd4jUpdaterSettings {
    public AdaGradSettings {
      checks(weightDecay).positive("epsilon", epsilon).orThrow();
    }

    @Override
    public IUpdater updater() {
      return new AdaGrad(1, epsilon);
    }
  }

  /**
   * AMSGrad (Reddi et al., 2018), Adam whose second moment never shrinks: {@code m = b1 * m + (1 -
   * b1) * g; v = b2 * v + (1 - b2) * g^2; h = max(h, v); u = sqrt(1 - b2^t) / (1 - b1^t) * m /
   * (sqrt(h) + epsilon)}. {@code torch.optim.Adam(amsgrad=True)} adds epsilon to sqrt(h / (1 -
   * b2^t)) instead, which counts only where gradients are about as small as epsilon.
   */
  record AmsGradSettings(double beta1, double beta2, double epsilon, double weightDecay)
      implements Nd4jUpdaterSettings {
    public AmsGradSettings {
      checks(weightDecay, beta1, beta2).positive("epsilon", epsilon).orThrow();
    }

    @Override
    public IUpdater updater() {
      return new AMSGrad(1, beta1, beta2, epsilon);
    }
  }

  /**
   * AdaMax (Kingma and Ba, 2015, algorithm 2): {@code m = b1 * m + (1 - b1) * g; s = max(b2 * s,
   * |g|); u = m / ((1 - b1^t) * s)}. {@code torch.optim.Adamax} adds an epsilon to |g|; ND4J adds
   * 1e-32, so there is none to choose.
   */
  record AdaMaxSettings(double beta1, double beta2, double weightDecay)
      implements Nd4jUpdaterSettings {
    public AdaMaxSettings {
      checks(weightDecay, beta1, beta2).orThrow();
    }

    @Override
    public IUpdater updater() {
      return new AdaMax(1, beta1, beta2, AdaMax.DEFAULT_ADAMAX_EPSILON);
    }
  }

  /**
   * Nadam (Dozat, 2016) in ND4J's form: {@code m = b1 * m + (1 - b1) * g; v = b2 * v + (1 - b2) *
   * g^2; u = (b1 * m + (1 - b1) * g) / (1 - b1^t) / (sqrt(v) + epsilon)}. Unlike Dozat and {@code
   * torch.optim.NAdam} ND4J does not correct v for its start at zero, so that the first steps are
   * up to 1 / sqrt(1 - b2) times as long (32 at 0.999): use a warm-up.
   */
  record NadamSettings(double beta1, double beta2, double epsilon, double weightDecay)
      implements Nd4jUpdaterSettings {
    public NadamSettings {
      checks(weightDecay, beta1, beta2).positive("epsilon", epsilon).orThrow();
    }

    @Override
    public IUpdater updater() {
      return new Nadam(1, beta1, beta2, epsilon);
    }
  }

  /**
   * AdaDelta (Zeiler, 2012): {@code s = rho * s + (1 - rho) * g^2; u = g * sqrt(d + epsilon) /
   * sqrt(s + epsilon); d = rho * d + (1 - rho) * u^2}, as {@code torch.optim.Adadelta}. It finds
   * the length of its steps by itself; the paper's learning rate is 1.
   */
  record AdaDeltaSettings(double rho, double epsilon, double weightDecay)
      implements Nd4jUpdaterSettings {
    public AdaDeltaSettings {
      checks(weightDecay).below("rho", rho, 0, 1).positive("epsilon", epsilon).orThrow();
    }

    @Override
    public IUpdater updater() {
      return new AdaDelta(rho, epsilon);
    }
  }

  private static Checks checks(double weightDecay) {
    return new Checks().atLeast("weight-decay", weightDecay, 0);
  }

  private static Checks checks(double weightDecay, double beta1, double beta2) {
    return checks(weightDecay).below("beta1", beta1, 0, 1).below("beta2", beta2, 0, 1);
  }
}
