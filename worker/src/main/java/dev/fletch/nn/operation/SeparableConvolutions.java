package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import dev.fletch.nn.operation.Convolutions.Round;
import java.util.List;
import java.util.Map;

/**
 * {@code sep_conv_KxK} and, on images and texts alike, {@code sep_conv_K}: depthwise and 1x1
 * convolution with batch norm, twice.
 */
public final class SeparableConvolutions implements OperationBlock {
  private static final Map<Operation, Integer> KERNELS =
      Map.of(
          Operation.SEP_CONV_3X3,
          3,
          Operation.SEP_CONV_5X5,
          5,
          Operation.SEP_CONV_7X7,
          7,
          new Operation("sep_conv_1"),
          1,
          new Operation("sep_conv_3"),
          3,
          new Operation("sep_conv_5"),
          5);

  @Override
  public List<Operation> operations() {
    return List.copyOf(KERNELS.keySet());
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    int kernel = KERNELS.get(operation);
    return new Convolutions(List.of(new Round(kernel, stride, 1), new Round(kernel, 1, 1)));
  }

  @Override
  public String colour() {
    return "sep";
  }
}
