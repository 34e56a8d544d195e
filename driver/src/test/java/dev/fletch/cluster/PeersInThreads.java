package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.cluster.peers.PeerNetwork;
import dev.fletch.cluster.peers.PeerPorts;
import dev.fletch.cluster.peers.PeerSecret;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.engine.Floats;
import dev.fletch.gradient.GradientRequest;
import dev.fletch.gradient.GradientSource;
import dev.fletch.gradient.Gradients;
import dev.fletch.gradient.NetworkSize;
import dev.fletch.gradient.Score;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.replica.Dealing;
import dev.fletch.replica.PeerException;
import dev.fletch.replica.PeerGradientSource;
import dev.fletch.replica.Replica;
import dev.fletch.replica.Shard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/**
 * Tasks that average with each other, each a thread of this process: what one is asked, all are
 * asked, and all must answer the same.
 */
final class PeersInThreads implements GradientSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final List<PeerNetwork> networks = new ArrayList<>();
  private final List<PeerGradientSource> sources = new ArrayList<>();
  private final ExecutorService threads;

  PeersInThreads(ReplicaFactory factory, Dealing dealing, int batch) {
    int tasks = dealing.ofTasks().size();
    int replicas = dealing.ofTasks().stream().mapToInt(List::size).sum();
    threads = Executors.newFixedThreadPool(tasks);
    PeerSecret secret = PeerSecret.draw();
    for (int task = 0; task < tasks; task++) {
      networks.add(
          PeerNetwork.listen(
              "127.0.0.1", new PeerPorts(0, 1), secret, task, tasks, TIMEOUT, () -> false));
    }
    List<InetSocketAddress> addresses =
        networks.stream()
            .map(network -> InetSocketAddress.createUnresolved("127.0.0.1", network.port()))
            .toList();
    onAll(
        networks,
        network -> {
          network.connect(addresses);
          return "";
        });
    for (int task = 0; task < tasks; task++) {
      ExampleSource examples = examples(factory);
      TrainableNetwork network = factory.network(examples);
      List<Replica> own =
          dealing.of(task).stream()
              .map(
                  replica ->
                      new Replica(
                          network, examples, new Shard(replica, replicas, batch), LocalSpark.SEED))
              .toList();
      sources.add(new PeerGradientSource(own, dealing, networks.get(task)));
    }
  }

  private static ExampleSource examples(ReplicaFactory factory) {
    try {
      return factory.examples(new Configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <S, T> List<T> onAll(List<S> of, Function<S, T> ask) {
    List<Future<T>> answers = of.stream().map(one -> threads.submit(() -> ask.apply(one))).toList();
    List<T> all = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<T> answer : answers) {
      try {
        all.add(answer.get());
      } catch (ExecutionException e) {
        RuntimeException cause = (RuntimeException) e.getCause();
        failure = failure == null || failure instanceof PeerException ? cause : failure;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
    return all;
  }

  /** Without a look at the answers, which would take longer than the exchange. */
  void average(GradientRequest request, List<Floats> weights) {
    List<List<Gradients>> unused =
        onAll(sources, source -> source.gradients(request, weights, new float[0]));
  }

  private <T> T same(Function<PeerGradientSource, T> ask) {
    List<T> all = onAll(sources, ask);
    assertThat(all)
        .allSatisfy(one -> assertThat(one).usingRecursiveComparison().isEqualTo(all.get(0)));
    return all.get(0);
  }

  @Override
  public NetworkSize size() {
    return same(PeerGradientSource::size);
  }

  @Override
  public int examples(Portion portion) {
    return same(source -> source.examples(portion));
  }

  @Override
  public int steps(Portion portion, int epoch) {
    return same(source -> source.steps(portion, epoch));
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    return same(source -> source.rateFactor(portion, at));
  }

  @Override
  public float[] initialWeights(long seed) {
    return same(source -> source.initialWeights(seed));
  }

  @Override
  public float[] initialStatistics() {
    return same(PeerGradientSource::initialStatistics);
  }

  @Override
  public List<Gradients> gradients(GradientRequest request, List<Floats> weights, float[] mixing) {
    return same(source -> source.gradients(request, weights, mixing));
  }

  @Override
  public List<Gradients> gradientsInEvaluation(
      GradientRequest request, Floats weights, List<float[]> mixings, Floats statistics) {
    return same(source -> source.gradientsInEvaluation(request, weights, mixings, statistics));
  }

  @Override
  public List<Score> evaluate(
      Portion portion, int chunks, Floats weights, List<float[]> mixings, Floats statistics) {
    return same(source -> source.evaluate(portion, chunks, weights, mixings, statistics));
  }

  @Override
  public void close() {
    sources.forEach(PeerGradientSource::close);
    networks.forEach(PeerNetwork::close);
    threads.shutdownNow();
  }
}
