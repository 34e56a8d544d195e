package dev.fletch.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** NVIDIA's driver of this machine, and JCuda's library in front of it. */
final class CardDriver {
  private static final String DRIVER = "libcuda.so.1";
  private static final String NONE = "No graphics card can be used here: ";

  private static String missing;
  private static boolean loaded;

  private CardDriver() {}

  /**
   * How many cards the driver shows this process.
   *
   * @throws DriverException if there is none, or no driver
   */
  static synchronized int cards() {
    if (!loaded) {
      missing = load();
      loaded = true;
    }
    if (missing != null) {
      throw new DriverException(missing);
    }
    int[] count = new int[1];
    Call.check(JCudaDriver.cuDeviceGetCount(count), "counting cards");
    if (count[0] == 0) {
      throw new DriverException(noCard(CUresult.CUDA_ERROR_NO_DEVICE));
    }
    return count[0];
  }

  /**
   * The version of CUDA that the driver was made for: 1000 times the major version, 10 the minor.
   */
  static int version() {
    int[] version = new int[1];
    Call.check(JCudaDriver.cuDriverGetVersion(version), "asking for the driver's version");
    return version[0];
  }

  /** Why there are no cards, in a sentence; null if there may be some. */
  private static String load() {
    try {
      placeLibrary();
      int result = JCudaDriver.cuInit(0);
      return result == CUresult.CUDA_SUCCESS ? null : noCard(result);
    } catch (IOException e) {
      return NONE + "JCuda's library cannot be unpacked to java.io.tmpdir: " + e.getMessage();
    } catch (LinkageError | RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains(DRIVER)
          ? NONE + "NVIDIA's driver is not installed (there is no " + DRIVER + ")"
          : NONE + message.lines().findFirst().orElse("");
    }
  }

  private static String noCard(int result) {
    return result == CUresult.CUDA_ERROR_NO_DEVICE
        ? NONE + "NVIDIA's driver shows none to this process (CUDA_VISIBLE_DEVICES can hide them)"
        : NONE + "NVIDIA's driver answered " + CUresult.stringFor(result) + " at its start";
  }

  /**
   * JCuda loads its library from a file of a fixed name, and writes that unless it is there: of two
   * processes that start together one could load what the other has half written. So it is put
   * there before, at once.
   */
  private static void placeLibrary() throws IOException {
    String file = LibUtils.createLibraryFileName(libraryName());
    try (InputStream in = JCudaDriver.class.getResourceAsStream("/lib/" + file)) {
      if (in == null) {
        throw new DriverException("JCuda has no library for this system: " + file);
      }
      byte[] library = in.readAllBytes();
      Path folder = Path.of(System.getProperty("java.io.tmpdir"));
      Path place = folder.resolve(file);
      if (!Files.exists(place) || Files.size(place) != library.length) {
        Path unfinished = Files.createTempFile(folder, "fletch", ".so");
        Files.write(unfinished, library);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static String libraryName() {
    return LibUtils.createPlatformLibraryName("JCudaDriver-" + JCudaVersion.get());
  }
}
