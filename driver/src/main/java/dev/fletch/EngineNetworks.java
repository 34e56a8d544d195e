package dev.fletch;

import dev.fletch.data.ImageShape;
import dev.fletch.engine.Backend;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.supernet.Supernet;
import dev.fletch.supernet.SupernetSettings;

/** The networks that benchmarks time: the same as in a run. */
final class EngineNetworks implements BenchCommand.Networks {
  @Override
  public String engine() {
    return Backend.name();
  }

  @Override
  public TrainableNetwork supernet(
      SupernetSettings settings, ImageShape image, int classes, int batch, int threads) {
    return new Supernet(settings, image, classes, batch, threads);
  }
}
