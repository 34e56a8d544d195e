package dev.fletch.supernet;

import dev.fletch.architecture.Activation;
import dev.fletch.architecture.Aggregation;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.CellStack;
import dev.fletch.architecture.CellTopology;
import dev.fletch.architecture.Derivation;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RandomGenotype;
import dev.fletch.data.Input;
import dev.fletch.nn.EmbeddingSettings;
import dev.fletch.nn.operation.OperationBlock;
import dev.fletch.settings.Checks;
import dev.fletch.settings.Key;
import dev.fletch.task.Task;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The size of a supernet for images or texts, and its space.
 *
 * @param initChannels channels C of the first cell's nodes
 * @param layers number of cells; which of them reduce is said by {@link CellStack}
 * @param nodes intermediate nodes of a cell
 * @param stemMultiplier the stem convolution has stemMultiplier*C channels
 * @param operations candidate operations of an edge, in the column order of alpha
 * @param activations what candidates have behind them: given any, every operation but none becomes
 *     one candidate with each of them, and these are {@code operations}; so it is always empty in
 *     the end
 * @param aggregations how nodes may join their inputs: with multiply, every operation but none
 *     becomes a candidate that is multiplied ({@link Operation#multiplied}), beside the one that is
 *     added or without it, and these are {@code operations}; so it is always add alone in the end
 * @param kinds of cells: 2, or 1 without reduction cells
 * @param reduceAfter with one kind: after how many cells a max pool of 2 positions a side halves
 *     the size and channels are doubled, in ascending order
 * @param embedding how words are taken in, where the examples are texts
 */
public record SupernetSettings(
    int initChannels,
    int layers,
    @Key(section = "space") int nodes,
    int stemMultiplier,
    @Key(section = "space") List<Operation> operations,
    @Key(section = "space") List<Activation> activations,
    @Key(section = "space") List<Aggregation> aggregations,
    @Key(section = "space") int kinds,
    List<Integer> reduceAfter,
    @Key(inline = true) EmbeddingSettings embedding)
    implements SupernetSpace {
  public SupernetSettings {
    reduceAfter = List.copyOf(reduceAfter);
    List<Operation> bare = barred(operations, activations);
    operations = bare.isEmpty() ? withActivations(operations, activations) : operations;
    activations = List.of();
    List<Aggregation> asked = List.copyOf(aggregations);
    boolean areMultiplied = multiplies(operations);
    operations = areMultiplied ? operations : joined(operations, asked);
    aggregations = List.of(Aggregation.ADD);
    new Checks()
        .atLeast("init-channels", initChannels, 2)
        .require(
            "init-channels",
            initChannels % 2 == 0,
            "must be even, so that a factorized reduction can halve it, got " + initChannels)
        .atLeast("layers", layers, 1)
        .atLeast("nodes", nodes, 1)
        .atLeast("stem-multiplier", stemMultiplier, 1)
        .require(
            "operations",
            operations.stream().anyMatch(o -> !o.isNone()),
            "must name at least one operation besides none")
        .require(
            "operations",
            new HashSet<>(operations).size() == operations.size(),
            "must not name an operation twice, got " + operations)
        .require(
            "operations",
            Operation.known().containsAll(operations),
            "must be of " + Operation.names() + ", got " + operations)
        .require(
            "activations",
            bare.isEmpty(),
            "must be left out, or all operations must be of "
                + Operation.STRUCTURES
                + ", got "
                + bare)
        .require(
            "aggregations",
            !asked.isEmpty() && new HashSet<>(asked).size() == asked.size(),
            "must name add, multiply or both once, got " + asked)
        .require(
            "aggregations",
            !areMultiplied || asked.equals(List.of(Aggregation.ADD)),
            "must be left out where operations are multiplied by themselves, got " + operations)
        .require("kinds", kinds == 1 || kinds == 2, "must be 1 or 2, got " + kinds)
        .require(
            "reduce-after",
            CellStack.areCells(reduceAfter, layers),
            CellStack.REDUCE_AFTER_RULE + reduceAfter,
            "layers")
        .require(
            "reduce-after",
            kinds == 1 || reduceAfter.isEmpty(),
            "must be [] where space.kinds is 2: reduction cells halve the size, got " + reduceAfter)
        .require(
            "init-channels",
            refusals(operations, initChannels).isEmpty(),
            "must fit space.operations: " + refusals(operations, initChannels),
            "operations")
        .orThrow();
  }

  /** Whose nodes add, but for operations that are multiplied by themselves. */
  public SupernetSettings(
      int initChannels,
      int layers,
      int nodes,
      int stemMultiplier,
      List<Operation> operations,
      List<Activation> activations,
      int kinds,
      List<Integer> reduceAfter,
      EmbeddingSettings embedding) {
    this(
        initChannels,
        layers,
        nodes,
        stemMultiplier,
        operations,
        activations,
        List.of(Aggregation.ADD),
        kinds,
        reduceAfter,
        embedding);
  }

  /** With a normal and a reduction cell, and operations as they are. */
  public SupernetSettings(
      int initChannels, int layers, int nodes, int stemMultiplier, List<Operation> operations) {
    this(
        initChannels,
        layers,
        nodes,
        stemMultiplier,
        operations,
        List.of(),
        2,
        List.of(),
        EmbeddingSettings.PLAIN);
  }

  /**
   * For images or texts.
   *
   * @throws IllegalArgumentException if {@code space} is of other cells
   */
  public static SupernetSettings of(SupernetSpace space) {
    if (space instanceof SupernetSettings settings) {
      return settings;
    }
    throw new IllegalArgumentException("must be a supernet for images or texts, got " + space);
  }

  /** The same with another number of cells. */
  public SupernetSettings withLayers(int number) {
    return new SupernetSettings(
        initChannels,
        number,
        nodes,
        stemMultiplier,
        operations,
        List.of(),
        kinds,
        reduceAfter,
        embedding);
  }

  /** Operations that cannot have an activation, if any is asked for. */
  private static List<Operation> barred(List<Operation> operations, List<Activation> activations) {
    return operations.stream()
        .filter(o -> !activations.isEmpty() && !Operation.STRUCTURES.contains(o))
        .toList();
  }

  private static List<Operation> withActivations(
      List<Operation> operations, List<Activation> activations) {
    return operations.stream()
        .flatMap(
            operation ->
                activations.isEmpty() || operation.isNone()
                    ? Stream.of(operation)
                    : activations.stream()
                        .map(
                            activation ->
                                activation == Activation.IDENTITY
                                    ? operation
                                    : operation.with(activation.text())))
        .toList();
  }

  /** By aggregation, each time in the order of the operations; none comes once. */
  private static List<Operation> joined(
      List<Operation> operations, List<Aggregation> aggregations) {
    return aggregations.isEmpty()
        ? operations
        : aggregations.stream()
            .flatMap(
                aggregation ->
                    operations.stream()
                        .filter(o -> !o.isNone() || aggregation == aggregations.get(0))
                        .map(
                            o -> o.isNone() || aggregation == Aggregation.ADD ? o : o.multiplied()))
            .toList();
  }

  private static boolean multiplies(List<Operation> operations) {
    return operations.stream().anyMatch(o -> o.aggregation() == Aggregation.MULTIPLY);
  }

  @Override
  public boolean multiplies() {
    return multiplies(operations);
  }

  private static String refusals(List<Operation> operations, int channels) {
    return operations.stream()
        .filter(Operation.known()::contains)
        .flatMap(operation -> OperationBlock.refusal(operation, channels).stream())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** Channels of the stem. */
  public int stemChannels() {
    return stemMultiplier * initChannels;
  }

  @Override
  public SupernetNetwork network(
      EdgeSettings edges, Input input, Task task, int batch, int threads) {
    return new Supernet(this, edges, input, task, batch, threads);
  }

  @Override
  public CellPair derive(Derivation rule, float[] strength) {
    ArchitectureParameters layout = ArchitectureParameters.of(this);
    return kinds == 1
        ? rule.deriveOneKind(layout.normal(strength), operations, nodes)
        : rule.derive(layout.normal(strength), layout.reduction(strength), operations, nodes);
  }

  @Override
  public CellPair random(long seed, int number) {
    return RandomGenotype.of(seed, number, topology(), operations);
  }

  @Override
  public double[] shares(int dimensions) {
    return OperationWeights.shares(this, dimensions);
  }

  @Override
  public List<Operation> ranked() {
    return operations.stream().filter(OperationWeights::hasAny).toList();
  }

  @Override
  public CellTopology topology() {
    return CellTopology.convolutional(kinds, nodes);
  }

  /** How its cells are stacked. */
  public CellStack stack() {
    return new CellStack(initChannels, layers, kinds, reduceAfter);
  }

  /** {@inheritDoc} One or two layers are all reductions. */
  @Override
  public boolean hasNormalCells() {
    return stack().has(CellStack.kind(false));
  }
}
