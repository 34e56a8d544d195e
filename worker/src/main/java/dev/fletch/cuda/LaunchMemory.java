package dev.fletch.cuda;

import java.nio.ByteBuffer;
import jcuda.Pointer;

/**
 * Where the driver reads the arguments of a launch: the values, and behind them the address of
 * each. It has read all of them when the launch returns.
 */
final class LaunchMemory {
  private static final int VALUE_BYTES = 4096;
  private static final int MOST_ARGUMENTS = VALUE_BYTES / Long.BYTES;

  private final PinnedMemory memory =
      new PinnedMemory(VALUE_BYTES + (long) MOST_ARGUMENTS * Long.BYTES);

  /** What cuLaunchKernel takes as its parameters. */
  Pointer of(Arguments arguments) {
    ByteBuffer bytes = memory.bytes();
    ByteBuffer values = arguments.bytes();
    bytes.put(0, values, 0, values.remaining());
    int[] offsets = arguments.offsets();
    for (int i = 0; i < offsets.length; i++) {
      bytes.putLong(VALUE_BYTES + i * Long.BYTES, memory.address() + offsets[i]);
    }
    return memory.at(VALUE_BYTES);
  }

  void close() {
    memory.free();
  }
}
