package dev.fletch.config;

import com.typesafe.config.ConfigObject;
import dev.fletch.optimizer.LearningRateSettings;
import dev.fletch.optimizer.LearningRateSettings.Decay;
import dev.fletch.optimizer.LearningRateSettings.Schedule;
import dev.fletch.settings.KeyName;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the learning rate of a section, which accepts exactly the keys of its schedule. */
final class RateReader {
  static final String RATE = "learning-rate";
  static final String MINIMUM = "learning-rate-min";
  static final String SCHEDULE = "schedule";
  static final String DECAY = "learning-rate-decay";
  static final String EVERY = "learning-rate-decay-every";
  static final String MILESTONES = "learning-rate-milestones";
  static final String WARM_UP = "learning-rate-warm-up";

  private final Variants schedules;

  /**
   * @param schedules the defaults that each schedule adds to its section
   */
  RateReader(ConfigObject schedules) {
    this.schedules = new Variants(SCHEDULE, schedules);
  }

  /** The learning rate, or null if refused. */
  LearningRateSettings read(Section section) {
    Schedule schedule = section.choice(SCHEDULE, List.of(Schedule.values()), KeyName::ofConstant);
    String name = KeyName.ofConstant(schedule);
    section.addDefaults(schedules.defaults(name));
    double rate = section.number(RATE);
    int warmUp = section.integer(WARM_UP);
    double minimum = minimum(section, schedule, rate);
    Decay decay = decay(section, schedule);
    schedules.refuseOthers(section, name);
    Supplier<LearningRateSettings> settings =
        () -> new LearningRateSettings(schedule, rate, minimum, decay, warmUp);
    return decay == null ? null : section.build(settings);
  }

  private static double minimum(Section section, Schedule schedule, double rate) {
    return switch (schedule) {
      case COSINE, LINEAR -> section.number(MINIMUM);
      case CONSTANT -> constantMinimum(section, rate);
      case EXPONENTIAL, STEP -> {
        if (section.isWritten(MINIMUM)) {
          section.refuse(
              MINIMUM,
              "belongs to schedule cosine or linear, but schedule is "
                  + KeyName.ofConstant(schedule));
        }
        section.ignore(MINIMUM);
        yield 0;
      }
    };
  }

  /** A constant rate has no minimum of its own: one that is written must agree. */
  private static double constantMinimum(Section section, double rate) {
    if (!section.isWritten(MINIMUM)) {
      section.ignore(MINIMUM);
      return rate;
    }
    double minimum = section.number(MINIMUM);
    boolean comparable = !section.isRefused(RATE) && !section.isRefused(SCHEDULE);
    if (comparable && !section.isRefused(MINIMUM) && minimum != rate) {
      section.refuse(
          MINIMUM,
          "must be left out or equal learning-rate ("
              + rate
              + ") when schedule is constant, got "
              + minimum);
    }
    return minimum;
  }

  /** Null if refused. */
  private static Decay decay(Section section, Schedule schedule) {
    return switch (schedule) {
      case CONSTANT, COSINE, LINEAR -> Decay.NONE;
      case EXPONENTIAL -> {
        double factor = section.number(DECAY);
        yield section.build(() -> Decay.everyEpochs(factor, 1));
      }
      case STEP -> {
        double factor = section.number(DECAY);
        List<Integer> milestones = section.integers(MILESTONES);
        if (milestones.isEmpty()) {
          int every = section.integer(EVERY);
          yield section.build(() -> Decay.everyEpochs(factor, every));
        }
        if (section.isWritten(EVERY)) {
          section.refuse(EVERY, "must be left out beside learning-rate-milestones");
        }
        yield section.build(() -> Decay.at(factor, milestones));
      }
    };
  }

  /** Puts the keys of the rate's schedule, and no others, into {@code section}. */
  static void write(LearningRateSettings rate, Map<String, Object> section) {
    section.put(RATE, rate.rate());
    section.put(SCHEDULE, KeyName.ofConstant(rate.schedule()));
    section.put(WARM_UP, rate.warmUp());
    switch (rate.schedule()) {
      case CONSTANT, COSINE, LINEAR -> section.put(MINIMUM, rate.minimum());
      case EXPONENTIAL -> section.put(DECAY, rate.decay().factor());
      case STEP -> {
        section.put(DECAY, rate.decay().factor());
        if (rate.decay().milestones().isEmpty()) {
          section.put(EVERY, rate.decay().every());
        } else {
          section.put(MILESTONES, rate.decay().milestones());
        }
      }
    }
  }
}
