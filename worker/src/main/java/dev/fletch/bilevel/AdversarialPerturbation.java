package dev.fletch.bilevel;

import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.Vectors;
import dev.fletch.nn.Wanted;
import dev.fletch.optimizer.TrainingState;
import dev.fletch.settings.Checks;
import java.util.List;

/**
 * SDARTS-ADV: the mixing weights within the box that are worst for w, as projected gradient ascent
 * finds them: from a random point of the box, {@code steps} steps of {@code 2 epsilon / steps}
 * along the sign of the gradient of the w minibatch's loss, in evaluation mode. Where the loss did
 * not rise, the mixing weights stay as they are. {@code steps + 1} exchanges.
 */
public record AdversarialPerturbation(PerturbationBox box, int steps)
    implements MixingPerturbation {
  public AdversarialPerturbation {
    new Checks().atLeast("steps", steps, 1).orThrow();
  }

  @Override
  public float[] perturb(GradientSource source, TrainingState training, float[] mixing, StepId at) {
    float[] point = box.draw(mixing, at);
    // what is wanted of the mixing weights as they are is their loss only
    List<Gradients> first = gradients(source, training, List.of(mixing, point), at);
    double before = first.get(0).score().loss();
    Gradients here = first.get(1);
    double length = 2 * box.epsilon(at.epoch()) / steps;
    for (int s = 0; s < steps; s++) {
      point = box.clamp(ascended(point, here.mixing(), length), mixing, at.epoch());
      here = gradients(source, training, List.of(point), at).get(0);
    }
    return before > here.score().loss() ? mixing : point;
  }

  private static List<Gradients> gradients(
      GradientSource source, TrainingState training, List<float[]> mixings, StepId at) {
    GradientRequest request = training.request(Portion.WEIGHTS, at, Wanted.MIXING);
    return source.gradientsInEvaluation(
        request, training.weights(), mixings, training.statistics());
  }

  private static float[] ascended(float[] point, float[] gradient, double length) {
    Vectors.checkSameLength("perturb mixing weights", point, gradient);
    float[] next = new float[point.length];
    for (int i = 0; i < point.length; i++) {
      next[i] = (float) (point[i] + length * Math.signum(gradient[i]));
    }
    return next;
  }
}
