package dev.fletch.engine;

import static dev.fletch.engine.CudaRowKernels.HELD;
import static dev.fletch.engine.CudaRowKernels.PASSED;
import static dev.fletch.engine.CudaRowKernels.THREADS;
import static dev.fletch.engine.CudaRowKernels.at;
import static dev.fletch.engine.CudaRowKernels.divided;
import static dev.fletch.engine.CudaRowKernels.values;

import dev.fletch.cuda.Arguments;
import dev.fletch.cuda.Driver;
import dev.fletch.cuda.Grid;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of matrices on a card, with factors that lie at any places of a vector. A launch takes so
 * many terms; where there are more, the others follow in further ones.
 */
final class CudaSums {
  /** Terms that a kernel takes at a time. */
  static final int TERMS = 32;

  private static final int MOST_THREADS = 1024;

  private final Driver driver;
  private final CudaScratch scratch;

  CudaSums(Driver driver, CudaScratch scratch) {
    this.driver = driver;
    this.scratch = scratch;
  }

  /** Some of the terms of a sum, and where their factors lie. */
  private record Part(List<Matrix> terms, int[] places) {
    static Part of(List<Matrix> terms, Factors factors, int from) {
      int to = Math.min(terms.size(), from + TERMS);
      return new Part(terms.subList(from, to), Arrays.copyOfRange(factors.places(), from, to));
    }

    int count() {
      return places.length;
    }

    Arguments addTo(Arguments arguments, Factors factors) {
      return addPlaces(arguments.addresses(addresses(terms), TERMS), factors);
    }

    /** With the gradients of the same terms. */
    Arguments addTo(Arguments arguments, Factors factors, List<Matrix> allGradients, int from) {
      List<Matrix> gradients = allGradients.subList(from, from + count());
      return addPlaces(
          arguments.addresses(addresses(terms), TERMS).addresses(addresses(gradients), TERMS),
          factors);
    }

    private Arguments addPlaces(Arguments arguments, Factors factors) {
      return arguments.numbers(places, TERMS).number(count()).address(at(factors.in()));
    }

    private static long[] addresses(List<Matrix> matrices) {
      return matrices.stream().mapToLong(Matrix::address).toArray();
    }
  }

  /** {@link Kernels#addWeighted}. */
  void add(List<Matrix> terms, Factors factors, Matrix out) {
    for (int from = 0; from < terms.size(); from += TERMS) {
      driver.launch(
          "add_weighted",
          Grid.of(divided(values(out), PASSED), THREADS),
          Part.of(terms, factors, from)
              .addTo(new Arguments(), factors)
              .number(values(out))
              .address(out.address()));
    }
  }

  /** {@link Kernels#addWeightedBackward}. */
  void addBackward(
      Matrix dout, List<Matrix> terms, Factors factors, List<Matrix> dterms, Doubles dfactors) {
    int blocks = divided(values(dout), HELD);
    for (int from = 0; from < terms.size(); from += TERMS) {
      Part part = Part.of(terms, factors, from);
      long partials = scratch.sums(Math.multiplyExact(blocks, part.count()));
      driver.launch(
          "add_weighted_backward",
          Grid.of(blocks, THREADS),
          part.addTo(new Arguments().address(dout.address()), factors, dterms, from)
              .number(values(dout))
              .address(partials));
      addPartials(partials, blocks, part, dfactors);
    }
  }

  private void addPartials(long partials, int blocks, Part part, Doubles dfactors) {
    driver.launch(
        "add_factor_gradients",
        Grid.of(1, MOST_THREADS),
        new Arguments()
            .address(partials)
            .number(blocks)
            .numbers(part.places(), TERMS)
            .number(part.count())
            .address(at(dfactors)));
  }

  /** {@link Kernels#shuffle}. */
  void shuffle(Matrix mixed, List<Matrix> bypasses, Factors factors, Matrix out) {
    int pieces = divided(out.columnCount(), PASSED);
    for (int from = 0; from == 0 || from < bypasses.size(); from += TERMS) {
      Arguments arguments =
          shape(new Arguments().address(mixed.address()), mixed.rowCount(), out, pieces);
      driver.launch(
          "shuffle_rows",
          Grid.of(Math.multiplyExact(out.rowCount(), pieces), THREADS),
          Part.of(bypasses, factors, from)
              .addTo(arguments, factors)
              .number(from == 0 ? 0 : 1)
              .address(out.address()));
    }
  }

  private static Arguments shape(Arguments arguments, int width, Matrix of, int pieces) {
    return arguments.number(width).number(of.rowCount()).number(of.columnCount()).number(pieces);
  }

  /** {@link Kernels#shuffleBackward}. */
  void shuffleBackward(
      Matrix dout,
      Matrix dmixed,
      List<Matrix> bypasses,
      Factors factors,
      List<Matrix> dbypasses,
      Doubles dfactors) {
    int pieces = divided(dout.columnCount(), HELD);
    int blocks = Math.multiplyExact(dout.rowCount() - dmixed.rowCount(), pieces);
    for (int from = 0; from == 0 || from < bypasses.size(); from += TERMS) {
      Part part = Part.of(bypasses, factors, from);
      long partials = scratch.sums(Math.multiplyExact(blocks, part.count()));
      Arguments arguments =
          new Arguments().address(dout.address()).address(from == 0 ? dmixed.address() : 0);
      driver.launch(
          "shuffle_rows_backward",
          Grid.of(Math.multiplyExact(dout.rowCount(), pieces), THREADS),
          part.addTo(shape(arguments, dmixed.rowCount(), dout, pieces), factors, dbypasses, from)
              .address(partials));
      if (part.count() > 0) {
        addPartials(partials, blocks, part, dfactors);
      }
    }
  }
}
