package dev.fletch.cluster;

import dev.fletch.cluster.peers.PeerNetwork;
import dev.fletch.cluster.peers.PeerPorts;
import dev.fletch.cluster.peers.PeerSecret;
import dev.fletch.cuda.CardLostException;
import dev.fletch.gradient.DivergedException;
import dev.fletch.gradient.EpochWork;
import dev.fletch.gradient.StateVectors;
import dev.fletch.gradient.StepFollower.Progress;
import dev.fletch.replica.Dealing;
import dev.fletch.replica.PeerException;
import dev.fletch.replica.PeerGradientSource;
import dev.fletch.replica.Replica;
import dev.fletch.replica.Shard;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/**
 * One of the tasks that carry out an epoch together: it finds the others, connects, takes the same
 * steps as they do with gradients averaged among them, and reports.
 */
final class EpochTask<R extends Serializable>
    extends AbstractFunction1<Iterator<Integer>, Iterator<EpochReport<R>>> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ReplicaHome home;
  private final Broadcast<StateVectors> start;
  private final EpochWork<R> work;
  private final PeerSecret secret;
  private final PeerPorts ports;
  private final Duration timeout;
  private final StepsSoFar progress;

  EpochTask(
      ReplicaHome home,
      Broadcast<StateVectors> start,
      EpochWork<R> work,
      PeerSecret secret,
      PeerPorts ports,
      Duration timeout,
      StepsSoFar progress) {
    this.home = home;
    this.start = start;
    this.work = work;
    this.secret = secret;
    this.ports = ports;
    this.timeout = timeout;
    this.progress = progress;
  }

  @Override
  public Iterator<EpochReport<R>> apply(Iterator<Integer> unused) {
    BarrierTaskContext context = BarrierTaskContext.get();
    EpochReport<R> report = report(context);
    return JavaConverters.asScalaIterator(List.of(report).iterator());
  }

  /**
   * What is thrown before all are connected ends the stage, and Spark hands on why: the others
   * could not hear of it here, and would wait. Behind that a failure is a report.
   */
  private EpochReport<R> report(BarrierTaskContext context) {
    int rank = context.partitionId();
    int count = context.getTaskInfos().length;
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try (PeerNetwork peers =
        PeerNetwork.listen(host, ports, secret, rank, count, timeout, context::isInterrupted)) {
      TaskAddress own =
          new TaskAddress(
              host, peers.port(), SparkEnv.get().executorId(), ReplicaHome.numbers(home.source()));
      List<TaskAddress> all =
          Arrays.stream(context.allGather(own.text())).map(TaskAddress::of).toList();
      return home.borrow(
          TaskAddress.lent(all, rank, home.blueprint().value().replicas()),
          resident -> {
            peers.connect(all.stream().map(TaskAddress::socket).toList());
            return together(peers, resident);
          });
    } catch (FailedWork e) {
      return EpochReport.failed(rank, e.failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted while waiting for a replica", e);
    }
  }

  private EpochReport<R> together(PeerNetwork peers, Replica resident) {
    try {
      return carryOut(peers, resident, home.blueprint().value());
    } catch (PeerException e) { // the resident is as good as before
      peers.fail(e.getMessage());
      if (e.isSilence()) {
        throw e; // Spark then ends the others, while a report would leave the driver waiting
      }
      return EpochReport.lostPeer(peers.rank(), e.getMessage());
    } catch (CardLostException e) {
      throw e; // this process ends, which the others see
    } catch (DivergedException e) {
      return EpochReport.failed(peers.rank(), e);
    } catch (RuntimeException e) {
      peers.fail(ClusterException.rootCause(e));
      throw new FailedWork(e);
    }
  }

  /** Has the resident freed on its way, since the work may have stopped half-way. */
  private static final class FailedWork extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RuntimeException failure;

    FailedWork(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private EpochReport<R> carryOut(PeerNetwork peers, Replica resident, ReplicaBlueprint blueprint) {
    Dealing dealing = Dealing.even(blueprint.replicas(), peers.count());
    List<Replica> replicas =
        dealing.of(peers.rank()).stream()
            .map(
                number ->
                    new Replica(
                        resident.network(),
                        resident.examples(),
                        new Shard(number, blueprint.replicas(), blueprint.batch()),
                        blueprint.seed()))
            .toList();
    AtomicReference<Progress> last = new AtomicReference<>();
    EpochWork.Done<R> done =
        work.carryOut(
            start.value().copy(), // tasks of one process share the broadcast's arrays
            new PeerGradientSource(replicas, dealing, peers),
            step -> {
              last.set(step);
              if (peers.rank() == 0) {
                progress.add(step);
              }
            });
    peers.leave();
    return EpochReport.done(peers.rank(), done, last.get());
  }
}
