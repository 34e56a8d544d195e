package dev.fletch.run;

import dev.fletch.data.DataHeader;
import dev.fletch.data.DataSettings;
import dev.fletch.data.Portion;
import dev.fletch.settings.Plural;
import java.util.stream.IntStream;

/**
 * How many steps epochs have. Those of a stream have different numbers, of which the mean of the
 * first ones is told.
 */
record EpochSteps(DataHeader data, DataSettings settings) {
  /** Epochs of a stream whose steps are counted. */
  private static final int COUNTED = 10;

  /**
   * Steps of an epoch.
   *
   * @param portion that is trained on
   * @param examples it has
   * @param perStep what all replicas take: examples, or rows of a stream
   * @param seed of the run or the training
   */
  long count(Portion portion, int examples, int perStep, long seed) {
    return data.streams()
        .map(streams -> streams.pace(settings.stream(), portion, perStep, seed))
        .map(pace -> IntStream.range(0, COUNTED).mapToLong(pace::steps).average())
        .map(mean -> Math.round(mean.orElseThrow()))
        .orElse((examples + perStep - 1L) / perStep);
  }

  /** In words; where it is a mean, it says so. */
  String text(long count) {
    return (data.streams().isPresent() ? "about " : "") + Plural.of(count, "step");
  }

  /** What a minibatch has so many of. */
  String unit() {
    return data.streams().isPresent() ? "row" : "example";
  }
}
