package dev.fletch.cuda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * Uses an emulated card through JCuda, in a process of its own, which has loaded an emulated driver
 * in NVIDIA's place; prints what comes of it.
 */
final class JcudaDriverProgram {
  private JcudaDriverProgram() {}

  public static void main(String[] arguments) throws Exception {
    System.load(arguments[0]);
    try (JcudaDriver driver = new JcudaDriver(new Card(0), new KernelImages(file -> image(file)))) {
      System.out.println(driver.name() + ", " + driver.freeBytes() + " bytes free");
      copies(driver);
      kernels(driver);
      graph(driver);
      threads(driver);
      errors(driver);
    }
    failingKernel();
    say(() -> new Card(1));
    say(() -> new JcudaDriver(new Card(0), new KernelImages(file -> unfit(file))));
    say(() -> JcudaDriver.open(3));
  }

  /** Machine code that the emulated driver refuses, and PTX that it takes. */
  private static InputStream image(String file) {
    return file.equals(KernelImages.MANIFEST)
        ? new ByteArrayInputStream("images=sm_90 compute_75".getBytes(StandardCharsets.UTF_8))
        : zipped(file.startsWith("sm_") ? "newer\0" : "kernels");
  }

  private static InputStream unfit(String file) {
    return file.equals(KernelImages.MANIFEST) ? image(file) : zipped("newer\0");
  }

  private static InputStream zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** More than the areas hold, in pieces that end within one, and from positions that are not 0. */
  private static void copies(Driver driver) {
    int ints = 3_000_000;
    long address = driver.allocate(4L * ints);
    ByteBuffer all = buffer(4 * ints);
    for (int i = 0; i < ints; i++) {
      all.putInt(4 * i, 7 * i);
    }
    for (int start = 0; start < ints; start += 700_001) {
      int end = Math.min(ints, start + 700_001);
      driver.upload(address + 4L * start, all.limit(4 * end).position(4 * start));
    }
    driver.clear(address, 8);
    driver.copy(address + 4L * (ints - 1), address + 4, 4);
    ByteBuffer copy = buffer(4 * ints + 4).position(4);
    driver.download(address, copy);
    int wrong = 0;
    for (int i = 2; i < ints; i++) {
      wrong += copy.getInt(4 * i + 4) == 7 * i ? 0 : 1;
    }
    System.out.println(
        "copied: "
            + wrong
            + " wrong, "
            + copy.getInt(4)
            + " "
            + (copy.getInt(8) / 7)
            + ", position "
            + copy.position());
    driver.free(address);
  }

  private static void kernels(Driver driver) {
    long in = driver.allocate(64 * 4);
    long out = driver.allocate(64 * 4);
    ByteBuffer values = buffer(64 * 4);
    for (int i = 0; i < 64; i++) {
      values.putFloat(4 * i, i);
    }
    driver.upload(in, values);
    driver.launch(
        "add_structures",
        Grid.of(1, 2, 32),
        new Arguments()
            .addresses(new long[] {in, in + 128}, 3)
            .numbers(new int[] {64, 1}, 3)
            .number(100L)
            .number(2.0)
            .address(out));
    driver.download(out, values);
    System.out.println("kernel: " + values.getFloat(0) + " " + values.getFloat(4 * 63));
  }

  private static void graph(Driver driver) {
    long x = driver.allocate(16);
    driver.beginCapture();
    driver.clear(x, 16);
    driver.launch("write_one", Grid.of(1, 32), new Arguments().address(x).number(2));
    say(driver::await);
    say(() -> driver.allocate(4));
    Driver.Graph graph = driver.endCapture();
    driver.upload(x, buffer(16).putFloat(0, 5));
    ByteBuffer copy = buffer(16);
    driver.download(x, copy);
    System.out.print("graph: " + copy.getFloat(0) + " " + copy.getFloat(8));
    graph.launch();
    driver.download(x, copy);
    System.out.println(", then " + copy.getFloat(0) + " " + copy.getFloat(8));
    graph.close();
  }

  private static void threads(Driver driver) throws InterruptedException {
    Thread other = new Thread(() -> System.out.println("thread: " + (driver.allocate(4) != 0)));
    other.start();
    other.join();
  }

  private static void errors(Driver driver) {
    say(() -> driver.launch("no_kernel", Grid.of(1, 32), new Arguments()));
    say(() -> driver.allocate(1L << 40));
  }

  private static void failingKernel() {
    try (JcudaDriver driver = new JcudaDriver(new Card(0), new KernelImages(file -> image(file)))) {
      driver.launch("barrier_for_some", Grid.of(1, 64), new Arguments().number(10));
      say(driver::await);
    }
  }

  private static void say(Runnable work) {
    try {
      work.run();
      System.out.println("no error");
    } catch (DriverException e) {
      System.out.println("error: " + e.getMessage());
    }
  }
}
