package dev.fletch.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.JCudaDriver;

/** Memory of the host that stays where it is, so that cards copy from and to it by themselves. */
final class PinnedMemory {
  private final Start start = new Start();
  private final ByteBuffer bytes;

  PinnedMemory(long length) {
    Call.check(JCudaDriver.cuMemAllocHost(start, length), "allocating %d bytes for copies", length);
    bytes = start.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
  }

  /** All of it. */
  ByteBuffer bytes() {
    return bytes;
  }

  int length() {
    return bytes.capacity();
  }

  /** Where it lies. */
  long address() {
    return start.value();
  }

  /** For copies from or to it, from an offset on. */
  Pointer at(long offset) {
    return start.withByteOffset(offset);
  }

  void free() {
    JCudaDriver.cuMemFreeHost(start);
  }

  private static final class Start extends Pointer {
    long value() {
      return getNativePointer();
    }
  }
}
