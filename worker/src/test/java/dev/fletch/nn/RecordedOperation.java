package dev.fletch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.data.TokenBatch;
import dev.fletch.data.TokenShape;
import dev.fletch.engine.Doubles;
import dev.fletch.engine.Examples;
import dev.fletch.engine.Matrix;
import dev.fletch.engine.NormalizedProduct;
import dev.fletch.engine.Pass;
import dev.fletch.engine.Plan;
import dev.fletch.engine.PlanBuilder;
import dev.fletch.engine.Sequences;
import dev.fletch.engine.Slot;
import dev.fletch.engine.WeightSlot;
import dev.fletch.engine.WeightSlot.Initialization;
import dev.fletch.nn.operation.Convolutions;
import dev.fletch.nn.operation.Convolutions.Round;
import dev.fletch.supernet.Npz;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One operation with recorded values: {@code NAME/x}, {@code NAME/y}, {@code NAME/dy}, {@code
 * NAME/param/...} and {@code NAME/grad/...}, texts padded to one length. Here texts are packed, so
 * only what is recorded at positions of a text is compared.
 *
 * @param settings of all operations
 * @param operation this one's
 */
record RecordedOperation(Npz arrays, JsonNode settings, JsonNode operation) {
  private static final double OUTPUT = 1e-5;
  private static final double GRADIENT = 1e-4;

  static RecordedOperation of(Path json, JsonNode settings, JsonNode operation) {
    Path npz = json.resolveSibling(json.getFileName().toString().replaceFirst("json$", "npz"));
    return new RecordedOperation(new Npz(npz), settings, operation);
  }

  void check() {
    switch (kind()) {
      case "separable_convolution" -> {
        Round round = new Round(integer("kernel"), 1, integer("dilation"));
        checkConvolutions(new Convolutions(List.of(round, round)));
      }
      case "dilated_convolution" ->
          checkConvolutions(
              new Convolutions(List.of(new Round(integer("kernel"), 1, integer("dilation")))));
      case "average_pool" -> checkBlock((p, x) -> Pool.of(p, false, integer("kernel"), x, 1));
      case "max_pool" -> checkBlock((p, x) -> Pool.of(p, true, integer("kernel"), x, 1));
      case "attention" -> checkBlock((p, x) -> SelfAttention.of(p, name(), x, integer("heads")));
      case "batch_norm" -> checkNorm();
      case "masked_mean" -> checkMean();
      case "embedding" -> checkEmbedding();
      default -> throw new IllegalArgumentException("Unknown kind of operation: " + operation);
    }
  }

  private String name() {
    return operation.required("name").textValue();
  }

  private String kind() {
    return operation.required("kind").textValue();
  }

  private int integer(String key) {
    return operation.required(key).intValue();
  }

  private int[] lengths() {
    return arrays.get("lengths").ints();
  }

  private int words() {
    return Arrays.stream(lengths()).sum();
  }

  private Slot texts(PlanBuilder plan) {
    Sequences texts = plan.sequences(lengths().length, settings.required("length").intValue());
    texts.take(lengths());
    return plan.slot(integer("channels"), texts);
  }

