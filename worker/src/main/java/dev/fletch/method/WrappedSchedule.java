package dev.fletch.method;

import dev.fletch.data.StepId;
import dev.fletch.supernet.Relaxation;

/**
 * Another schedule, each of whose relaxations becomes a part of a larger one. Temperatures stay;
 * the evaluation has no other temperatures.
 */
record WrappedSchedule(RelaxationSchedule inner, InTraining inTraining, InEvaluation inEvaluation)
    implements RelaxationSchedule {
  /** What becomes of the relaxation of a step. */
  interface InTraining {
    Relaxation around(Relaxation inner, StepId at);
  }

  /** What becomes of the relaxation of an evaluation. */
  interface InEvaluation {
    Relaxation around(Relaxation inner, int epoch);
  }

  @Override
  public Relaxation training(StepId at) {
    return inTraining.around(inner.training(at), at);
  }

  @Override
  public Relaxation evaluation(int epoch) {
    return inEvaluation.around(inner.evaluation(epoch), epoch);
  }

  @Override
  public double temperature(int epoch, float[] alpha) {
    return inner.temperature(epoch, alpha);
  }

  @Override
  public double strengthTemperature(int epoch, float[] alpha) {
    return inner.strengthTemperature(epoch, alpha);
  }
}
