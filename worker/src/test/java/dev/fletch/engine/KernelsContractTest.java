package dev.fletch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.contract.Contracts;
import dev.fletch.cuda.NeedsEmulator;
import dev.fletch.cuda.TestCard;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class KernelsContractTest {
  /** Kernels that are made by themselves do not load the library that they need. */
  @BeforeAll
  static void loadTheLibrary() {
    assertThat(TestCard.isReal() || Backend.isCpu()).isTrue();
  }

  @Test
  void allKernelsAreHeldToTheContract() throws Exception {
    Contracts.assertEveryImplementationIsHeld(Kernels.class, this);
  }

  @Nested
  class OfVectorsOnOneThread extends KernelsContract {
    OfVectorsOnOneThread() {
      super(DataType.FLOAT, () -> new VectorKernels(1));
    }
  }

  @Nested
  class OfVectorsOnThreeThreads extends KernelsContract {
    OfVectorsOnThreeThreads() {
      super(DataType.FLOAT, () -> new VectorKernels(3));
    }
  }

  @Nested
  class OfNd4jInFloat extends KernelsContract {
    OfNd4jInFloat() {
      super(DataType.FLOAT, Nd4jKernels::new);
    }
  }

  @Nested
  class OfNd4jInDouble extends KernelsContract {
    OfNd4jInDouble() {
      super(DataType.DOUBLE, Nd4jKernels::new);
    }
  }

  @Nested
  @NeedsEmulator
  class OfCards extends KernelsContract {
    OfCards() {
      super(DataType.FLOAT, () -> CardKernels.open(4));
    }
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    List<double[]> one = everything(1);
    for (int threads = 2; threads <= 3; threads++) {
      List<double[]> more = everything(threads);
      for (int i = 0; i < one.size(); i++) {
        assertThat(more.get(i)).as("operand %d, %d threads", i, threads).isEqualTo(one.get(i));
      }
    }
  }

  private static List<double[]> everything(int threads) {
    return Operands.after(
        new VectorKernels(threads), DataType.FLOAT, KernelsContractTest::everything);
  }

  private static void everything(Kernels k, Operands o) {
    for (Geometry g : KernelGeometries.windows(List.of(3, 5), List.of(1, 2))) {
      KernelsContract.depthwise(k, o, g);
      KernelsContract.depthwiseBackward(k, o, g);
      KernelsContract.unfold(k, o, g);
    }
    KernelGeometries.windows(List.of(3), List.of(1)).forEach(g -> KernelsContract.pools(k, o, g));
    KernelGeometries.windows(List.of(1), List.of(1)).forEach(g -> KernelsContract.gather(k, o, g));
    KernelsContract.rows(k, o, 1100);
    KernelsContract.edges(k, o, 40);
    KernelsContract.products(k, o, 70, 130, 1001);
    KernelsContract.products(k, o, 8, 9, 20_003);
  }
}
