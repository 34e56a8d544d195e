package dev.fletch.network.dl4j;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PortGene;
import dev.fletch.data.DataFormat;
import dev.fletch.data.TextFormat;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OwnForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which networks can be written in DL4J's layers, known before any of them is trained. */
public final class Dl4jForm {
  private static final List<Integer> STRIDES = List.of(1, 2);

  /** Why no network with one kind of cell can be written. */
  public static final String ONE_KIND =
      "a network with one kind of cell is not written in DL4J's layers; export one of two kinds";

  private Dl4jForm() {}

  /** Why no network for such data can be written; empty if networks can. */
  public static Optional<String> refusal(DataFormat format) {
    return format instanceof TextFormat
        ? Optional.of(
            "a network that reads texts (format %s) has no DL4J form: its embedding and its windows along a text are not written in DL4J's layers; export a network of images"
                .formatted(format.text()))
        : Optional.empty();
  }

  /** Why no network of that architecture can be written, in one sentence; empty if one can. */
  public static Optional<String> refusal(Architecture architecture) {
    if (architecture instanceof CellPair cells && cells.isOfOneKind()) {
      return Optional.of(ONE_KIND);
    }
    return operations(architecture).map(Dl4jForm::refusal).flatMap(Optional::stream).findFirst();
  }

  /** All that are computed; a genome's have their activations apart. */
  private static Stream<Operation> operations(Architecture architecture) {
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
    return STRIDES.stream()
            .anyMatch(stride -> OperationBlock.formOf(operation, stride) instanceof OwnForm)
        ? Optional.of(
            "Cannot write %s in DL4J's layers: it has steps of its own; export a candidate without it"
                .formatted(operation))
        : Optional.empty();
  }
}
