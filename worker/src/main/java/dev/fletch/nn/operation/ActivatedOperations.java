package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import dev.fletch.engine.ElementFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every operation of whole structures but none with an activation behind it: {@code
 * sep_conv_3+relu}. Without one it is the operation itself.
 */
public final class ActivatedOperations implements OperationBlock {
  private record Pair(Operation operation, ElementFunction activation) {}

  private static final Map<Operation, Pair> PAIRS = pairs();

  private static Map<Operation, Pair> pairs() {
    Map<Operation, Pair> pairs = new LinkedHashMap<>();
    for (Operation operation : Operation.STRUCTURES) {
      for (ElementFunction activation : ElementFunction.values()) {
        if (!operation.isNone()) {
          pairs.put(operation.with(activation.text()), new Pair(operation, activation));
        }
      }
    }
    return pairs;
  }

  @Override
  public List<Operation> operations() {
    return List.copyOf(PAIRS.keySet());
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    Pair pair = PAIRS.get(operation);
    return new Activated(OperationBlock.formOf(pair.operation(), stride), pair.activation());
  }

  @Override
  public String colourOf(Operation operation) {
    Operation activated = PAIRS.get(operation).operation();
    return OperationBlock.colour(activated);
  }

  @Override
  public Optional<String> refusalOf(Operation operation, int channels) {
    return OperationBlock.refusal(PAIRS.get(operation).operation(), channels);
  }
}
