package dev.fletch.cluster.peers;

import dev.fletch.replica.FloatSlice;
import dev.fletch.replica.PeerException;
import dev.fletch.replica.Peers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A task's connections to all others, over TCP or within a machine. One thread of Netty moves what
 * is sent and received.
 *
 * <pre>{@code
 * try (PeerNetwork network = PeerNetwork.listen(host, ports, secret, rank, count, timeout, cancelled)) {
 *   ... tell the others where network.address() is ...
 *   network.connect(addresses);
 *   ... network.send, network.receive ...
 *   network.leave();
 * }
 * }</pre>
 */
public final class PeerNetwork implements Peers, AutoCloseable {
  private static final long PATIENCE_AT_THE_END = TimeUnit.SECONDS.toNanos(5);

  private final int rank;
  private final Duration timeout;
  private final PeerSecret secret;
  private final Transport transport;
  private final EventLoopGroup loop;
  private final List<PeerLink> links;
  private final Handshake.Joined joined = new Joining();
  private Channel server;
  private Channel localServer;

  private PeerNetwork(
      int rank,
      int count,
      PeerSecret secret,
      Duration timeout,
      BooleanSupplier cancelled,
      Transport transport) {
    this.transport = transport;
    this.loop = transport.thread();
    this.rank = rank;
    this.timeout = timeout;
    this.secret = secret;
    this.links = IntStream.range(0, count).mapToObj(task -> new PeerLink(task, cancelled)).toList();
  }

  /**
   * Takes connections from now on.
   *
   * @param host this machine's address as the others know it
   * @param ports where to listen: the first that is free
   * @param rank of this task
   * @param count of all tasks
   * @param timeout how long to wait for another task
   * @param cancelled whether nobody wants this task's result any more: it then waits no longer
   * @throws PeerException if no port is free
   */
  public static PeerNetwork listen(
      String host,
      PeerPorts ports,
      PeerSecret secret,
      int rank,
      int count,
      Duration timeout,
      BooleanSupplier cancelled) {
    return listen(host, ports, secret, rank, count, timeout, cancelled, Transport.here());
  }

  static PeerNetwork listen(
      String host,
      PeerPorts ports,
      PeerSecret secret,
      int rank,
      int count,
      Duration timeout,
      BooleanSupplier cancelled,
      Transport transport) {
    PeerNetwork network = new PeerNetwork(rank, count, secret, timeout, cancelled, transport);
    boolean listens = false;
    try {
      network.bind(host, ports);
      listens = true;
    } finally {
      if (!listens) {
        network.close();
      }
    }
    return network;
  }

  private void bind(String host, PeerPorts ports) {
    ChannelInitializer<Channel> accepting =
        handlers(() -> Handshake.accepting(secret, rank, links.size(), joined));
    if (transport.hasLocal()) {
      ChannelFuture bound =
          transport
              .localServer(loop)
              .childHandler(accepting)
              .bind(Transport.local(secret.name(rank)))
              .awaitUninterruptibly();
      localServer = bound.isSuccess() ? bound.channel() : null; // the others go through TCP then
    }
    ServerBootstrap server = transport.server(loop).childHandler(accepting);
    Throwable last = null;
    for (int port : ports.all()) {
      // Where a machine is known by an address that it does not have itself: on all it has.
      for (InetSocketAddress at :
          List.of(new InetSocketAddress(host, port), new InetSocketAddress(port))) {
        ChannelFuture bound = server.bind(at).awaitUninterruptibly();
        if (bound.isSuccess()) {
          this.server = bound.channel();
          return;
        }
        last = bound.cause();
      }
    }
    throw new PeerException(
        "cannot listen on %s, %s: %s"
            .formatted(host, ports, last == null ? "no port" : last.getMessage()),
        last);
  }

  private static ChannelInitializer<Channel> handlers(Supplier<ChannelHandler> first) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(first.get());
      }
    };
  }

  private final class Joining implements Handshake.Joined {
    @Override
    public PeerLink join(int task, Channel channel) {
      PeerLink link = links.get(task);
      return link.connect(channel) ? link : null;
    }

    @Override
    public void refused(int task) {
      links.get(task).lost("it has hung up");
    }
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * Connects with all tasks: this one calls those before it, and is called by those behind it.
   *
   * @param addresses of all tasks, by rank
   * @throws PeerException if there is one that no connection comes about with in time
   */
  public void connect(List<InetSocketAddress> addresses) {
    for (int task = 0; task < rank; task++) {
      InetSocketAddress address = addresses.get(task);
      boolean near = address.getHostString().equals(addresses.get(rank).getHostString());
      if (!near || !callLocally(task)) {
        call(task, address);
      }
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      for (int task = 0; task < links.size(); task++) {
        if (task != rank) {
          links.get(task).awaitConnected(deadline, text(addresses.get(task)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("interrupted while connecting", e);
    }
  }

  /** Whether that task is on this machine, as one of that host is unless it has a network apart. */
  private boolean callLocally(int task) {
    return transport.hasLocal()
        && transport
            .localClient(loop, timeout)
            .handler(handlers(() -> Handshake.connecting(secret, rank, task, joined)))
            .connect(Transport.local(secret.name(task)))
            .awaitUninterruptibly()
            .isSuccess();
  }

  private void call(int task, InetSocketAddress address) {
    ChannelFuture call =
        transport
            .client(loop, timeout)
            .handler(handlers(() -> Handshake.connecting(secret, rank, task, joined)))
            .connect(new InetSocketAddress(address.getHostString(), address.getPort()))
            .awaitUninterruptibly();
    if (!call.isSuccess()) {
      throw new PeerException(
          "cannot connect to task %d at %s (%s): executors must reach each other there"
              .formatted(task, text(address), call.cause().getMessage()),
          call.cause());
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int count() {
    return links.size();
  }

  @Override
  public void send(int to, byte[] facts, List<FloatSlice> values) {
    links.get(to).send(Frame.MESSAGE, facts, values);
  }

  @Override
  public Message receive(int from) {
    return links.get(from).receive(timeout.toNanos());
  }

  /** Tells the others that this task cannot go on; they then fail with {@code why}. */
  public void fail(String why) {
    tell(Frame.FAILURE, why.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Ends the conversation: returns when no other task has anything left to say.
   *
   * @throws PeerException if another did not come to the same end
   */
  public void leave() {
    tell(Frame.FAREWELL, new byte[0]);
    for (int task = 0; task < links.size(); task++) {
      if (task != rank) {
        links.get(task).awaitFarewell(timeout.toNanos());
      }
    }
  }

  private void tell(int kind, byte[] facts) {
    for (int task = 0; task < links.size(); task++) {
      if (task != rank) {
        links.get(task).send(kind, facts, List.of());
      }
    }
  }

  /** Ends all connections, and the thread. */
  @Override
  public void close() {
    links.forEach(link -> link.close(PATIENCE_AT_THE_END));
    for (Channel listening : new Channel[] {server, localServer}) {
      if (listening != null) {
        listening.close().awaitUninterruptibly(PATIENCE_AT_THE_END, TimeUnit.NANOSECONDS);
      }
    }
    loop.shutdownGracefully(0, PATIENCE_AT_THE_END, TimeUnit.NANOSECONDS)
        .awaitUninterruptibly(PATIENCE_AT_THE_END, TimeUnit.NANOSECONDS);
  }
}
