package dev.fletch.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.nd4j.linalg.api.buffer.DataType;

/** {@link Kernels} in host memory: they see arrays where the contract has {@link Doubles}. */
abstract class ArrayKernels extends ArrayWindowKernels {
  private final SmallKernels small = new HostSmallKernels(this::onHost);

  /** Independent pieces of work, 0 to n - 1, on the kernels' threads. */
  abstract void onHost(int n, IntConsumer work);

  @Override
  public final SmallKernels small() {
    return small;
  }

  @Override
  public final Doubles doubles(int length) {
    return new HostDoubles(length);
  }

  @Override
  Memory memory(DataType type, long length) {
    return new HostMemory(type, length);
  }

  @Override
  public final void rowMeans(Matrix x, Doubles means) {
    rowMeans(x, arrayOf(means));
  }

  abstract void rowMeans(Matrix x, double[] means);

  @Override
  public final void centreRows(Matrix x, Doubles means) {
    centreRows(x, arrayOf(means));
  }

  abstract void centreRows(Matrix x, double[] means);

  @Override
  public final void normalizeRows(Matrix x, double epsilon, Doubles means, Doubles variances) {
    normalizeRows(x, epsilon, arrayOf(means), arrayOf(variances));
  }

  abstract void normalizeRows(Matrix x, double epsilon, double[] means, double[] variances);

  @Override
  public final void normalizeRowsBackward(Matrix y, Doubles scale, Matrix gradient) {
    normalizeRowsBackward(y, arrayOf(scale), gradient);
  }

  abstract void normalizeRowsBackward(Matrix y, double[] scale, Matrix gradient);

  @Override
  public final void batchNorm(
      Matrix x,
      double epsilon,
      Doubles gamma,
      Doubles beta,
      Doubles means,
      Doubles variances,
      Matrix out) {
    batchNorm(x, epsilon, arrayOf(gamma), arrayOf(beta), arrayOf(means), arrayOf(variances), out);
  }

  abstract void batchNorm(
      Matrix x,
      double epsilon,
      double[] gamma,
      double[] beta,
      double[] means,
      double[] variances,
      Matrix out);

  @Override
  public final void batchNormBackward(
      Matrix x,
      Doubles means,
      Doubles scale,
      Doubles gamma,
      Matrix dout,
      Matrix dx,
      Doubles dgamma,
      Doubles dbeta) {
    batchNormBackward(
        x,
        arrayOf(means),
        arrayOf(scale),
        arrayOf(gamma),
        dout,
        dx,
        arrayOf(dgamma),
        arrayOf(dbeta));
  }

  abstract void batchNormBackward(
      Matrix x,
      double[] means,
      double[] scale,
      double[] gamma,
      Matrix dout,
      Matrix dx,
      double[] dgamma,
      double[] dbeta);

  @Override
  public final void rowDots(Matrix x, Matrix y, Doubles dots) {
    rowDots(x, y, arrayOf(dots));
  }

  abstract void rowDots(Matrix x, Matrix y, double[] dots);

  @Override
  public final void scaleRows(Matrix x, Doubles scale, Doubles shift, Matrix y) {
    double[] factors = new double[x.rowCount()];
    Arrays.fill(factors, 1);
    scaleRows(
        x,
        scale == null ? factors : scale.array(),
        shift == null ? new double[x.rowCount()] : shift.array(),
        y);
  }

  abstract void scaleRows(Matrix x, double[] scale, double[] shift, Matrix y);

  @Override
  public final void addScaledRows(Matrix x, Doubles scale, Matrix y) {
    addScaledRows(x, arrayOf(scale), y);
  }

  abstract void addScaledRows(Matrix x, double[] scale, Matrix y);

  @Override
  public final void exampleMeans(Matrix x, Examples examples, Doubles means) {
    exampleMeans(x, examples, arrayOf(means));
  }

  abstract void exampleMeans(Matrix x, Examples examples, double[] means);

  @Override
  public final void addToExamples(Doubles values, Examples examples, Matrix x) {
    addToExamples(arrayOf(values), examples, x);
  }

  abstract void addToExamples(double[] values, Examples examples, Matrix x);

  @Override
  public final void scaleExamples(
      Matrix x, Doubles factors, Examples examples, Matrix y, boolean adds) {
    scaleExamples(x, arrayOf(factors), examples, y, adds);
  }

  abstract void scaleExamples(
      Matrix x, double[] factors, Examples examples, Matrix y, boolean adds);

  @Override
  final void productAndShift(Matrix a, Matrix b, Doubles shift, Matrix out) {
    productAndShift(a, b, arrayOf(shift), out);
  }

  abstract void productAndShift(Matrix a, Matrix b, double[] shift, Matrix out);

  @Override
  final void productTransposed(Matrix a, Matrix b, Matrix out, double scale, Doubles means) {
    productTransposed(a, b, out, scale, arrayOf(means));
  }

  abstract void productTransposed(Matrix a, Matrix b, Matrix out, double scale, double[] means);

  @Override
  public final void copy(Matrix x, Matrix y) {
    scaleRows(x, (Doubles) null, null, y);
  }

  @Override
  public final void addWeighted(List<Matrix> terms, Factors factors, Matrix out) {
    addWeighted(terms, factors.values(), out);
  }

  abstract void addWeighted(List<Matrix> terms, double[] factors, Matrix out);

  @Override
  public final void addWeightedBackward(
      Matrix dout, List<Matrix> terms, Factors factors, List<Matrix> dterms, Doubles dfactors) {
    double[] of = new double[terms.size()];
    addWeightedBackward(dout, terms, factors.values(), dterms, of);
    factors.add(of, dfactors);
  }

  abstract void addWeightedBackward(
      Matrix dout, List<Matrix> terms, double[] factors, List<Matrix> dterms, double[] dfactors);

  @Override
  public final void shuffle(Matrix mixed, List<Matrix> bypasses, Factors factors, Matrix out) {
    shuffle(mixed, bypasses, factors.values(), out);
  }

  abstract void shuffle(Matrix mixed, List<Matrix> bypasses, double[] factors, Matrix out);

  @Override
  public final void shuffleBackward(
      Matrix dout,
      Matrix dmixed,
      List<Matrix> bypasses,
      Factors factors,
      List<Matrix> dbypasses,
      Doubles dfactors) {
    double[] of = new double[bypasses.size()];
    shuffleBackward(dout, dmixed, bypasses, factors.values(), dbypasses, of);
    factors.add(of, dfactors);
  }

  abstract void shuffleBackward(
      Matrix dout,
      Matrix dmixed,
      List<Matrix> bypasses,
      double[] factors,
      List<Matrix> dbypasses,
      double[] dfactors);

  private static int[] numbers(Matrix words) {
    double[] values = HostWindowKernels.values(words);
    int[] numbers = new int[values.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) values[i];
    }
    return numbers;
  }

  @Override
  public final void replaceWords(Matrix x, ElementDropout dropout, int replacement, Matrix y) {
    int[] numbers = numbers(x);
    dropout.replace(numbers, replacement);
    double[] values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    y.write(values);
  }

  @Override
  public final void embed(Matrix words, Doubles table, int offset, Matrix out) {
    embed(numbers(words), table.array(), offset, out);
  }

  abstract void embed(int[] words, double[] table, int offset, Matrix out);

  @Override
  public final void embedBackward(Matrix words, Matrix dout, Doubles dtable, int offset) {
    embedBackward(numbers(words), dout, dtable.array(), offset);
  }

  abstract void embedBackward(int[] words, Matrix dout, double[] dtable, int offset);
}
