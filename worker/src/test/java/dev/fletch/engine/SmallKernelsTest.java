package dev.fletch.engine;

import dev.fletch.cuda.NeedsEmulator;
import java.util.function.BiConsumer;

/** Cards work on flat vectors and small matrices as the host does. */
@NeedsEmulator
class SmallKernelsTest extends SmallKernelsContract {
  @Override
  void check(BiConsumer<Kernels, Operands> operation) {
    CardKernels.check(operation);
  }
}
