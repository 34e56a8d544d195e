package dev.fletch.engine;

import org.bytedeco.openblas.global.openblas;

/**
 * Matrix products of float matrices in host memory, straight from ND4J's own BLAS: a call through
 * ND4J costs 30 microseconds before it starts, and a step makes thousands on matrices of a few
 * hundred values.
 */
final class HostProducts {
  /** Below this many multiplications a product is not worth a second thread. */
  private static final long WORTH_SPLITTING = 200_000;

  private final Parallel parallel;

  HostProducts(Parallel parallel) {
    this.parallel = parallel;
    // Work is split here; threads inside the library would wait busily on the same cores.
    openblas.blas_set_num_threads(1);
  }

  /** out = a b + keep * out, columns divided among the threads. */
  void multiply(Matrix a, Matrix b, Matrix out, float keep) {
    int n = b.columnCount();
    int parts = parts((long) a.rowCount() * a.columnCount() * n);
    int width = (n + parts - 1) / parts;
    parallel.forEach(
        parts,
        part -> {
          int from = part * width;
          int count = Math.min(width, n - from);
          if (count > 0) {
            multiply(a, b, out, keep, from, count);
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

  /** out = scale * a b', rows of b divided among the threads. */
  void multiplyTransposed(Matrix a, Matrix b, Matrix out, float scale) {
    int n = b.rowCount();
    int parts = parts((long) a.rowCount() * a.columnCount() * n);
    int width = (n + parts - 1) / parts;
    parallel.forEach(
        parts,
        part -> {
          int from = part * width;
          int count = Math.min(width, n - from);
          if (count > 0) {
            multiplyTransposed(a, b, out, scale, from, count);
          }
        });
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

  private int parts(long multiplications) {
    return multiplications < WORTH_SPLITTING ? 1 : parallel.threads();
  }
}
