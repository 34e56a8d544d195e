package dev.fletch.bench;

import dev.fletch.architecture.Genotype;
import dev.fletch.data.ImageShape;
import dev.fletch.engine.Profile;
import dev.fletch.network.CandidateSettings;
import dev.fletch.nn.TrainableNetwork;
import dev.fletch.supernet.EdgeSettings;
import dev.fletch.supernet.SupernetSettings;

/** Where the networks that are timed come from. */
public interface BenchNetworks {
  /** The numeric library and its version. */
  String engine();

  TrainableNetwork supernet(
      SupernetSettings settings,
      EdgeSettings edges,
      ImageShape image,
      int classes,
      int batch,
      int threads);

  TrainableNetwork candidate(
      Genotype genotype,
      CandidateSettings settings,
      ImageShape image,
      int classes,
      int batch,
      int threads);

  /** For one image, of the operations whose mixing weight is not 0. */
  long multiplyAdds(TrainableNetwork network, float[] mixing);

  /** Native memory the network's plan takes, in bytes. */
  long planBytes(TrainableNetwork network);

  /** Notes where the network's time goes from now on; null stops that. */
  void profile(TrainableNetwork network, Profile into);

  /** 1e9 floating-point operations per second of a large matrix product. */
  double productGigaflops(int threads);
}
