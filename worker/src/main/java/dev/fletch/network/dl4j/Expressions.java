package dev.fletch.network.dl4j;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.data.Input;
import dev.fletch.data.TokenShape;
import dev.fletch.nn.operation.Activated;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.MultiHeadAttention;
import dev.fletch.nn.operation.NormalizedPooling;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.nn.operation.OperationForm;
import dev.fletch.nn.operation.OwnForm;
import dev.fletch.nn.operation.Pooling;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the operations of an architecture are written in DL4J's layers, for people. */
final class Expressions {
  private Expressions() {}

  /** By the operation's name, for those that occur. */
  static Map<String, String> of(Architecture architecture, Input input) {
    boolean hasStrides = !(architecture instanceof Genome);
    Map<String, String> expressions = new LinkedHashMap<>();
    Dl4jForm.operations(architecture)
        .distinct()
        .sorted(Comparator.comparing(Operation.known()::indexOf))
        .forEach(
            operation -> {
              OperationForm.Reader<String> words =
                  input instanceof TokenShape ? new OnTexts(operation) : new OnImages(operation);
              expressions.put(operation.text(), of(operation, words, hasStrides));
            });
    return expressions;
  }

  /** At stride 1, and at stride 2 where that is something else. */
  private static String of(
      Operation operation, OperationForm.Reader<String> words, boolean hasStrides) {
    String plain = OperationBlock.formOf(operation, 1).read(words);
    String halving = OperationBlock.formOf(operation, 2).read(words);
    return plain.equals(halving) || !hasStrides ? plain : plain + "; with stride 2: " + halving;
  }

  /** What is called the same for images and texts. */
  private abstract static class InWords implements OperationForm.Reader<String> {
    private final Operation operation;

    private InWords(Operation operation) {
      this.operation = operation;
    }

    abstract String round(int kernel, int side);

    abstract String pool(boolean max, int kernel);

    abstract String halvingPool();

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
      List<String> rounds =
          form.rounds().stream()
              .map(
                  round ->
                      round(
                          round.kernel(),
                          ConvolutionKernels.side(round.kernel(), round.dilation())))
              .toList();
      boolean isTwice = rounds.size() == 2 && rounds.get(0).equals(rounds.get(1));
      return isTwice ? "twice: " + rounds.get(0) : String.join(", then ", rounds);
    }

    @Override
    public String pooling(Pooling form) {
      return pool(form.max(), Pooling.KERNEL);
    }

    @Override
    public String normalizedPooling(NormalizedPooling form) {
      return pool(form.max(), form.kernel()) + ", BatchNormalization without gamma and beta";
    }

    @Override
    public String attention(MultiHeadAttention form) {
      String attention =
          "SelfAttentionLayer of %d heads, whose biases are weights of an input of ones"
              .formatted(form.heads());
      return form.stride() == 1 ? attention : halvingPool() + ", " + attention;
    }

    @Override
    public String activated(Activated form) {
      return "%s, ActivationLayer %s".formatted(form.inner().read(this), form.activation().name());
    }

    @Override
    public String own(OwnForm form) {
      throw new IllegalArgumentException(Dl4jForm.refusal(operation).orElseThrow());
    }
  }

  private static final class OnImages extends InWords {
    private OnImages(Operation operation) {
      super(operation);
    }

    @Override
    String round(int kernel, int side) {
      String dilation =
          side == kernel
              ? ""
              : (" without dilation, its kernel the %1$dx%1$d one with zeros between its values"
                      + " (oneDNN fails on dilated ones)")
                  .formatted(kernel);
      return "ReLU, DepthwiseConvolution2D %1$dx%1$d%2$s, ConvolutionLayer 1x1, BatchNormalization"
          .formatted(side, dilation);
    }

    @Override
    String pool(boolean max, int kernel) {
      return max
          ? "SubsamplingLayer MAX, padding %d, which never wins".formatted(kernel / 2)
          : "SubsamplingLayer AVG, padding %d, which is not in the divisor".formatted(kernel / 2);
    }

    @Override
    String halvingPool() {
      return "SubsamplingLayer MAX 2x2 of stride 2";
    }

    @Override
    public String factorizedReduction() {
      return "ReLU, two ConvolutionLayers 1x1 of stride 2, the second after"
          + " Cropping2D by a pixel (ZeroPaddingLayer before it on odd sides), MergeVertex,"
          + " BatchNormalization";
    }
  }

  private static final class OnTexts extends InWords {
    private OnTexts(Operation operation) {
      super(operation);
    }

    @Override
    String round(int kernel, int side) {
      String dilation =
          side == kernel ? "" : " with zeros between the values of %d".formatted(kernel);
      return "ReLU, Convolution1D %d%s, the product of a depthwise and a 1x1 convolution,"
              .formatted(side, dilation)
          + " BatchNormalization at every position";
    }

    @Override
    String pool(boolean max, int kernel) {
      return max
          ? "Subsampling1DLayer MAX %d, where nothing behind an end wins".formatted(kernel)
          : "Subsampling1DLayer AVG %d, times its positions by those within the text"
              .formatted(kernel);
    }

    @Override
    String halvingPool() {
      return "Subsampling1DLayer MAX 2 of stride 2";
    }

    @Override
    public String factorizedReduction() {
      return "ReLU, Convolution1D 3 of stride 2, one half of whose rows reads the middle and the"
          + " other what is behind it, BatchNormalization at every position";
    }
  }
}
