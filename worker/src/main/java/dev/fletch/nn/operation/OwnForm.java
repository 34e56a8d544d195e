package dev.fletch.nn.operation;

/**
 * An operation of steps that are its own. Networks are built with it like with any other; a DL4J
 * model, whose layers are DL4J's, cannot have it.
 *
 * <p>Implementations are records, so that equal ones compute the same.
 */
public non-sealed interface OwnForm extends OperationForm {
  @Override
  default <T> T read(Reader<T> reader) {
    return reader.own(this);
  }
}
