package dev.fletch.supernet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.bilevel.UnrolledSettings;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.data.StreamBatch;
import dev.fletch.data.StreamShape;
import dev.fletch.engine.WeightSlot;
import dev.fletch.network.RecurrentNetwork;
import dev.fletch.nn.recurrent.LanguageModelNetwork;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.SgdSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A recorded search or some windows of the recurrent half of the reference: {@code NAME.json} holds
 * its settings, {@code NAME.npz} its arrays.
 */
record RecurrentCase(JsonNode json, Npz arrays) implements ExampleSource {
  static RecurrentCase read(Path json) {
    GoldenCase read = GoldenCase.read(json);
    return new RecurrentCase(read.json(), read.arrays());
  }

  double number(String key) {
    return json.required(key).doubleValue();
  }

  int integer(String key) {
    return json.required(key).intValue();
  }

  @Override
  public StreamShape input() {
    return new StreamShape(integer("vocabulary"), integer("bptt"));
  }

  SgdSettings sgd() {
    return new SgdSettings(0, number("weight_decay"));
  }

  AdamSettings adam() {
    JsonNode betas = json.required("arch_betas");
    return new AdamSettings(
        betas.required(0).doubleValue(),
        betas.required(1).doubleValue(),
        number("arch_epsilon"),
        number("arch_weight_decay"));
  }

  /** How the reference takes the unrolled step. */
  UnrolledSettings unrolled() {
    boolean stepped = json.path("unrolled_steps_embedding").booleanValue();
    return new UnrolledSettings(
        true, stepped ? UnrolledSettings.Embedding.STEPPED : UnrolledSettings.Embedding.KEPT);
  }

  List<Operation> operations() {
    return StreamSupport.stream(json.required("primitives").spliterator(), false)
        .map(name -> new Operation(name.textValue()))
        .toList();
  }

  /** Without dropout: masks are given where there is some. */
  RecurrentSettings settings() {
    return new RecurrentSettings(
        integer("nhid"),
        RecurrentDropout.NONE,
        number("activation_regularisation"),
        number("slowness_regularisation"));
  }

  boolean isSearch() {
    return !json.has("genotype");
  }

  RecurrentSupernet supernet() {
    return new RecurrentSupernet(
        settings(), integer("nodes"), operations(), input(), integer("batch"), 2);
  }

  LanguageModelNetwork network() {
    return isSearch()
        ? supernet()
        : new RecurrentNetwork(
            cell(json.required("genotype")), settings(), input(), integer("batch"), 2);
  }

  /** From {@code {"recurrent": [[function, state], ...]}}. */
  static RecurrentCell cell(JsonNode genotype) {
    List<Gene> genes = new ArrayList<>();
    for (JsonNode pair : genotype.required("recurrent")) {
      genes.add(new Gene(new Operation(pair.required(0).textValue()), pair.required(1).intValue()));
    }
    return new RecurrentCell(genes);
  }

  /** The recorded weights {@code PREFIX + name} in our order. */
  float[] weights(String prefix, List<WeightSlot> slots) {
    float[] weights = new float[slots.stream().mapToInt(WeightSlot::length).sum()];
    for (WeightSlot slot : slots) {
      float[] values = arrays.floats(prefix + slot.name());
      System.arraycopy(values, 0, weights, slot.offset(), values.length);
    }
    return weights;
  }

  @Override
  public int classes() {
    return integer("vocabulary");
  }

  @Override
  public int size(Portion portion) {
    return integer("steps") * integer("batch") * integer("bptt");
  }

  @Override
  public double rateFactor(Portion portion, StepId at) {
    double length = json.required("sequence_lengths").required(at.step()).doubleValue();
    return length / integer("bptt");
  }

  @Override
  public StreamBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    String letter = portion == Portion.WEIGHTS ? "t" : "v";
    String step = "step" + at.step();
    return batch(step + "/x" + letter, step + "/y" + letter, new float[0]);
  }

  @Override
  public StreamBatch evaluation(Portion portion, int from, int to) {
    throw new UnsupportedOperationException("recorded cases are not evaluated so");
  }

  /** A window of the arrays {@code tokens} and {@code targets}, after {@code state}. */
  StreamBatch batch(String tokens, String targets, float[] state) {
    int[] words = arrays.get(tokens).ints();
    return new StreamBatch(
        input(),
        integer("batch"),
        words,
        arrays.get(targets).ints(),
        IntStream.range(0, words.length).toArray(),
        state);
  }
}
