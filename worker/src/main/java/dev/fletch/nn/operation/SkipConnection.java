package dev.fletch.nn.operation;

import dev.fletch.architecture.Operation;
import java.util.List;

/** {@code skip_connect} and {@code identity}: the state itself, or a factorized reduction of it. */
public final class SkipConnection implements OperationBlock {
  @Override
  public List<Operation> operations() {
    return List.of(Operation.SKIP_CONNECT, new Operation("identity"));
  }

  @Override
  public OperationForm form(Operation operation, int stride) {
    return stride == 1 ? new Identity() : new FactorizedReduction();
  }

  @Override
  public String colour() {
    return "skip";
  }
}
