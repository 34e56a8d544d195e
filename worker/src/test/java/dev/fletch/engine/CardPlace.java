package dev.fletch.engine;

import dev.fletch.cuda.Driver;

/** Room for flat vectors on a card that no network is computed on. */
public final class CardPlace implements AutoCloseable {
  private final Driver driver;
  private final CudaFlatKernels flat;

  /**
   * @param driver closed with this
   */
  public CardPlace(Driver driver) {
    this.driver = driver;
    this.flat = new CudaFlatKernels(driver);
  }

  public FlatKernels flat() {
    return flat;
  }

  /** How many vectors have not been given back. */
  public int inUse() {
    return flat.inUse();
  }

  @Override
  public void close() {
    flat.close();
    driver.close();
  }
}