  /** {@code [batch, C, length]} as {@code [C, P]}. */
  private double[] packed(String array) {
    Npz.Values padded = arrays.get(name() + "/" + array);
    int channels = padded.shape()[1];
    int length = padded.shape()[2];
    double[] packed = new double[channels * words()];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      for (int n = 0; n < lengths().length; n++) {
        for (int i = 0; i < lengths()[n]; i++) {
          packed[at++] = padded.values()[(n * channels + c) * length + i];
        }
      }
    }
    return packed;
  }

  private void compare(String what, double[] actual, double[] recorded, double tolerance) {
    assertThat(actual).as("%s of %s", what, name()).hasSameSizeAs(recorded);
    double largest = Arrays.stream(recorded).map(Math::abs).max().orElseThrow();
    double deviation = 0;
    for (int i = 0; i < recorded.length; i++) {
      deviation = Math.max(deviation, Math.abs(actual[i] - recorded[i]));
    }
    assertThat(deviation)
        .as("deviation of %s of %s, which reaches %s", what, name(), largest)
        .isLessThanOrEqualTo(tolerance * largest);
  }

  /** The batch norms of a search have no gamma and beta; those of candidates begin with 1 and 0. */
  private void checkConvolutions(Convolutions form) {
    requireEpsilon();
    for (boolean affine : new boolean[] {false, true}) {
      checkBlock((plan, x) -> form.layOut(new Blocks(plan, affine), name(), x));
    }
  }

  private void requireEpsilon() {
    assertThat(settings.required("batch_norm_epsilon").doubleValue())
        .isEqualTo(NormalizedProduct.EPSILON);
  }

  private void checkBlock(BiFunction<PlanBuilder, Slot, Slot> block) {
    PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 0);
    Slot slot = texts(builder);
    GivenInput input = GivenInput.of(builder, slot, 0, 1);
    WeightedSum sum = WeightedSum.of(builder, block.apply(builder, slot));
    try (Plan plan = builder.build()) {
      giveWeights(plan);
      pass(plan, input, sum);
      compare("y", sum.values(), packed("y"), OUTPUT);
      compare("grad/x", input.gradient(), packed("grad/x"), GRADIENT);
      compareWeights(plan);
    }
  }

  private void pass(Plan plan, GivenInput input, WeightedSum sum) {
    double[] x = packed("x");
    double[] dy = packed("dy");
    System.arraycopy(x, 0, input.values(), 0, x.length);
    System.arraycopy(dy, 0, sum.factors(), 0, dy.length);
    plan.forward(true);
    plan.backward(true);
  }

  private List<String> recordedWeights() {
    return IntStream.range(0, operation.required("parameters").size())
        .mapToObj(i -> operation.required("parameters").required(i).textValue())
        .toList();
  }

  /** What it is called where it was recorded. */
  private String recordedName(WeightSlot slot) {
    return slot.name().substring(name().length() + 1);
  }

  private void giveWeights(Plan plan) {
    double[] target = plan.pass().weights().toDoubles();
    for (WeightSlot slot : plan.weightSlots()) {
      if (recordedWeights().contains(recordedName(slot))) {
        Npz.Values recorded = arrays.get(name() + "/param/" + recordedName(slot));
        assertThat(slot.shape()).as(slot.name()).containsExactly(recorded.shape());
        System.arraycopy(recorded.values(), 0, target, slot.offset(), slot.length());
      } else {
        assertThat(slot.initialization()).as(slot.name()).isNotEqualTo(Initialization.UNIFORM);
        double value = slot.initialization() == Initialization.ONES ? 1 : 0;
        Arrays.fill(target, slot.offset(), slot.offset() + slot.length(), value);
      }
    }
    plan.pass().weights().write(target);
  }

  private void compareWeights(Plan plan) {
    List<WeightSlot> recorded =
        plan.weightSlots().stream()
            .filter(slot -> recordedWeights().contains(recordedName(slot)))
            .toList();
    assertThat(recorded.stream().map(this::recordedName))
        .containsExactlyInAnyOrderElementsOf(recordedWeights());
    Pass pass = plan.pass();
    for (WeightSlot slot : recorded) {
      String array = "grad/" + recordedName(slot);
      int end = slot.offset() + slot.length();
      double[] actual = Arrays.copyOfRange(pass.weightGradient().toDoubles(), slot.offset(), end);
      compare(array, actual, arrays.get(name() + "/" + array).values(), GRADIENT);
    }
  }

  private void checkNorm() {
    requireEpsilon();
    PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 0);
    Slot slot = texts(builder);
    int channels = slot.channels();
    GivenInput input = GivenInput.of(builder, slot, 0, 1);
    Normalization norm = new Normalization(builder.kernels(), slot, builder.statistics(channels));
    builder.add(norm, List.of(slot), List.of(slot));
    WeightedSum sum = WeightedSum.of(builder, slot);
    try (Plan plan = builder.build()) {
      pass(plan, input, sum);
      compare("y", sum.values(), packed("y"), OUTPUT);
      compare("grad/x", input.gradient(), packed("grad/x"), GRADIENT);
      double[] statistics = plan.pass().batchStatistics().toDoubles();
      double[] biased = Arrays.copyOfRange(statistics, channels, 2 * channels);
      Arrays.setAll(biased, c -> biased[c] * (words() - 1) / words());
      double[] means = Arrays.copyOf(statistics, channels);
      compare("mean", means, arrays.get(name() + "/mean").values(), OUTPUT);
      compare("var", biased, arrays.get(name() + "/var").values(), OUTPUT);
    }
  }

  /** {@code [batch, C]} as {@code [C, batch]}. */
  private double[] turned(String array) {
    Npz.Values values = arrays.get(name() + "/" + array);
    int channels = values.shape()[1];
    int batch = values.shape()[0];
    double[] turned = new double[batch * channels];
    Arrays.setAll(turned, i -> values.values()[i % batch * channels + i / batch]);
    return turned;
  }

  private void checkMean() {
    PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 0);
    Examples places = texts(builder).extent().places();
    Matrix x = builder.matrix(integer("channels"), words());
    try (Plan plan = builder.build()) {
      assertThat(plan.bytes()).isPositive();
      checkMean(builder, places, x);
    }
  }

  private void checkMean(PlanBuilder builder, Examples places, Matrix x) {
    x.write(packed("x"));
    Doubles means = builder.kernels().doubles(integer("channels") * lengths().length);
    builder.kernels().exampleMeans(x, places, means);
    compare("y", means.toDoubles(), turned("y"), OUTPUT);
    double[] shares = turned("dy");
    Arrays.setAll(shares, i -> shares[i] / lengths()[i % lengths().length]);
    x.zero();
    means.write(shares);
    builder.kernels().addToExamples(means, places, x);
    double[] gradient = new double[x.rowCount() * words()];
    x.read(gradient);
    compare("grad/x", gradient, packed("grad/x"), GRADIENT);
  }

  private void checkEmbedding() {
    int length = settings.required("length").intValue();
    TokenShape shape = new TokenShape(length, integer("vocabulary"));
    int[] padded = arrays.get(name() + "/x").ints();
    int[] words =
        IntStream.range(0, padded.length)
            .filter(i -> i % length < lengths()[i / length])
            .map(i -> padded[i])
            .toArray();
    int[] none = new int[lengths().length];
    PlanBuilder builder = new PlanBuilder(DataType.FLOAT, 1, 0);
    Entry entry = Entry.of(shape, lengths().length, builder);
    ((Sequences) entry.slot().extent()).take(lengths());
    Slot output =
        Embedding.of(
            builder,
            name() + ".weight",
            shape,
            entry.slot(),
            integer("channels"),
            extent -> Optional.empty());
    WeightedSum sum = WeightedSum.of(builder, output);
    try (Plan plan = builder.build()) {
      entry.load(new TokenBatch(shape, words, lengths(), none, none));
      giveWeights(plan);
      double[] dy = packed("dy");
      System.arraycopy(dy, 0, sum.factors(), 0, dy.length);
      plan.forward(true);
      plan.backward(true);
      compare("y", sum.values(), packed("y"), OUTPUT);
      compareWeights(plan);
      assertThat(Arrays.copyOf(plan.pass().weightGradient().toDoubles(), integer("channels")))
          .as("gradient of the word for padding")
          .containsOnly(0);
    }
  }
}
