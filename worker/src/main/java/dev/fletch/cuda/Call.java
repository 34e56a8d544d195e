package dev.fletch.cuda;

import java.util.Set;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** What a call of the driver answered. */
final class Call {
  /** After these nothing works in this process any more. */
  private static final Set<Integer> LOST =
      Set.of(
          CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
          CUresult.CUDA_ERROR_LAUNCH_TIMEOUT,
          CUresult.CUDA_ERROR_ASSERT,
          CUresult.CUDA_ERROR_HARDWARE_STACK_ERROR,
          CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION,
          CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
          CUresult.CUDA_ERROR_INVALID_ADDRESS_SPACE,
          CUresult.CUDA_ERROR_INVALID_PC,
          CUresult.CUDA_ERROR_LAUNCH_FAILED,
          CUresult.CUDA_ERROR_ECC_UNCORRECTABLE,
          CUresult.CUDA_ERROR_NVLINK_UNCORRECTABLE);

  private Call() {}

  /**
   * Throws unless the driver did what it was asked for.
   *
   * @param asked what that was, after "while", as a format
   */
  static void check(int result, String asked, Object... details) {
    if (result == CUresult.CUDA_SUCCESS) {
      return;
    }
    String message =
        "The NVIDIA driver answered %s while %s".formatted(name(result), asked.formatted(details));
    throw LOST.contains(result) ? new CardLostException(message) : new DriverException(message);
  }

  /** The name of an error, and what the driver says about it. */
  static String name(int result) {
    String[] text = new String[1];
    int known = JCudaDriver.cuGetErrorString(result, text);
    String name = CUresult.stringFor(result);
    return known == CUresult.CUDA_SUCCESS && text[0] != null ? name + " (" + text[0] + ")" : name;
  }
}
