package dev.fletch.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsEmulator
class EmulatedDriverTest {
  private final EmulatedDriver driver = new EmulatedDriver(3, 1 << 20);

  @AfterEach
  void close() {
    driver.abandon();
    driver.close();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private long floats(float... values) {
    ByteBuffer bytes = buffer(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    long address = driver.allocate(bytes.remaining());
    driver.upload(address, bytes);
    return address;
  }

  private ByteBuffer read(long address, int bytes) {
    ByteBuffer copy = buffer(bytes);
    driver.download(address, copy);
    return copy;
  }

  private float[] readFloats(long address, int length) {
    float[] values = new float[length];
    read(address, length * Float.BYTES).asFloatBuffer().get(values);
    return values;
  }

  private int[] readInts(long address, int length) {
    int[] values = new int[length];
    read(address, length * Integer.BYTES).asIntBuffer().get(values);
    return values;
  }

  private double[] readDoubles(long address, int length) {
    double[] values = new double[length];
    read(address, length * Double.BYTES).asDoubleBuffer().get(values);
    return values;
  }

  @Test
  void allThreadsOfABlockMeetAtABarrier() {
    float[] values = new float[6 * 96];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    long out = driver.allocate(values.length * Float.BYTES);

    driver.launch(
        "reverse_blocks", Grid.of(6, 96), new Arguments().address(floats(values)).address(out));

    float[] reversed = readFloats(out, values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(reversed[i]).isEqualTo(i / 96 * 96 + 95 - i % 96);
    }
  }

  @Test
  void lanesOfAWarpExchangeNumbers() {
    long down = driver.allocate(128 * Integer.BYTES);
    long crossed = driver.allocate(128 * Integer.BYTES);
    long first = driver.allocate(128 * Long.BYTES);

    driver.launch(
        "shuffle_numbers",
        Grid.of(2, 64),
        new Arguments().address(down).address(crossed).address(first));

    for (int i = 0; i < 128; i++) {
      assertThat(readInts(down, 128)[i]).isEqualTo(i % 32 == 31 ? i : i + 1);
      assertThat(readInts(crossed, 128)[i]).isEqualTo(i ^ 5);
      assertThat(read(first, 128 * Long.BYTES).getLong(i * Long.BYTES))
          .isEqualTo((long) (i / 32 * 32) << 33);
    }
  }

  @Test
  void sumsOfBlocksReachEveryThread() {
    int blocks = 5;
    int threads = 1024;
    ByteBuffer values = buffer(blocks * threads * Double.BYTES);
    double[] sums = new double[blocks];
    for (int i = 0; i < blocks * threads; i++) {
      values.putDouble(i * Double.BYTES, i % 13);
      sums[i / threads] += 3 * (i % 13);
    }
    long in = driver.allocate(values.remaining());
    driver.upload(in, values);
    long out = driver.allocate(blocks * Double.BYTES);

    driver.launch(
        "sum_blocks", Grid.of(blocks, threads), new Arguments().address(in).address(out).number(3));

    assertThat(readDoubles(out, blocks)).isEqualTo(sums);
  }

  @Test
  void driversOfSeveralThreadsTakeTurns() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<double[]>> sums = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        double value = i;
        sums.add(threads.submit(() -> sumsOf(value)));
      }
      for (int i = 0; i < 3; i++) {
        assertThat(sums.get(i).get()).containsOnly(256.0 * i * 10);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static double[] sumsOf(double value) {
    try (EmulatedDriver own = new EmulatedDriver()) {
      long in = own.allocate(40 * 256 * Double.BYTES);
      long out = own.allocate(40 * Double.BYTES);
      own.launch(
          "fill_doubles",
          Grid.of(40, 256),
          new Arguments().address(in).number(40 * 256).number(value));
      Arguments arguments = new Arguments().address(in).address(out).number(10);
      for (int i = 0; i < 20; i++) {
        own.launch("sum_blocks", Grid.of(40, 256), arguments);
      }
      ByteBuffer bytes = buffer(40 * Double.BYTES);
      own.download(out, bytes);
      double[] sums = new double[40];
      bytes.asDoubleBuffer().get(sums);
      own.abandon();
      return sums;
    }
  }

  @Test
  void structuresTravelByValue() {
    long out = driver.allocate(64 * Float.BYTES);
    long[] in = {floats(1, 2, 3), floats(10), floats(100, 200)};

    driver.launch(
        "add_structures",
        Grid.of(1, 2, 32),
        new Arguments()
            .addresses(in, 3)
            .numbers(new int[] {3, 1, 2}, 3)
            .number(1000L)
            .number(2.0)
            .address(out));

    assertThat(Arrays.copyOf(readFloats(out, 64), 5)).containsExactly(1222, 1404, 1006, 1000, 1000);
  }

  @Test
  void fillsDoublesOnAnyNumberOfBlocks() {
    long x = driver.allocate(1000 * Double.BYTES);
    driver.launch(
        "fill_doubles", Grid.of(2, 64), new Arguments().address(x).number(999).number(0.1));

    double[] values = readDoubles(x, 1000);
    assertThat(Arrays.copyOf(values, 999)).containsOnly(0.1);
    assertThat(values[999]).isNaN();
  }

  @Test
  void aBarrierThatSomeThreadsMissIsAnError() {
    assertThatThrownBy(
            () -> driver.launch("barrier_for_some", Grid.of(2, 64), new Arguments().number(10)))
        .isInstanceOf(DriverException.class)
        .hasMessageContaining("barrier_for_some")
        .hasMessageContaining("10 of 64 threads wait at a barrier")
        .hasMessageContaining("54 threads have ended");
    driver.launch("barrier_for_some", Grid.of(2, 64), new Arguments().number(64));
  }

  @Test
  void aShuffleThatSomeLanesMissIsAnError() {
    long out = driver.allocate(64 * Integer.BYTES);
    assertThatThrownBy(
            () ->
                driver.launch(
                    "shuffle_for_some", Grid.of(1, 64), new Arguments().number(40).address(out)))
        .hasMessageContaining("8 of the 32 lanes of warp 1 wait for its other lanes");
    assertThatThrownBy(
            () ->
                driver.launch("shuffle_differently", Grid.of(1, 32), new Arguments().address(out)))
        .hasMessageContaining("lanes of warp 0 are at different shuffles");
  }

  @Test
  void refusesUnknownKernelsAndOtherArguments() {
    assertThatThrownBy(() -> driver.launch("no_kernel", Grid.of(1, 32), new Arguments()))
        .isInstanceOf(DriverException.class)
        .hasMessage("There is no kernel no_kernel");
    assertThatThrownBy(
            () -> driver.launch("barrier_for_some", Grid.of(1, 32), new Arguments().number(1L)))
        .hasMessage("Kernel barrier_for_some has parameters of [4] bytes and got [8]");
    assertThatThrownBy(
            () -> driver.launch("barrier_for_some", Grid.of(1, 33), new Arguments().number(1)))
        .hasMessageContaining("multiple of 32 threads");
  }

  @Test
  void aGraphDoesItsWorkAsOftenAsItIsLaunched() {
    long x = floats(1, 2, 3, 4);
    long y = floats(0, 0, 0, 0);
    driver.beginCapture();
    driver.clear(y, 2 * Float.BYTES);
    driver.copy(x, y + 2 * Float.BYTES, 2 * Float.BYTES);
    driver.launch("write_one", Grid.of(1, 32), new Arguments().address(x).number(0));
    assertThatThrownBy(() -> driver.upload(x, buffer(4))).hasMessageContaining("only noted");
    assertThatThrownBy(() -> driver.download(x, buffer(4))).hasMessageContaining("only noted");
    assertThatThrownBy(driver::await).hasMessageContaining("only noted");
    assertThatThrownBy(() -> driver.allocate(4)).hasMessageContaining("only noted");
    Driver.Graph graph = driver.endCapture();

    assertThat(readFloats(y, 4)).containsExactly(0, 0, 0, 0);
    ByteBuffer seven = buffer(4).putFloat(0, 7);
    driver.upload(x, seven);
    graph.launch();
    assertThat(readFloats(y, 4)).containsExactly(0, 0, 7, 2);
    graph.launch();
    assertThat(readFloats(y, 4)).containsExactly(0, 0, 1, 2);
    graph.close();

    assertThat(driver.captures()).isEqualTo(1);
    assertThat(driver.replays()).isEqualTo(2);
    assertThat(driver.launches("write_one")).isEqualTo(2);
    assertThat(driver.launches()).isEqualTo(2);
    assertThat(driver.uploaded().size()).isEqualTo(3);
    assertThat(driver.downloaded().size()).isEqualTo(3);
  }

  @Test
  void memoryIsLimitedAlignedAndFullOfNoNumbers() {
    long free = driver.freeBytes();
    long address = driver.allocate(12);
    assertThat(address % 256).isZero();
    assertThat(readFloats(address, 3)).containsOnly(Float.NaN);
    assertThat(driver.freeBytes()).isEqualTo(free - 12);
    assertThatThrownBy(() -> driver.allocate(2 << 20)).isInstanceOf(DriverException.class);
    driver.free(address);
    assertThat(driver.allocations()).isZero();
    assertThatThrownBy(() -> driver.free(address)).isInstanceOf(DriverException.class);
  }

  @Test
  void writingBesideAnAllocationIsAnError() {
    long address = driver.allocate(12);
    assertThatThrownBy(() -> driver.clear(address, 13)).hasMessageContaining("No allocation has");
    assertThatThrownBy(() -> driver.copy(address, address + 4, 8)).hasMessageContaining("overlaps");
    ByteBuffer bytes = buffer(12);
    assertThatThrownBy(() -> driver.upload(address + 4, bytes)).hasMessageContaining("12 bytes at");

    driver.launch("write_one", Grid.of(1, 32), new Arguments().address(address).number(3));
    assertThatThrownBy(driver::await).hasMessageContaining("wrote beside 12 bytes");
    driver.upload(address, bytes);
    ByteBuffer clean = buffer(4).putInt(0, -1);
    repair(address + 12, clean);
  }

  /** So that closing the driver finds nothing. */
  private static void repair(long address, ByteBuffer bytes) {
    EmulatedKernels.library().fletch_copy(new Pointer(address), bytes, 4);
  }
}
