package dev.fletch.cluster.peers;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/** Closes channels whose end nobody waits for. */
final class ChannelClosing {
  private ChannelClosing() {}

  static void close(Channel channel) {
    ChannelFuture unused = channel.close();
  }
}
