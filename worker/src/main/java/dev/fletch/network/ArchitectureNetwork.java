package dev.fletch.network;

import dev.fletch.engine.StatisticsSlot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.nn.TrainableNetwork;
import java.util.List;

/** The network of one architecture, which has no mixing weights. */
public interface ArchitectureNetwork extends TrainableNetwork {
  /** Weights without auxiliary heads: the size that papers publish. Takes no native memory. */
  long publishedSize();

  /**
   * Multiply-adds of one example, of texts one of their mean length, without auxiliary heads: the
   * figure that papers publish. Takes no native memory.
   */
  long publishedMultiplyAdds();

  /** The parts of the flat weight vector, in order. */
  List<WeightSlot> weightSlots();

  /** The parts of the flat statistics vector, in order. */
  List<StatisticsSlot> statisticsSlots();

  /** Whether a weight or batch norm of that name belongs to an auxiliary head. */
  static boolean isAuxiliary(String name) {
    return name.startsWith(AuxiliaryHead.NAME);
  }

  /**
   * Lays the network out for full minibatches, and nothing else: takes no memory and little time.
   *
   * @throws dev.fletch.engine.PlanTooLargeException if no memory could hold it
   */
  void requireBuildable();
}
