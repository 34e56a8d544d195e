package dev.fletch.replica;

import dev.fletch.gradient.GradientSum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What every task tells every other in an exchange, besides the vectors. What replicas remember
 * follows it as it is, point by point and run by run.
 *
 * @param exchange its number, which must be the same for all
 * @param divergedReplica the first replica without a finite loss, or -1
 * @param divergence what is to be said of it, or empty
 * @param points per point and run what is known of the sum; none if a replica diverged
 */
record SumFacts(int exchange, int divergedReplica, String divergence, List<List<OfRun>> points) {
  static final int NONE = -1;

  /**
   * Of the sum of a run of replicas.
   *
   * @param lengths of its vectors: weights, mixing weights, statistics; all 0 without examples
   * @param carried values that its replicas remember
   * @param statisticsShare as {@link GradientSum#statisticsShare}
   */
  record OfRun(
      double lossSum,
      long correct,
      long examples,
      List<Integer> lengths,
      int carried,
      float statisticsShare) {
    static OfRun of(GradientSum sum) {
      return new OfRun(
          sum.lossSum(),
          sum.correct(),
          sum.examples(),
          sum.vectors().stream().map(vector -> vector.length).toList(),
          sum.carried().length,
          sum.statisticsShare());
    }

    /** Without vectors. */
    GradientSum score() {
      return GradientSum.ofScore(lossSum, correct, examples);
    }
  }

  /**
   * How long the vectors of sums are, which must be the same for all that have any.
   *
   * @throws IllegalArgumentException if it is not
   */
  static List<Integer> lengths(List<OfRun> ofRuns) {
    List<List<Integer>> different =
        ofRuns.stream().filter(run -> run.examples() > 0).map(OfRun::lengths).distinct().toList();
    if (different.size() > 1) {
      throw new IllegalArgumentException(
          "Cannot add gradients of %s and %s values: replicas differ"
              .formatted(different.get(0), different.get(1)));
    }
    if (different.isEmpty()) {
      throw new IllegalStateException(
          "Cannot average gradients: no replica contributed any example");
    }
    return different.get(0);
  }

  private static final int VECTORS = 3;
  private static final int BYTES_OF_RUN =
      Double.BYTES + 2 * Long.BYTES + (VECTORS + 1) * Integer.BYTES + Float.BYTES;

  byte[] toBytes() {
    byte[] text = divergence.getBytes(StandardCharsets.UTF_8);
    int runs = points.isEmpty() ? 0 : points.get(0).size();
    ByteBuffer bytes =
        ByteBuffer.allocate(5 * Integer.BYTES + text.length + points.size() * runs * BYTES_OF_RUN);
    bytes.putInt(exchange).putInt(divergedReplica).putInt(text.length).put(text);
    bytes.putInt(points.size()).putInt(runs);
    for (List<OfRun> point : points) {
      for (OfRun run : point) {
        bytes.putDouble(run.lossSum).putLong(run.correct).putLong(run.examples);
        run.lengths.forEach(bytes::putInt);
        bytes.putInt(run.carried).putFloat(run.statisticsShare);
      }
    }
    return bytes.array();
  }

  static SumFacts of(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    int exchange = bytes.getInt();
    int replica = bytes.getInt();
    byte[] text = new byte[bytes.getInt()];
    bytes.get(text);
    int points = bytes.getInt();
    int runs = bytes.getInt();
    List<List<OfRun>> ofPoints = new ArrayList<>(points);
    for (int point = 0; point < points; point++) {
      List<OfRun> ofRuns = new ArrayList<>(runs);
      for (int run = 0; run < runs; run++) {
        ofRuns.add(
            new OfRun(
                bytes.getDouble(),
                bytes.getLong(),
                bytes.getLong(),
                List.of(bytes.getInt(), bytes.getInt(), bytes.getInt()),
                bytes.getInt(),
                bytes.getFloat()));
      }
      ofPoints.add(ofRuns);
    }
    return new SumFacts(exchange, replica, new String(text, StandardCharsets.UTF_8), ofPoints);
  }
}
