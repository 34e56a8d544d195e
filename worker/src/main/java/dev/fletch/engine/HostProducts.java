package dev.fletch.engine;

import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Matrix products of float matrices in host memory, straight from ND4J's own BLAS: a call through
 * ND4J costs 30 microseconds before it starts, and a step makes thousands on matrices of a few
 * hundred values.
 */
final class HostProducts {
  /** Most columns worked on together, so that what two products share stays in the cache. */
  private static final int TILE = 2048;

  /** Parts a narrower matrix is cut into for each thread, so that none has to wait for long. */
  private static final int PARTS = 2;

  private final Parallel parallel;

  HostProducts(Parallel parallel) {
    this.parallel = parallel;
    // Work is split here. Threads inside the libraries would wait busily on the same cores, after
    // every call: a step on two cores takes nearly twice as long with them.
    openblas.blas_set_num_threads(1);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }

  /** out = a b + keep * out. */
  void multiply(Matrix a, Matrix b, Matrix out, float keep) {
    split(b.columnCount(), width(b), (from, count) -> multiply(a, b, out, keep, from, count));
  }

  /** out = sum over i of a[i] x[i]. */
  void multiplySum(List<Matrix> a, List<Matrix> x, Matrix out) {
    split(
        out.columnCount(),
        width(out),
        (from, count) -> {
          for (int i = 0; i < a.size(); i++) {
            multiply(a.get(i), x.get(i), out, i == 0 ? 0 : 1, from, count);
          }
        });
  }

  private static void multiply(Matrix a, Matrix b, Matrix out, float keep, int from, int count) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasNoTrans,
        a.rowCount(),
        count,
        a.columnCount(),
        1f,
        a.pointer(0),
        a.columnCount(),
        b.pointer(from),
        b.columnCount(),
        keep,
        out.pointer(from),
        out.columnCount());
  }

  /** out = scale * a b'. */
  void multiplyTransposed(Matrix a, Matrix b, Matrix out, float scale) {
    int share = (b.rowCount() + parallel.threads() - 1) / parallel.threads();
    split(b.rowCount(), share, (from, count) -> multiplyTransposed(a, b, out, scale, from, count));
  }

  private static void multiplyTransposed(
      Matrix a, Matrix b, Matrix out, float scale, int from, int count) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        a.rowCount(),
        count,
        a.columnCount(),
        scale,
        a.pointer(0),
        a.columnCount(),
        b.pointer((long) from * b.columnCount()),
        b.columnCount(),
        0f,
        out.pointer(from),
        out.columnCount());
  }

  private int width(Matrix wide) {
    int parts = parallel.threads() == 1 ? 1 : PARTS * parallel.threads();
    return Math.min(TILE, (wide.columnCount() + parts - 1) / parts);
  }

  /** A range of rows or columns. */
  private interface Range {
    void run(int from, int count);
  }

  private void split(int n, int size, Range range) {
    parallel.forEach(
        (n + size - 1) / size, part -> range.run(part * size, Math.min(size, n - part * size)));
  }
}
