package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import dev.fletch.nn.operation.Convolutions.Round;
import java.util.List;
import java.util.Map;

/**
 * {@code dil_conv_KxK} and, on images and texts alike, {@code dil_conv_K}: depthwise convolution
 * with dilation 2, 1x1 convolution, batch norm.
 */
public final class DilatedConvolutions implements OperationBlock {
  private static final int DILATION = 2;
  private static final Map<Operation, Integer> KERNELS =
      Map.of(
          Operation.DIL_CONV_3X3,
          3,
          Operation.DIL_CONV_5X5,
          5,
          new Operation("dil_conv_1"),
          1,
          new Operation("dil_conv_3"),
          3,
          new Operation("dil_conv_5"),
          5);

  @Override
  public List<Operation> operations() {
    return List.copyOf(KERNELS.keySet());
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return new Convolutions(List.of(new Round(KERNELS.get(operation), stride, DILATION)));
  }

  @Override
  public String colour() {
    return "dil";
  }
}
