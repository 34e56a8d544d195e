package dev.fletch.engine;

import dev.fletch.engine.ClosedForm.Layout;
import dev.fletch.engine.SmallKernels.NormRows;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to flat vectors and small matrices is the same on cards as on the host. */
abstract class SmallKernelsContract {
  private static final int OFFSET = 3;

  /** Fails unless the kernels agree with {@link NaiveKernels}. */
  abstract void check(BiConsumer<Kernels, Operands> operation);

  @Test
  void copiesAndSums() {
    check(
        (k, o) -> {
          SmallKernels small = k.small();
          Doubles from = o.vector(200);
          small.copy(from, OFFSET, o.matrix(7, 9));
          Matrix turned = o.matrix(9, 12);
          small.copyTransposed(from, OFFSET, 7, turned, 2);
          small.copyTransposed(from, OFFSET, 12, o.matrix(9, 12), 0);
          small.copy(from, 5, o.vector(100), 4, 90);
          small.add(o.matrix(7, 9), o.vector(80), OFFSET);
          small.addScaled(from, 5, -0.75, o.vector(100), 4, 90);
          small.multiply(from, OFFSET, 7, o.vector(11), o.vector(12), 4);
        });
  }

  @Test
  void statistics() {
    for (int columns : new int[] {1, 50}) {
      check(
          (k, o) -> {
            NormRows rows = new NormRows(2, 5, OFFSET);
            Doubles variances = o.positive(9);
            for (Doubles taken : new Doubles[] {null, o.vector(9)}) {
              k.small()
                  .noteStatistics(
                      rows, o.vector(9), variances, taken, columns, o.vector(9), o.vector(20));
            }
            k.small().foldStatistics(rows, o.positive(20), o.vector(9), o.vector(9));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 1000})
  void classifier(int classes) {
    int channels = 5;
    Examples images = new ImageExtent(6, 2, 2).places();
    Examples texts = Examples.packed(new int[] {0, 3, 4, 9, 11, 12, 20});
    int values = OFFSET + classes * (channels + 1);
    for (Examples places : List.of(images, texts)) {
      check(
          (k, o) -> {
            Classifier of =
                new Classifier(OFFSET, OFFSET + classes * channels, channels, classes, 0.4, 0.1);
            Pass pass = o.pass(values, 0, 0);
            Doubles pooled = o.vector(channels * 6);
            Doubles logits = o.vector(6 * classes);
            Doubles labels = k.doubles(6);
            labels.write(new double[] {0, 1, 0, classes - 1, 1, 0});
            k.small().classify(of, pass.weights(), pooled, 6, logits);
            for (boolean weights : new boolean[] {true, false}) {
              pass.wantWeights(weights);
              k.small()
                  .classifyBackward(
                      of, pass, pooled, logits, labels, places, o.vector(channels * 6));
            }
          });
    }
  }

  @ParameterizedTest(name = "{0} convolutions of {1} rows and {2} inputs, factors {3}")
  @CsvSource({
    "1, 4, 4, NOWHERE",
    "1, 3, 9, WEIGHTS",
    "1, 1, 1, MIXING",
    "3, 8, 8, MIXING",
    "70, 4, 4, MIXING",
    "2, 32, 27, WEIGHTS"
  })
  void closedForms(int count, int rows, int inputs, RowFactor.Where where) {
    check((k, o) -> closedForms(k, o, count, rows, inputs, where));
  }

  private static void closedForms(
      Kernels k, Operands o, int count, int rows, int inputs, RowFactor.Where where) {
    int values = rows * inputs;
    Pass pass = o.pass(OFFSET + count * (values + rows), count + 2, OFFSET + 2 * rows * count);
    List<NormalizedProduct> products =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new NormalizedProduct(
                        rows, inputs, OFFSET + i * values, OFFSET + 2 * i * rows, rows))
            .toList();
    List<RowFactor> factors =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new RowFactor(
                        where,
                        where == RowFactor.Where.MIXING
                            ? 1 + i
                            : OFFSET + count * values + i * rows))
            .toList();
    ClosedForm of = k.small().closedForm(products, factors);
    List<Doubles> means = IntStream.range(0, count).mapToObj(i -> o.vector(inputs)).toList();
    Matrix squares = o.covariances(count, inputs);
    int[] all = IntStream.range(0, count).toArray();
    int[] some = IntStream.range(0, count).filter(i -> i % 2 == 0).toArray();
    Matrix wide = o.matrix(rows, count * inputs);
    Matrix tall = o.matrix(count * rows, inputs);
    pass.mode(true, false);
    pass.wantWeights(true);
    of.forward(pass, all, squares, means, 40, wide, Layout.WIDE);
    of.backward(
        pass,
        all,
        o.matrix(rows, count * inputs),
        Layout.WIDE,
        40,
        o.matrix(count * inputs, rows),
        o.matrix(count * inputs, inputs));
    of.forward(pass, some, squares, means, 40, tall, Layout.TALL);
    of.backward(pass, some, o.matrix(count * rows, inputs), Layout.TALL, 40, null, null);
    of.gradientOfOutput(pass, o.matrix(count * inputs, rows));
    of.shiftsOfInput(pass, o.vector(rows), o.vector(inputs));
    pass.wantWeights(false);
    of.backward(
        pass,
        all,
        o.matrix(rows, count * inputs),
        Layout.WIDE,
        1,
        o.matrix(count * inputs, rows),
        o.matrix(count * inputs, inputs));
    pass.mode(false, false);
    of.forward(pass, all, squares, means, 40, wide, Layout.WIDE);
    of.addShifts(pass, some, o.vector(rows + 2), 1);
    if (where == RowFactor.Where.MIXING) {
      of.backwardInEvaluation(
          pass,
          all,
          o.matrix(count * rows, inputs),
          Layout.TALL,
          40,
          o.vector(rows + 2),
          2,
          o.matrix(count * inputs, rows));
    }
  }
}
