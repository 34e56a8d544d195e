package dev.fletch.optimizer;

import dev.fletch.settings.Checks;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/**
 * A learning rate per epoch e, counted from 0, of a training of E epochs:
 *
 * <pre>{@code
 * constant      rate
 * cosine        minimum + (rate - minimum) * (1 + cos(pi * e / E)) / 2         as DARTS does
 * linear        minimum + (rate - minimum) * (1 - e / E)
 * exponential   rate * decay^e
 * step          rate * decay^floor(e / every), or rate * decay^(number of milestones <= e)
 * }</pre>
 *
 * <p>Cosine and linear reach the minimum at epoch E, which is the first after the training. In the
 * first {@code warmUp} epochs the rate is {@code rate * (e + 1) / warmUp} instead; the schedule is
 * not shifted by them.
 *
 * @param minimum 0 where the schedule has none
 * @param decay {@link Decay#NONE} where the schedule has none
 * @param warmUp epochs; 0 for none
 */
public record LearningRateSettings(
    Schedule schedule, double rate, double minimum, Decay decay, int warmUp)
    implements Serializable {
  /** Shape of the decay. */
  public enum Schedule {
    COSINE,
    CONSTANT,
    LINEAR,
    EXPONENTIAL,
    STEP
  }

  /**
   * By what and when a rate is multiplied.
   *
   * @param every how many epochs one factor lasts; 0 if milestones say when
   * @param milestones epochs, rising
   */
  public record Decay(double factor, int every, List<Integer> milestones) implements Serializable {
    /** Never. */
    public static final Decay NONE = everyEpochs(1, 1);

    public Decay {
      milestones = List.copyOf(milestones);
      new Checks()
          .positive("learning-rate-decay", factor)
          .require("learning-rate-decay", !(factor > 1), "must be <= 1, got " + factor)
          .atLeast("learning-rate-decay-every", every, milestones.isEmpty() ? 1 : 0)
          .require(
              "learning-rate-decay-every",
              milestones.isEmpty() || every <= 0,
              "must be 0 beside milestones, got " + every,
              "learning-rate-milestones")
          .require(
              "learning-rate-milestones",
              areRising(milestones),
              "must be epochs > 0 in rising order, got " + milestones)
          .orThrow();
    }

    public static Decay everyEpochs(double factor, int every) {
      return new Decay(factor, every, List.of());
    }

    public static Decay at(double factor, List<Integer> milestones) {
      return new Decay(factor, 0, milestones);
    }

    private static boolean areRising(List<Integer> milestones) {
      int last = 0;
      for (int milestone : milestones) {
        if (milestone <= last) {
          return false;
        }
        last = milestone;
      }
      return true;
    }

    private double at(int epoch, double rate) {
      if (milestones.isEmpty()) {
        return new StepSchedule(ScheduleType.EPOCH, rate, factor, every).valueAt(0, epoch);
      }
      Map<Integer, Double> rates = new TreeMap<>(Map.of(0, rate));
      for (int i = 0; i < milestones.size(); i++) {
        rates.put(milestones.get(i), rate * Math.pow(factor, i + 1));
      }
      return new MapSchedule(ScheduleType.EPOCH, rates).valueAt(0, epoch);
    }
  }

  public LearningRateSettings {
    boolean decays = schedule == Schedule.EXPONENTIAL || schedule == Schedule.STEP;
    new Checks()
        .positive("learning-rate", rate)
        .atLeast("learning-rate-min", minimum, 0)
        .require(
            "learning-rate-min",
            minimum <= rate || rate <= 0, // a rate that is refused itself says nothing of minimum
            "must be <= learning-rate " + rate + ", got " + minimum,
            "learning-rate")
        .require(
            "learning-rate-min",
            !decays || minimum == 0,
            "must be 0 when schedule is exponential or step, got " + minimum,
            "schedule")
        .require(
            "learning-rate-decay",
            decays || decay.equals(Decay.NONE),
            "must be left out unless schedule is exponential or step",
            "schedule")
        .require(
            "learning-rate-decay-every",
            schedule != Schedule.EXPONENTIAL || decay.every() == 1,
            "must be 1 when schedule is exponential, got " + decay.every(),
            "schedule")
        .atLeast("learning-rate-warm-up", warmUp, 0)
        .orThrow();
  }

  /** A schedule without decay factor and warm-up. */
  public LearningRateSettings(Schedule schedule, double rate, double minimum) {
    this(schedule, rate, minimum, Decay.NONE, 0);
  }

  /** The rate of {@code epoch}, counted from 0, in a training of {@code epochs}. */
  public double at(int epoch, int epochs) {
    if (epoch < warmUp) {
      return new RampSchedule(new FixedSchedule(rate), warmUp).valueAt(epoch, epoch);
    }
    return switch (schedule) {
      case CONSTANT -> rate;
      case COSINE -> minimum + (rate - minimum) * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
        // not ND4J's PolySchedule, which rises: its factor is (1 + e / E)^power
      case LINEAR -> minimum + (rate - minimum) * (1 - (double) epoch / epochs);
      case EXPONENTIAL ->
          new ExponentialSchedule(ScheduleType.EPOCH, rate, decay.factor()).valueAt(0, epoch);
      case STEP -> decay.at(epoch, rate);
    };
  }
}
