package dev.fletch.cluster.peers;

import dev.fletch.replica.FloatSlice;
import dev.fletch.replica.PeerException;
import dev.fletch.replica.Peers;
import dev.fletch.settings.DaemonThreads;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A task's connections to all others, over TCP. One thread of Netty moves what is sent and
 * received.
 *
 * <pre>{@code
 * try (PeerNetwork network = PeerNetwork.listen(host, ports, secret, rank, count, timeout)) {
 *   ... tell the others where network.address() is ...
 *   network.connect(addresses);
 *   ... network.send, network.receive ...
 *   network.leave();
 * }
 * }</pre>
 */
public final class PeerNetwork implements Peers, AutoCloseable {
  private static final long PATIENCE_AT_THE_END = TimeUnit.SECONDS.toNanos(5);
  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(30);
  private static final int LEAST_READ = 1 << 12;
  private static final int USUAL_READ = 1 << 16;
  private static final int MOST_READ = 1 << 18;

  private final int rank;
  private final Duration timeout;
  private final PeerSecret secret;
  private final EventLoopGroup loop =
      new NioEventLoopGroup(1, new DaemonThreads("fletch-exchange"));
  private final List<PeerLink> links;
  private final Handshake.Joined joined = new Joining();
  private Channel listening;

  private PeerNetwork(int rank, int count, PeerSecret secret, Duration timeout) {
    this.rank = rank;
    this.timeout = timeout;
    this.secret = secret;
    this.links = IntStream.range(0, count).mapToObj(PeerLink::new).toList();
  }

  /**
   * Takes connections from now on.
   *
   * @param host this machine's address as the others know it
   * @param ports where to listen: the first that is free
   * @param rank of this task
   * @param count of all tasks
   * @param timeout how long to wait for another task
   * @throws PeerException if no port is free
   */
  public static PeerNetwork listen(
      String host, PeerPorts ports, PeerSecret secret, int rank, int count, Duration timeout) {
    PeerNetwork network = new PeerNetwork(rank, count, secret, timeout);
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
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.RCVBUF_ALLOCATOR, reads())
            .childHandler(handlers(() -> Handshake.accepting(secret, rank, links.size(), joined)));
    Throwable last = null;
    for (int port : ports.all()) {
      // Where a machine is known by an address that it does not have itself: on all it has.
      for (InetSocketAddress at :
          List.of(new InetSocketAddress(host, port), new InetSocketAddress(port))) {
        ChannelFuture bound = server.bind(at).awaitUninterruptibly();
        if (bound.isSuccess()) {
          listening = bound.channel();
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

  private static AdaptiveRecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(LEAST_READ, USUAL_READ, MOST_READ);
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
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /**
   * Connects with all tasks: this one calls those before it, and is called by those behind it.
   *
   * @param addresses of all tasks, by rank
   * @throws PeerException if there is one that no connection comes about with in time
   */
  public void connect(List<InetSocketAddress> addresses) {
    Bootstrap client =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.RCVBUF_ALLOCATOR, reads())
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(timeout.toMillis(), MOST_TO_CONNECT.toMillis()));
    for (int task = 0; task < rank; task++) {
      int other = task;
      InetSocketAddress address = addresses.get(task);
      ChannelFuture call =
          client
              .clone()
              .handler(handlers(() -> Handshake.connecting(secret, rank, other, joined)))
              .connect(new InetSocketAddress(address.getHostString(), address.getPort()));
      if (!call.awaitUninterruptibly().isSuccess()) {
        throw new PeerException(
            "cannot connect to task %d at %s (%s): executors must reach each other there"
                .formatted(task, text(address), call.cause().getMessage()),
            call.cause());
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
    if (listening != null) {
      listening.close().awaitUninterruptibly(PATIENCE_AT_THE_END, TimeUnit.NANOSECONDS);
    }
    loop.shutdownGracefully(0, PATIENCE_AT_THE_END, TimeUnit.NANOSECONDS)
        .awaitUninterruptibly(PATIENCE_AT_THE_END, TimeUnit.NANOSECONDS);
  }
}
