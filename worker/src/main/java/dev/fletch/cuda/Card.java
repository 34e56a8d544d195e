package dev.fletch.cuda;

import java.nio.charset.StandardCharsets;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;

/** One of the cards that the driver shows this process, and what it is. */
final class Card {
  private static final int NAME_BYTES = 256;

  private final CUdevice device = new CUdevice();

  /**
   * @param ordinal its place among them, from 0 on
   */
  Card(int ordinal) {
    int cards = CardDriver.cards();
    if (ordinal < 0 || ordinal >= cards) {
      throw new DriverException(
          "There is no card %d: NVIDIA's driver shows this process %d, counted from 0"
              .formatted(ordinal, cards));
    }
    Call.check(JCudaDriver.cuDeviceGet(device, ordinal), "opening card %d", ordinal);
  }

  CUdevice device() {
    return device;
  }

  int multiprocessors() {
    return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
  }

  /** Its compute capability, 90 for 9.0. */
  int capability() {
    return 10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
        + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
  }

  /** For reports: the card and its driver. */
  String describe() {
    byte[] text = new byte[NAME_BYTES];
    Call.check(JCudaDriver.cuDeviceGetName(text, NAME_BYTES, device), "asking for a card's name");
    int end = 0;
    while (end < NAME_BYTES && text[end] != 0) {
      end++;
    }
    int version = CardDriver.version();
    return "%s (compute capability %d.%d, %d multiprocessors, driver for CUDA %d.%d)"
        .formatted(
            new String(text, 0, end, StandardCharsets.UTF_8),
            capability() / 10,
            capability() % 10,
            multiprocessors(),
            version / 1000,
            version % 1000 / 10);
  }

  private int attribute(int which) {
    int[] value = new int[1];
    Call.check(JCudaDriver.cuDeviceGetAttribute(value, which, device), "asking what a card can do");
    return value[0];
  }
}
