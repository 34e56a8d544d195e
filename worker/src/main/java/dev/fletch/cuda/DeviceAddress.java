package dev.fletch.cuda;

import jcuda.driver.CUdeviceptr;

/** An address in a card's memory, as JCuda wants it. */
final class DeviceAddress extends CUdeviceptr {
  /** None; what an allocation fills in. */
  DeviceAddress() {}

  DeviceAddress(long address) {
    // There is no constructor from a number, but an offset from 0 is one.
    super(new CUdeviceptr(), address);
  }

  long value() {
    return getNativePointer() + getByteOffset();
  }
}
