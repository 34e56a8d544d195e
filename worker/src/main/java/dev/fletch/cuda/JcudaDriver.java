package dev.fletch.cuda;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jcuda.driver.CUcontext;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * A card of NVIDIA's, by its driver API alone: nodes need the driver, and no CUDA toolkit. Threads
 * may take turns with it.
 *
 * <p>What a kernel does wrong, the card reports in a later call; with {@code
 * CUDA_LAUNCH_BLOCKING=1} in the environment each launch waits, and the one at fault is named.
 */
public final class JcudaDriver implements Driver {
  /** CUDA's contexts are current for a thread; a thread may work with several cards in turn. */
  private static final ThreadLocal<JcudaDriver> CURRENT = new ThreadLocal<>();

  private final Card card;
  private final CUcontext context = new CUcontext();
  private final Map<String, CUfunction> functions = new HashMap<>();
  private final String name;
  private final int multiprocessors;
  private CUmodule module;
  private CUstream stream;
  private Staging staging;
  private LaunchMemory launchMemory;
  private String lastLaunched = "none";
  private boolean capturing;

  JcudaDriver(Card card, KernelImages images) {
    this.card = card;
    multiprocessors = card.multiprocessors();
    name = card.describe();
    List<KernelImages.Image> fitting = images.fitting(card.capability());
    Call.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, card.device()), "opening %s", name);
    try {
      enter();
      module = load(fitting);
      stream = newStream();
      staging = new Staging(stream);
      launchMemory = new LaunchMemory();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a card with the kernels that this library brings.
   *
   * @param ordinal its place among those that the driver shows this process, from 0 on
   * @throws DriverException if there is no such card, no driver, or no kernels for it
   */
  public static JcudaDriver open(int ordinal) {
    return new JcudaDriver(new Card(ordinal), KernelImages.ofThisLibrary());
  }

  /**
   * How many cards there are; at least one.
   *
   * @throws DriverException that says why there is none
   */
  public static int cards() {
    return CardDriver.cards();
  }

  /** Machine code made by a newer CUDA is refused by older drivers, which may take PTX. */
  private CUmodule load(List<KernelImages.Image> fitting) {
    int result = CUresult.CUDA_SUCCESS;
    for (KernelImages.Image image : fitting) {
      CUmodule loaded = new CUmodule();
      result = JCudaDriver.cuModuleLoadData(loaded, image.bytes());
      if (result == CUresult.CUDA_SUCCESS) {
        return loaded;
      }
    }
    throw new DriverException(
        "The NVIDIA driver answered %s to the kernels %s for %s: a newer driver may take them"
            .formatted(Call.name(result), fitting, name));
  }

  /** One that does not wait for the legacy stream, on which other libraries may work. */
  private static CUstream newStream() {
    CUstream stream = new CUstream();
    Call.check(
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
        "creating a stream");
    return stream;
  }

  private void enter() {
    if (CURRENT.get() != this) {
      Call.check(JCudaDriver.cuCtxSetCurrent(context), "turning to %s", name);
      CURRENT.set(this);
    }
  }

  private void enterToDo(String what) {
    if (capturing) {
      throw new DriverException("Asked to " + what + " while work is only noted");
    }
    enter();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int multiprocessors() {
    return multiprocessors;
  }

  @Override
  public long freeBytes() {
    enter();
    long[] free = new long[1];
    Call.check(JCudaDriver.cuMemGetInfo(free, new long[1]), "asking for free memory");
    return free[0];
  }

  @Override
  public long allocate(long bytes) {
    enterToDo("allocate");
    DeviceAddress address = new DeviceAddress();
    int result = JCudaDriver.cuMemAlloc(address, bytes);
    if (result == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
      throw new DriverException(
          "No memory for %d bytes on %s, of which %d are free".formatted(bytes, name, freeBytes()));
    }
    Call.check(result, "allocating %d bytes", bytes);
    return address.value();
  }

  @Override
  public void free(long address) {
    enterToDo("free");
    Call.check(JCudaDriver.cuMemFree(new DeviceAddress(address)), "freeing memory%s", after());
  }

  @Override
  public void upload(long to, ByteBuffer from) {
    enterToDo("upload");
    checkDirect(from);
    staging.upload(to, from);
  }

  @Override
  public void download(long from, ByteBuffer to) {
    await();
    checkDirect(to);
    staging.download(from, to);
  }

  @Override
  public void upload(long to, float[] from, int count) {
    enterToDo("upload");
    staging.upload(to, from, count);
  }

  @Override
  public void download(long from, float[] to, int count) {
    await();
    staging.download(from, to, count);
  }

  private static void checkDirect(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("Cards copy direct buffers only");
    }
  }

  @Override
  public void copy(long from, long to, long bytes) {
    enter();
    Call.check(
        JCudaDriver.cuMemcpyDtoDAsync(
            new DeviceAddress(to), new DeviceAddress(from), bytes, stream),
        "copying %d bytes%s",
        bytes,
        after());
  }

  @Override
  public void clear(long address, long bytes) {
    enter();
    Call.check(
        JCudaDriver.cuMemsetD8Async(new DeviceAddress(address), (byte) 0, bytes, stream),
        "clearing %d bytes%s",
        bytes,
        after());
  }

  @Override
  public void launch(String kernel, Grid grid, Arguments arguments) {
    enter();
    CUfunction function = functions.computeIfAbsent(kernel, this::function);
    int result =
        JCudaDriver.cuLaunchKernel(
            function,
            grid.x(),
            grid.y(),
            grid.z(),
            grid.threads(),
            1,
            1,
            grid.sharedBytes(),
            stream,
            launchMemory.of(arguments),
            null);
    Call.check(result, "launching kernel %s with %s%s", kernel, grid, after());
    lastLaunched = kernel;
  }

  private CUfunction function(String kernel) {
    CUfunction function = new CUfunction();
    int result = JCudaDriver.cuModuleGetFunction(function, module, kernel);
    if (result == CUresult.CUDA_ERROR_NOT_FOUND) {
      throw new DriverException("There is no kernel " + kernel);
    }
    Call.check(result, "looking up kernel %s", kernel);
    return function;
  }

  private String after() {
    return "; the last kernel launched was " + lastLaunched;
  }

  @Override
  public void await() {
    enterToDo("wait");
    Call.check(JCudaDriver.cuStreamSynchronize(stream), "waiting for its work%s", after());
  }

  @Override
  public void beginCapture() {
    enterToDo("note work");
    Call.check(
        JCudaDriver.cuStreamBeginCapture(
            stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
        "beginning a graph");
    capturing = true;
  }

  @Override
  public Graph endCapture() {
    if (!capturing) {
      throw new DriverException("Nothing was noted");
    }
    enter();
    capturing = false;
    CUgraph graph = new CUgraph();
    Call.check(JCudaDriver.cuStreamEndCapture(stream, graph), "ending a graph%s", after());
    CUgraphExec executable = new CUgraphExec();
    int result = JCudaDriver.cuGraphInstantiate(executable, graph, 0);
    JCudaDriver.cuGraphDestroy(graph);
    Call.check(result, "preparing a graph");
    return new Graph() {
      @Override
      public void launch() {
        enterToDo("launch a graph");
        Call.check(JCudaDriver.cuGraphLaunch(executable, stream), "launching a graph%s", after());
        lastLaunched = "one of a graph";
      }

      @Override
      public void close() {
        enter();
        JCudaDriver.cuGraphExecDestroy(executable);
      }
    };
  }

  /** Gives all back but what was allocated and graphs, whatever has become of the card. */
  @Override
  public void close() {
    JCudaDriver.cuCtxSetCurrent(context);
    CURRENT.remove();
    if (stream != null) {
      JCudaDriver.cuStreamSynchronize(stream);
    }
    if (launchMemory != null) {
      launchMemory.close();
    }
    if (staging != null) {
      staging.close();
    }
    if (stream != null) {
      JCudaDriver.cuStreamDestroy(stream);
    }
    if (module != null) {
      JCudaDriver.cuModuleUnload(module);
    }
    JCudaDriver.cuCtxSetCurrent(new CUcontext());
    JCudaDriver.cuDevicePrimaryCtxRelease(card.device());
  }
}
