package dev.fletch.engine;

import dev.fletch.cuda.Driver;
import dev.fletch.cuda.DriverException;
import dev.fletch.cuda.WatchedDriver;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * {@link Kernels} on a card: everything is asked for and nothing waited for, until something is
 * read.
 */
final class CudaKernels extends CudaTextKernels {
  private final WatchedDriver driver;
  private final CudaProducts products;
  private final CudaSmallKernels small;
  private final CudaFlatKernels flat;
  private final RecordedWork recorded;
  private final List<DeviceDoubles> doubles = new ArrayList<>();

  /**
   * @param driver closed with these kernels
   * @param precision of products
   */
  CudaKernels(Driver driver, Precision precision) {
    this(new WatchedDriver(driver), precision);
  }

  private CudaKernels(WatchedDriver driver, Precision precision) {
    super(driver);
    this.driver = driver;
    this.products = new CudaProducts(driver, precision == Precision.TF32);
    this.small = new CudaSmallKernels(driver);
    this.flat = new CudaFlatKernels(driver);
    this.recorded = new RecordedWork(driver);
  }

  /** How many copies there were between the host and the card. */
  long transfers() {
    return driver.transfers();
  }

  @Override
  void replay(Object key, Runnable work) {
    recorded.run(key, work);
  }

  @Override
  public SmallKernels small() {
    return small;
  }

  @Override
  CudaFlatKernels flat() {
    return flat;
  }

  @Override
  public Doubles doubles(int length) {
    DeviceDoubles made = new DeviceDoubles(driver, length);
    doubles.add(made);
    return made;
  }

  @Override
  void requireRoom(long bytes) {
    long free = driver.freeBytes();
    if (bytes > free) {
      throw new DriverException(
          "Cannot hold a network of %d MiB on %s, where %d MiB are free: use a smaller batch, or fewer replicas on the card"
              .formatted(bytes >> 20, driver.name(), free >> 20));
    }
  }

  @Override
  Memory memory(DataType type, long length) {
    if (type != DataType.FLOAT) {
      throw new IllegalArgumentException("Cards work on FLOAT only, got " + type);
    }
    return new DeviceMemory(driver, length);
  }

  @Override
  void product(Matrix a, Matrix b, Matrix out, double keep) {
    products.product(a, b, out, keep);
  }

  @Override
  void productAndShift(Matrix a, Matrix b, Doubles shift, Matrix out) {
    products.productAndShift(a, b, shift, out);
  }

  @Override
  void productSums(List<SumOfProducts> sums) {
    products.productSums(sums);
  }

  @Override
  void productTransposed(Matrix a, Matrix b, Matrix out, double scale, Doubles means) {
    products.productTransposed(a, b, out, scale, means);
  }

  @Override
  void symmetricProduct(Matrix x, Matrix out, double scale) {
    products.symmetricProduct(x, out, scale);
  }

  @Override
  void symmetricProducts(List<Matrix> x, List<Matrix> out, double scale) {
    products.symmetricProducts(x, out, scale);
  }

  @Override
  public void close() {
    recorded.close();
    closeTexts();
    closeRows();
    closeWindows();
    products.close();
    small.close();
    flat.close();
    doubles.forEach(DeviceDoubles::close);
    driver.close();
  }
}
