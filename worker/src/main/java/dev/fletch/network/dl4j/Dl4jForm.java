package dev.fletch.network.dl4j;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PortGene;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.nn.operation.Activated;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import dev.fletch.nn.operation.OwnForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which networks can be written in DL4J's layers, known before any of them is trained: all but
 * those with operations of steps that are their own.
 */
public final class Dl4jForm {
  private static final List<Integer> STRIDES = List.of(1, 2);

  private static final String RECURRENT =
      "Cannot write a recurrent cell in DL4J's layers: none of them goes on from a state that is"
          + " handed to it; export a network for images or texts";

  private Dl4jForm() {}

  /** Why no network of that architecture can be written, in one sentence; empty if one can. */
  public static Optional<String> refusal(Architecture architecture) {
    if (architecture instanceof RecurrentCell) {
      return Optional.of(RECURRENT);
    }
    return operations(architecture).map(Dl4jForm::refusal).flatMap(Optional::stream).findFirst();
  }

  /** All that are computed; a genome's have their activations apart. */
  static Stream<Operation> operations(Architecture architecture) {
    if (architecture instanceof Genome genome) {
      return genome.phenotype().ports().values().stream().map(PortGene::operation);
    }
    return CellPair.of(architecture).connected().cells().stream()
        .flatMap(cell -> cell.nodes().stream())
        .flatMap(List::stream)
        .map(Gene::operation);
  }

  /** Why no network with {@code operation} can be written; empty if one can. */
  public static Optional<String> refusal(Operation operation) {
    return STRIDES.stream().anyMatch(stride -> isOwn(OperationBlock.formOf(operation, stride)))
        ? Optional.of(
            "Cannot write %s in DL4J's layers: it has steps of its own; export a candidate without it"
                .formatted(operation))
        : Optional.empty();
  }

  private static boolean isOwn(OperationForm form) {
    return form instanceof Activated activated ? isOwn(activated.inner()) : form instanceof OwnForm;
  }
}
