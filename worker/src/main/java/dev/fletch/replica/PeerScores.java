package dev.fletch.replica;

import dev.fletch.nn.BatchScore;
import dev.fletch.nn.Predictions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Hands the scores that each task has to all tasks. */
final class PeerScores {
  private static final int BYTES_OF_SCORE = Double.BYTES + 4 * Integer.BYTES;

  private final Peers peers;

  PeerScores(Peers peers) {
    this.peers = peers;
  }

  /**
   * The scores of all tasks, by rank.
   *
   * @param own per chunk and mixing weights
   */
  List<List<List<BatchScore>>> gather(List<List<BatchScore>> own) {
    byte[] sent = bytes(own);
    for (int task = 0; task < peers.count(); task++) {
      if (task != peers.rank()) {
        peers.send(task, sent, List.of());
      }
    }
    List<List<List<BatchScore>>> all = new ArrayList<>(peers.count());
    for (int task = 0; task < peers.count(); task++) {
      if (task == peers.rank()) {
        all.add(own);
      } else {
        Peers.Message message = peers.receive(task);
        all.add(scores(message.facts()));
        message.done();
      }
    }
    return all;
  }

  private static byte[] bytes(List<List<BatchScore>> scores) {
    int mixings = scores.isEmpty() ? 0 : scores.get(0).size();
    int size =
        scores.stream()
            .flatMap(List::stream)
            .mapToInt(score -> BYTES_OF_SCORE + 2 * Integer.BYTES * score.predictions().examples())
            .reduce(2 * Integer.BYTES, Math::addExact);
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.putInt(scores.size()).putInt(mixings);
    scores.forEach(chunk -> chunk.forEach(score -> put(score, bytes)));
    return bytes.array();
  }

  private static void put(BatchScore score, ByteBuffer bytes) {
    Predictions each = score.predictions();
    bytes.putDouble(score.lossSum()).putInt(score.correct()).putInt(score.examples());
    bytes.putInt(each.classes()).putInt(each.examples());
    for (int example = 0; example < each.examples(); example++) {
      bytes.putInt(each.label(example)).putInt(each.predicted(example));
    }
  }

  private static List<List<BatchScore>> scores(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    int chunks = bytes.getInt();
    int mixings = bytes.getInt();
    List<List<BatchScore>> scores = new ArrayList<>(chunks);
    for (int chunk = 0; chunk < chunks; chunk++) {
      List<BatchScore> ofChunk = new ArrayList<>(mixings);
      for (int mixing = 0; mixing < mixings; mixing++) {
        ofChunk.add(score(bytes));
      }
      scores.add(ofChunk);
    }
    return scores;
  }

  private static BatchScore score(ByteBuffer bytes) {
    BatchScore score = new BatchScore(bytes.getDouble(), bytes.getInt(), bytes.getInt());
    int classes = bytes.getInt();
    int[] labels = new int[bytes.getInt()];
    int[] predicted = new int[labels.length];
    for (int example = 0; example < labels.length; example++) {
      labels[example] = bytes.getInt();
      predicted[example] = bytes.getInt();
    }
    return score.with(new Predictions(classes, labels, predicted));
  }
}
