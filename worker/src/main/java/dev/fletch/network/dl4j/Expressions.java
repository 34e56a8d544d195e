package dev.fletch.network.dl4j;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PortGene;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import dev.fletch.nn.operation.OwnForm;
import dev.fletch.nn.operation.Pooling;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the operations of a genotype are written in DL4J's layers, for people. */
final class Expressions {
  private Expressions() {}

  /** By the operation's name, for those that occur. */
  static Map<String, String> of(Architecture architecture) {
    Map<String, String> expressions = new LinkedHashMap<>();
    if (architecture instanceof Genome genome) {
      genome.phenotype().ports().values().stream()
          .map(PortGene::operation)
          .distinct()
          .sorted(Comparator.comparing(Operation.known()::indexOf))
          .forEach(
              operation ->
                  expressions.put(
                      operation.text(),
                      OperationBlock.formOf(operation, 1).read(new InWords(operation))));
      return expressions;
    }
    CellPair.of(architecture).cells().stream()
        .map(CellGenotype::nodes)
        .flatMap(List::stream)
        .flatMap(List::stream)
        .map(Gene::operation)
        .distinct()
        .sorted(Comparator.comparing(Operation.known()::indexOf))
        .forEach(operation -> expressions.put(operation.text(), of(operation)));
    return expressions;
  }

  /** At stride 1, and at stride 2 where that is something else. */
  private static String of(Operation operation) {
    InWords words = new InWords(operation);
    String plain = OperationBlock.formOf(operation, 1).read(words);
    String halving = OperationBlock.formOf(operation, 2).read(words);
    return plain.equals(halving) ? plain : plain + "; with stride 2: " + halving;
  }

  private record InWords(Operation operation) implements OperationForm.Reader<String> {
    @Override
    public String zero() {
      throw new IllegalArgumentException(operation + " cannot be part of a genotype");
    }

    @Override
    public String identity() {
      return "none";
    }

    @Override
    public String convolutions(Convolutions form) {
      List<String> rounds = form.rounds().stream().map(InWords::round).toList();
      boolean isTwice = rounds.size() == 2 && rounds.get(0).equals(rounds.get(1));
      return isTwice ? "twice: " + rounds.get(0) : String.join(", then ", rounds);
    }

    private static String round(Convolutions.Round round) {
      int kernel = round.kernel();
      int side = round.dilation() * (kernel - 1) + 1;
      String dilation =
          round.dilation() == 1
              ? ""
              : (" without dilation, its kernel the %1$dx%1$d one with zeros between its values"
                      + " (oneDNN fails on dilated ones)")
                  .formatted(kernel);
      return "ReLU, DepthwiseConvolution2D %1$dx%1$d%2$s, ConvolutionLayer 1x1, BatchNormalization"
          .formatted(side, dilation);
    }

    @Override
    public String pooling(Pooling form) {
      return form.max()
          ? "SubsamplingLayer MAX, padding 1, which never wins"
          : "SubsamplingLayer AVG, padding 1, which is not in the divisor";
    }

    @Override
    public String factorizedReduction() {
      return "ReLU, two ConvolutionLayers 1x1 of stride 2, the second after"
          + " Cropping2D by a pixel (ZeroPaddingLayer before it on odd sides), MergeVertex,"
          + " BatchNormalization";
    }

    @Override
    public String own(OwnForm form) {
      throw new IllegalArgumentException(operation + " has no form in DL4J's layers");
    }
  }
}
