package dev.fletch.cluster.peers;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;

/** Reads the messages of one task, floats straight into the array that is handed on. */
final class FrameDecoder extends ByteToMessageDecoder {
  private final PeerLink link;
  private boolean inFrame;
  private int kind;
  private byte[] facts;
  private int factsRead;
  private float[] values;
  private int count;
  private int valuesRead;
  private int part;
  private int partBytes;

  FrameDecoder(PeerLink link) {
    this.link = link;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws IOException {
    if (!inFrame) {
      if (in.readableBytes() < Frame.HEADER_BYTES) {
        return;
      }
      begin(in);
    }
    int bytes = Math.min(in.readableBytes(), facts.length - factsRead);
    in.readBytes(facts, factsRead, bytes);
    factsRead += bytes;
    if (factsRead < facts.length) {
      return;
    }
    readValues(in);
    if (valuesRead == count) {
      inFrame = false;
      link.arrived(kind, facts, values, count);
    }
  }

  /**
   * Leaves no byte that belongs to a float: what is left would be copied together with the rest.
   */
  private void readValues(ByteBuf in) {
    while (partBytes > 0 && in.isReadable()) {
      readPart(in);
    }
    int floats = Math.min(in.readableBytes() / Float.BYTES, count - valuesRead);
    if (floats > 0) {
      in.nioBuffer(in.readerIndex(), floats * Float.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values, valuesRead, floats);
      in.skipBytes(floats * Float.BYTES);
      valuesRead += floats;
    }
    while (valuesRead < count && in.isReadable()) {
      readPart(in);
    }
  }

  private void readPart(ByteBuf in) {
    part |= in.readUnsignedByte() << (Byte.SIZE * partBytes);
    partBytes++;
    if (partBytes == Float.BYTES) {
      values[valuesRead++] = Float.intBitsToFloat(part);
      part = 0;
      partBytes = 0;
    }
  }

  private void begin(ByteBuf in) throws IOException {
    kind = in.readInt();
    int factBytes = in.readInt();
    count = in.readInt();
    if (kind < Frame.MESSAGE || kind > Frame.FAREWELL || factBytes < 0 || count < 0) {
      throw new IOException("what arrived is no message of a task");
    }
    facts = new byte[factBytes];
    factsRead = 0;
    values = count == 0 ? new float[0] : link.array(count);
    valuesRead = 0;
    inFrame = true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    link.lost("its connection was closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    link.lost(String.valueOf(cause.getMessage()));
    ChannelClosing.close(context.channel());
  }
}
