package dev.fletch.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import scala.collection.JavaConverters;

/**
 * Looks into Spark's block manager. Removal happens in the background, so it looks more than once.
 */
final class SparkState {
  private static final int LOOKS = 100;
  private static final long PAUSE_MILLIS = 50;

  private SparkState() {}

  /** Broadcast values of the given class, now. */
  static List<BlockId> broadcastsOf(SparkCluster cluster, Class<?> type) {
    BlockManager blocks = cluster.spark().sc().env().blockManager();
    return find(blocks, id -> id.isBroadcast() && type.isInstance(value(blocks, id)));
  }

  /** Broadcast values of the given class that stay for seconds. */
  static List<BlockId> leftBroadcastsOf(SparkCluster cluster, Class<?> type) {
    BlockManager blocks = cluster.spark().sc().env().blockManager();
    return settled(blocks, id -> id.isBroadcast() && type.isInstance(value(blocks, id)));
  }

  /** Shuffle blocks that stay for seconds. */
  static List<BlockId> leftShuffleBlocks(SparkCluster cluster) {
    BlockManager blocks = cluster.spark().sc().env().blockManager();
    return settled(blocks, BlockId::isShuffle);
  }

  private static List<BlockId> settled(BlockManager blocks, Predicate<BlockId> chosen) {
    List<BlockId> found = find(blocks, chosen);
    for (int look = 0; look < LOOKS && !found.isEmpty(); look++) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      found = find(blocks, chosen);
    }
    return found;
  }

  private static List<BlockId> find(BlockManager blocks, Predicate<BlockId> chosen) {
    List<BlockId> found = new ArrayList<>();
    for (BlockId id : JavaConverters.seqAsJavaList(blocks.getMatchingBlockIds(id -> true))) {
      if (chosen.test(id)) {
        found.add(id);
      }
    }
    return found;
  }

  private static Object value(BlockManager blocks, BlockId id) {
    if (id.name().contains("piece")) {
      return null;
    }
    var result = blocks.getLocalValues(id);
    if (result.isEmpty()) {
      return null;
    }
    var values = result.get().data();
    Object value = null;
    while (values.hasNext()) { // to the end, where the read lock is given back
      value = values.next();
    }
    return value;
  }
}
