package dev.fletch.cluster.peers;

import dev.fletch.replica.FloatSlice;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How a message lies on the wire: kind, bytes of facts and number of floats, four bytes each, high
 * byte first; the facts; the floats, low byte first as processors have them.
 */
final class Frame {
  static final int HEADER_BYTES = 3 * Integer.BYTES;

  /** Vectors for the other task's sum or mean, or scores. */
  static final int MESSAGE = 1;

  /** The task has failed; the facts say why. */
  static final int FAILURE = 2;

  /** The task has nothing more to say. */
  static final int FAREWELL = 3;

  private static final int FLOATS_AT_A_TIME = 1 << 16;

  private Frame() {}

  /**
   * Copies a message into buffers that are on their way when this returns.
   *
   * @return ends when all of it has been handed to the network
   */
  static ChannelFuture write(Channel to, int kind, byte[] facts, List<FloatSlice> values) {
    int floats = values.stream().mapToInt(FloatSlice::length).reduce(0, Math::addExact);
    int room = Math.min(floats, FLOATS_AT_A_TIME);
    ByteBuf buffer = to.alloc().directBuffer(HEADER_BYTES + facts.length + room * Float.BYTES);
    buffer.writeInt(kind).writeInt(facts.length).writeInt(floats).writeBytes(facts);
    int left = floats;
    for (FloatSlice slice : values) {
      for (int done = 0; done < slice.length(); ) {
        if (buffer.writableBytes() < Float.BYTES) {
          ChannelFuture unused = to.writeAndFlush(buffer);
          buffer = to.alloc().directBuffer(Math.min(left, FLOATS_AT_A_TIME) * Float.BYTES);
        }
        int count = Math.min(buffer.writableBytes() / Float.BYTES, slice.length() - done);
        write(buffer, slice.values(), slice.from() + done, count);
        done += count;
        left -= count;
      }
    }
    return to.writeAndFlush(buffer);
  }

  private static void write(ByteBuf buffer, float[] values, int from, int count) {
    buffer
        .nioBuffer(buffer.writerIndex(), count * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(values, from, count);
    buffer.writerIndex(buffer.writerIndex() + count * Float.BYTES);
  }
}
