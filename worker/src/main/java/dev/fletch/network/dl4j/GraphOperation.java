package dev.fletch.network.dl4j;

import dev.fletch.architecture.Operation;
import dev.fletch.nn.operation.Activated;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.MultiHeadAttention;
import dev.fletch.nn.operation.NormalizedPooling;
import dev.fletch.nn.operation.OperationForm;
import dev.fletch.nn.operation.OwnForm;
import dev.fletch.nn.operation.Pooling;

/**
 * Writes an operation in DL4J's layers.
 *
 * @param path what the names of its layers start with
 * @param state that it is applied to
 */
record GraphOperation(GraphBlocks blocks, Operation operation, String path, State state)
    implements OperationForm.Reader<State> {
  @Override
  public State zero() {
    throw new IllegalArgumentException(operation + " cannot be part of a genotype");
  }

  @Override
  public State identity() {
    return state;
  }

  @Override
  public State convolutions(Convolutions form) {
    return blocks.convolutions(path, form, state);
  }

  @Override
  public State pooling(Pooling form) {
    return blocks.pool(path, form.max(), Pooling.KERNEL, state, form.stride());
  }

  @Override
  public State normalizedPooling(NormalizedPooling form) {
    State pooled = blocks.pool(path, form.max(), form.kernel(), state, form.stride());
    return blocks.plainNorm(path + ".norm", pooled);
  }

  @Override
  public State factorizedReduction() {
    return blocks.factorizedReduction(path, state, state.channels());
  }

  @Override
  public State attention(MultiHeadAttention form) {
    return blocks.attention(path, form, state);
  }

  @Override
  public State activated(Activated form) {
    return blocks.activation(path + ".activation", form.activation(), form.inner().read(this));
  }

  @Override
  public State own(OwnForm form) {
    throw new IllegalArgumentException(Dl4jForm.refusal(operation).orElseThrow());
  }
}
