package dev.fletch.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A card that is none: the kernels, compiled by g++, run on the CPU while they are launched. It is
 * strict where cards are not: arguments of a wrong size, copies and writes beside what was
 * allocated, barriers that some threads miss, and waiting while work is noted are exceptions, and
 * new memory is full of floats that are no numbers.
 */
public final class EmulatedDriver implements Driver {
  private static final int MULTIPROCESSORS = 4;
  private static final long CAPACITY = 4L << 30;
  private static final int WARP = 32;
  private static final int MOST_ARGUMENTS = 64;

  private final EmulatedKernels library = EmulatedKernels.library();
  private final TreeMap<Long, Long> allocated = new TreeMap<>();
  private final Map<String, Integer> launches = new HashMap<>();
  private final int multiprocessors;
  private final long capacity;
  private List<Runnable> noted;
  private final List<Integer> uploaded = new ArrayList<>();
  private final List<Integer> downloaded = new ArrayList<>();
  private int captures;
  private int replays;

  public EmulatedDriver() {
    this(MULTIPROCESSORS, CAPACITY);
  }

  /**
   * @param multiprocessors how many it says it has; no result may depend on it
   * @param capacity how many bytes it has
   */
  public EmulatedDriver(int multiprocessors, long capacity) {
    this.multiprocessors = multiprocessors;
    this.capacity = capacity;
  }

