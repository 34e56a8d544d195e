package dev.fletch.cluster.peers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/**
 * How two tasks make sure of each other before anything else is said: the connecting one says who
 * it is and a number that it has drawn, the accepting one answers with a number and its proof of
 * both, the connecting one with its own. Whoever cannot is cut off.
 */
abstract class Handshake extends ByteToMessageDecoder {
  private static final int MAGIC = 0x464c_5831; // FLX1
  private static final int NONCE_BYTES = 16;
  private static final String CONNECTS = "connects";
  private static final String ACCEPTS = "accepts";

  final PeerSecret secret;
  final Joined joined;
  final byte[] nonce = new byte[NONCE_BYTES];

  /** What comes of handshakes. */
  interface Joined {
    /** The other side is known: its link, or null if that task has a connection. */
    PeerLink join(int task, Channel channel);

    /** A task that was connected to has hung up. */
    void refused(int task);
  }

  private Handshake(PeerSecret secret, Joined joined) {
    this.secret = secret;
    this.joined = joined;
    new SecureRandom().nextBytes(nonce);
  }

  /** Of the task that connects. */
  static Handshake connecting(PeerSecret secret, int own, int other, Joined joined) {
    return new Connecting(secret, own, other, joined);
  }

  /** Of the task that is connected to, by any of {@code count}. */
  static Handshake accepting(PeerSecret secret, int own, int count, Joined joined) {
    return new Accepting(secret, own, count, joined);
  }

  final void join(ChannelHandlerContext context, int task) {
    PeerLink link = joined.join(task, context.channel());
    if (link == null) {
      ChannelClosing.close(context.channel());
      return;
    }
    context.pipeline().addLast(new FrameDecoder(link));
    context.pipeline().remove(this); // hands on what has arrived beyond the proofs
  }

  static void say(ChannelHandlerContext context, byte[]... parts) {
    ByteBuf out = context.alloc().buffer();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    ChannelFuture unused = context.writeAndFlush(out);
  }

  static byte[] read(ByteBuf in, int length) {
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    return bytes;
  }

  static byte[] both(byte[] connecting, byte[] accepting) {
    return ByteBuffer.allocate(2 * NONCE_BYTES).put(connecting).put(accepting).array();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelClosing.close(context.channel());
  }

  private static final class Connecting extends Handshake {
    private final int own;
    private final int other;

    Connecting(PeerSecret secret, int own, int other, Joined joined) {
      super(secret, joined);
      this.own = own;
      this.other = other;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      say(context, ByteBuffer.allocate(2 * Integer.BYTES).putInt(MAGIC).putInt(own).array(), nonce);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (in.readableBytes() < NONCE_BYTES + PeerSecret.PROOF_BYTES) {
        return;
      }
      byte[] nonces = both(nonce, read(in, NONCE_BYTES));
      byte[] proof = read(in, PeerSecret.PROOF_BYTES);
      if (!PeerSecret.same(proof, secret.proof(ACCEPTS, own, other, nonces))) {
        ChannelClosing.close(context.channel());
        return;
      }
      say(context, secret.proof(CONNECTS, own, other, nonces));
      join(context, other);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      super.channelInactive(context);
      joined.refused(other);
    }
  }

  private static final class Accepting extends Handshake {
    private final int own;
    private final int count;
    private int other;
    private byte[] nonces;

    Accepting(PeerSecret secret, int own, int count, Joined joined) {
      super(secret, joined);
      this.own = own;
      this.count = count;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      if (nonces == null) {
        greet(context, in);
      } else if (in.readableBytes() >= PeerSecret.PROOF_BYTES) {
        byte[] proof = read(in, PeerSecret.PROOF_BYTES);
        if (PeerSecret.same(proof, secret.proof(CONNECTS, other, own, nonces))) {
          join(context, other);
        } else {
          ChannelClosing.close(context.channel());
        }
      }
    }

    private void greet(ChannelHandlerContext context, ByteBuf in) {
      if (in.readableBytes() < 2 * Integer.BYTES + NONCE_BYTES) {
        return;
      }
      int magic = in.readInt();
      other = in.readInt();
      nonces = both(read(in, NONCE_BYTES), nonce);
      if (magic != MAGIC || other < 0 || other >= count || other == own) {
        ChannelClosing.close(context.channel());
        return;
      }
      say(context, nonce, secret.proof(ACCEPTS, other, own, nonces));
    }
  }
}
