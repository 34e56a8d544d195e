package dev.fletch.cuda;

import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** What a call of the driver answered. */
final class Call {
  private Call() {}

  /**
   * Throws unless the driver did what it was asked for.
   *
   * @param asked what that was, after "while", as a format
   */
  static void check(int result, String asked, Object... details) {
    if (result != CUresult.CUDA_SUCCESS) {
      throw new DriverException(
          "The NVIDIA driver answered %s while %s"
              .formatted(name(result), asked.formatted(details)));
    }
  }

  /** The name of an error, and what the driver says about it. */
  static String name(int result) {
    String[] text = new String[1];
    int known = JCudaDriver.cuGetErrorString(result, text);
    String name = CUresult.stringFor(result);
    return known == CUresult.CUDA_SUCCESS && text[0] != null ? name + " (" + text[0] + ")" : name;
  }
}
