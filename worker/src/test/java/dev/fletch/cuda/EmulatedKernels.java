package dev.fletch.cuda;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** The library that runs kernels on the CPU: src/test/cuda/emulator.cc says what each call does. */
interface EmulatedKernels extends Library {
  int fletch_launch(String name, int x, int y, int z, int threads, Pointer parameters);

  String fletch_error();

  int fletch_parameters(String name, int[] sizes, int most);

  Pointer fletch_allocate(long bytes);

  int fletch_intact(Pointer address, long bytes);

  void fletch_free(Pointer address);

  void fletch_copy(Pointer to, Pointer from, long bytes);

  void fletch_copy(Pointer to, ByteBuffer from, long bytes);

  void fletch_copy(ByteBuffer to, Pointer from, long bytes);

  void fletch_clear(Pointer address, long bytes);

  /** Compiled and loaded once in a process. */
  static EmulatedKernels library() {
    return Loaded.LIBRARY;
  }

  /** Loads it when it is first asked for. */
  final class Loaded {
    private static final EmulatedKernels LIBRARY =
        Native.loadLibrary(EmulatorBuild.emulator().toString(), EmulatedKernels.class);

    private Loaded() {}
  }
}
