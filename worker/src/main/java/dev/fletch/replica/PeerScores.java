package dev.fletch.replica;

import dev.fletch.nn.BatchScore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Hands the scores that each task has to all tasks. */
final class PeerScores {
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(
          scores.stream()
              .map(chunk -> chunk.toArray(BatchScore[]::new))
              .toArray(BatchScore[][]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<List<BatchScore>> scores(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      List<List<BatchScore>> scores = new ArrayList<>();
      for (BatchScore[] chunk : (BatchScore[][]) in.readObject()) {
        scores.add(List.of(chunk));
      }
      return scores;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
