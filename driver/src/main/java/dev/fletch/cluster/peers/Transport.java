package dev.fletch.cluster.peers;

import dev.fletch.settings.DaemonThreads;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.time.Duration;

/**
 * What Netty makes connections of: Linux's epoll where its library is there, else Java's own. With
 * epoll, tasks on one machine have sockets that bypass TCP, at a third of its cost.
 */
enum Transport {
  EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
    @Override
    EventLoopGroup thread() {
      return new EpollEventLoopGroup(1, THREADS);
    }
  },

  JAVA(NioServerSocketChannel.class, NioSocketChannel.class) {
    @Override
    EventLoopGroup thread() {
      return new NioEventLoopGroup(1, THREADS);
    }
  };

  private static final DaemonThreads THREADS = new DaemonThreads("fletch-exchange");
  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(30);
  private static final int LEAST_READ = 1 << 12;
  private static final int USUAL_READ = 1 << 16;
  private static final int MOST_READ = 1 << 18;

  private final Class<? extends ServerChannel> server;
  private final Class<? extends Channel> client;

  Transport(Class<? extends ServerChannel> server, Class<? extends Channel> client) {
    this.server = server;
    this.client = client;
  }

  /** The best that there is here. */
  static Transport here() {
    return Epoll.isAvailable() ? EPOLL : JAVA;
  }

  /** The one thread of a task's connections. */
  abstract EventLoopGroup thread();

  /** Whether there are sockets within a machine. */
  boolean hasLocal() {
    return this == EPOLL;
  }

  /** The address of a socket within this machine: no file, so a killed process leaves none. */
  static DomainSocketAddress local(String name) {
    return new DomainSocketAddress("\0" + name);
  }

  /** Takes connections over TCP. */
  ServerBootstrap server(EventLoopGroup loop) {
    return server(loop, server).childOption(ChannelOption.TCP_NODELAY, true);
  }

  /** Takes connections from this machine. */
  ServerBootstrap localServer(EventLoopGroup loop) {
    return server(loop, EpollServerDomainSocketChannel.class);
  }

  private static ServerBootstrap server(
      EventLoopGroup loop, Class<? extends ServerChannel> channel) {
    return new ServerBootstrap()
        .group(loop)
        .channel(channel)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(ChannelOption.RCVBUF_ALLOCATOR, reads());
  }

  /** Connects over TCP. */
  Bootstrap client(EventLoopGroup loop, Duration timeout) {
    return client(loop, client, timeout).option(ChannelOption.TCP_NODELAY, true);
  }

  /** Connects within this machine. */
  Bootstrap localClient(EventLoopGroup loop, Duration timeout) {
    return client(loop, EpollDomainSocketChannel.class, timeout);
  }

  private static Bootstrap client(
      EventLoopGroup loop, Class<? extends Channel> channel, Duration timeout) {
    return new Bootstrap()
        .group(loop)
        .channel(channel)
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.RCVBUF_ALLOCATOR, reads())
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.min(timeout.toMillis(), MOST_TO_CONNECT.toMillis()));
  }

  private static AdaptiveRecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(LEAST_READ, USUAL_READ, MOST_READ);
  }
}