  /** How many kernels were launched, those of graphs included. */
  public int launches() {
    return launches.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often one kernel was launched. */
  public int launches(String kernel) {
    return launches.getOrDefault(kernel, 0);
  }

  /** The bytes of each upload, in order. */
  public List<Integer> uploaded() {
    return List.copyOf(uploaded);
  }

  /** The bytes of each download, in order. */
  public List<Integer> downloaded() {
    return List.copyOf(downloaded);
  }

  public int captures() {
    return captures;
  }

  /** How often a graph was launched. */
  public int replays() {
    return replays;
  }

  /** How many allocations have not been given back. */
  public int allocations() {
    return allocated.size();
  }

  @Override
  public String name() {
    return "emulated card";
  }

  @Override
  public int multiprocessors() {
    return multiprocessors;
  }

  @Override
  public long freeBytes() {
    return capacity - allocated.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public long allocate(long bytes) {
    refuseWhileCapturing("allocate");
    Pointer memory = bytes <= 0 || bytes > freeBytes() ? null : library.fletch_allocate(bytes);
    if (memory == null) {
      throw new DriverException(
          "No memory for " + bytes + " bytes, of which " + freeBytes() + " are free");
    }
    allocated.put(Pointer.nativeValue(memory), bytes);
    return Pointer.nativeValue(memory);
  }

  @Override
  public void free(long address) {
    refuseWhileCapturing("free");
    if (!allocated.containsKey(address)) {
      throw new DriverException("Nothing was allocated at " + Long.toHexString(address));
    }
    checkIntact(address);
    allocated.remove(address);
    library.fletch_free(new Pointer(address));
  }

  private void checkIntact(long address) {
    long bytes = allocated.get(address);
    if (library.fletch_intact(new Pointer(address), bytes) == 0) {
      throw new DriverException(
          "A kernel wrote beside " + bytes + " bytes at " + Long.toHexString(address));
    }
  }

  private Pointer checked(long address, long bytes) {
    Map.Entry<Long, Long> around = allocated.floorEntry(address);
    if (bytes < 0 || around == null || address + bytes > around.getKey() + around.getValue()) {
      throw new DriverException(
          "No allocation has " + bytes + " bytes at " + Long.toHexString(address));
    }
    return new Pointer(address);
  }

  @Override
  public void upload(long to, ByteBuffer from) {
    refuseWhileCapturing("upload");
    refuseHeap(from);
    uploaded.add(from.remaining());
    if (from.hasRemaining()) {
      library.fletch_copy(checked(to, from.remaining()), from.slice(), from.remaining());
    }
  }

  @Override
  public void download(long from, ByteBuffer to) {
    await();
    refuseHeap(to);
    downloaded.add(to.remaining());
    if (to.hasRemaining()) {
      library.fletch_copy(to.slice(), checked(from, to.remaining()), to.remaining());
    }
  }

  @Override
  public void upload(long to, float[] from, int count) {
    ByteBuffer bytes = direct(count);
    bytes.asFloatBuffer().put(from, 0, count);
    upload(to, bytes);
  }

  @Override
  public void download(long from, float[] to, int count) {
    ByteBuffer bytes = direct(count);
    download(from, bytes);
    bytes.asFloatBuffer().get(to, 0, count);
  }

  private static ByteBuffer direct(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  private static void refuseHeap(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("Cards copy direct buffers only");
    }
  }

  @Override
  public void copy(long from, long to, long bytes) {
    if (from < to + bytes && to < from + bytes) {
      throw new DriverException("A copy of " + bytes + " bytes overlaps itself");
    }
    ask(() -> library.fletch_copy(checked(to, bytes), checked(from, bytes), bytes));
  }

  @Override
  public void clear(long address, long bytes) {
    ask(() -> library.fletch_clear(checked(address, bytes), bytes));
  }

  @Override
  public void launch(String kernel, Grid grid, Arguments arguments) {
    check(kernel, grid, arguments);
    int[] offsets = arguments.offsets();
    byte[] bytes = new byte[arguments.bytes().remaining()];
    arguments.bytes().get(bytes);
    Memory values = new Memory(Math.max(1, bytes.length));
    values.write(0, bytes, 0, bytes.length);
    Memory parameters = new Memory((offsets.length + 1L) * Long.BYTES);
    for (int i = 0; i < offsets.length; i++) {
      parameters.setPointer((long) i * Long.BYTES, values.share(offsets[i]));
    }
    ask(
        () -> {
          launches.merge(kernel, 1, Integer::sum);
          int code =
              library.fletch_launch(
                  kernel, grid.x(), grid.y(), grid.z(), grid.threads(), parameters);
          // Held here, so that what the parameters point to lives until the kernel has ended.
          if (code != 0 || values.size() == 0) {
            throw new DriverException(library.fletch_error());
          }
        });
  }

  private void check(String kernel, Grid grid, Arguments arguments) {
    int[] sizes = new int[MOST_ARGUMENTS];
    int parameters = library.fletch_parameters(kernel, sizes, MOST_ARGUMENTS);
    if (parameters < 0) {
      throw new DriverException("There is no kernel " + kernel);
    }
    int[] wanted = Arrays.copyOf(sizes, parameters);
    if (!Arrays.equals(wanted, arguments.lengths())) {
      throw new DriverException(
          "Kernel %s has parameters of %s bytes and got %s"
              .formatted(kernel, Arrays.toString(wanted), Arrays.toString(arguments.lengths())));
    }
    if (grid.threads() % WARP != 0 || grid.sharedBytes() != 0) {
      throw new DriverException(
          "Kernel %s: blocks have a multiple of 32 threads and no dynamic memory, got %s"
              .formatted(kernel, grid));
    }
  }

  private void ask(Runnable work) {
    if (noted == null) {
      work.run();
    } else {
      noted.add(work);
    }
  }

  @Override
  public void await() {
    refuseWhileCapturing("wait");
    allocated.keySet().forEach(this::checkIntact);
  }

  private void refuseWhileCapturing(String what) {
    if (noted != null) {
      throw new DriverException("Asked to " + what + " while work is only noted");
    }
  }

  @Override
  public void beginCapture() {
    refuseWhileCapturing("note work");
    noted = new ArrayList<>();
    captures++;
  }

  @Override
  public Graph endCapture() {
    if (noted == null) {
      throw new DriverException("Nothing was noted");
    }
    List<Runnable> work = noted;
    noted = null;
    return new Graph() {
      @Override
      public void launch() {
        refuseWhileCapturing("launch a graph");
        replays++;
        work.forEach(Runnable::run);
      }

      @Override
      public void close() {
        work.clear();
      }
    };
  }

  /** Forgets what has not been given back. */
  void abandon() {
    allocated.keySet().forEach(address -> library.fletch_free(new Pointer(address)));
    allocated.clear();
  }

  @Override
  public void close() {
    if (noted == null) {
      await();
    }
    int left = allocated.size();
    abandon();
    if (left > 0) {
      throw new DriverException(left + " allocations were never given back");
    }
  }
}
