/**
 * The operations of cells. A family of operations is one class here ({@link
 * dev.fletch.nn.operation.OperationBlock}) and one line in {@code
 * META-INF/services/dev.fletch.architecture.OperationFamily}; it describes each of its members by
 * an {@link dev.fletch.nn.operation.OperationForm}, which whoever needs to know anything of an
 * operation reads: supernets, candidate networks, counts of weights and multiply-adds, DL4J models.
 *
 * @see dev.fletch.nn.operation.OperationBlock the door
 */
package dev.fletch.nn.operation;
