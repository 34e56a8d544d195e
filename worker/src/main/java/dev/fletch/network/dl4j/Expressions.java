package dev.fletch.network.dl4j;

import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Genotype;
import dev.fletch.architecture.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the operations of a genotype are written in DL4J's layers, for people. */
final class Expressions {
  private Expressions() {}

  /** By the operation's name, for those that occur. */
  static Map<String, String> of(Genotype genotype) {
    Map<String, String> expressions = new LinkedHashMap<>();
    Stream.of(genotype.normal(), genotype.reduction())
        .map(CellGenotype::nodes)
        .flatMap(List::stream)
        .flatMap(List::stream)
        .map(Gene::operation)
        .distinct()
        .sorted()
        .forEach(operation -> expressions.put(operation.text(), of(operation)));
    return expressions;
  }

  private static String of(Operation operation) {
    return switch (operation) {
      case NONE -> throw new IllegalArgumentException("none cannot be part of a genotype");
      case MAX_POOL_3X3 -> "SubsamplingLayer MAX, padding 1, which never wins";
      case AVG_POOL_3X3 -> "SubsamplingLayer AVG, padding 1, which is not in the divisor";
      case SKIP_CONNECT ->
          "none; with stride 2: ReLU, two ConvolutionLayers 1x1 of stride 2, the second after"
              + " Cropping2D by a pixel (ZeroPaddingLayer before it on odd sides), MergeVertex,"
              + " BatchNormalization";
      case SEP_CONV_3X3 -> separable(3);
      case SEP_CONV_5X5 -> separable(5);
      case SEP_CONV_7X7 -> separable(7);
      case DIL_CONV_3X3 -> dilated(3);
      case DIL_CONV_5X5 -> dilated(5);
    };
  }

  private static String separable(int kernel) {
    return "twice: ReLU, DepthwiseConvolution2D %1$dx%1$d, ConvolutionLayer 1x1, BatchNormalization"
        .formatted(kernel);
  }

  private static String dilated(int kernel) {
    return ("ReLU, DepthwiseConvolution2D %1$dx%1$d without dilation, its kernel the %2$dx%2$d one"
            + " with zeros between its values (oneDNN fails on dilated ones), ConvolutionLayer 1x1,"
            + " BatchNormalization")
        .formatted(2 * kernel - 1, kernel);
  }
}
