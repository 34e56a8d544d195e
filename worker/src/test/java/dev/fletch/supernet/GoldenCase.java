package dev.fletch.supernet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fletch.architecture.CellGenotype;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Gene;
import dev.fletch.architecture.Operation;
import dev.fletch.data.ExampleSource;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.Portion;
import dev.fletch.data.StepId;
import dev.fletch.optimizer.AdamSettings;
import dev.fletch.optimizer.SgdSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * One recorded search of the reference implementation: {@code NAME.json} holds its settings, {@code
 * NAME.npz} its arrays. As an example source it serves the recorded minibatches.
 */
record GoldenCase(JsonNode json, Npz arrays) implements ExampleSource {
  static GoldenCase read(Path json) {
    Path npz = json.resolveSibling(json.getFileName().toString().replaceFirst("json$", "npz"));
    return new GoldenCase(readJson(json), new Npz(npz));
  }

  static JsonNode readJson(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  double number(String key) {
    return json.required(key).doubleValue();
  }

  int integer(String key) {
    return json.required(key).intValue();
  }

  SupernetSettings supernet() {
    int channels = integer("init_channels");
    List<Operation> operations =
        StreamSupport.stream(json.required("primitives").spliterator(), false)
            .map(name -> Operation.find(name.textValue()).orElseThrow())
            .toList();
    return new SupernetSettings(
        channels,
        integer("layers"),
        nodes(arrays.get("alpha/normal").shape()[0]),
        arrays.get("param/stem.0.weight").shape()[0] / channels,
        operations);
  }

  SgdSettings sgd() {
    return new SgdSettings(number("momentum"), number("weight_decay"));
  }

  AdamSettings adam() {
    JsonNode betas = json.required("arch_betas");
    // 1e-8 is PyTorch's default, which the reference leaves alone.
    return new AdamSettings(
        betas.required(0).doubleValue(),
        betas.required(1).doubleValue(),
        1e-8,
        number("arch_weight_decay"));
  }

  /** {@code PREFIXnormal} and {@code PREFIXreduce} in alpha's layout. */
  float[] bothCells(String prefix) {
    return bothCells(arrays, prefix);
  }

  static float[] bothCells(Npz arrays, String prefix) {
    float[] normal = arrays.floats(prefix + "normal");
    float[] reduction = arrays.floats(prefix + "reduce");
    float[] both = new float[normal.length + reduction.length];
    System.arraycopy(normal, 0, both, 0, normal.length);
    System.arraycopy(reduction, 0, both, normal.length, reduction.length);
    return both;
  }

  CellPair finalGenotype() {
    return genotype(json.required("final_genotype"));
  }

  /** From {@code {"normal": [[operation, input], ...], "reduce": ...}}, two genes per node. */
  static CellPair genotype(JsonNode cells) {
    return new CellPair(cell(cells.required("normal")), cell(cells.required("reduce")));
  }

  private static CellGenotype cell(JsonNode genes) {
    List<List<Gene>> nodes = new ArrayList<>();
    for (int i = 0; i < genes.size(); i += 2) {
      nodes.add(List.of(gene(genes.get(i)), gene(genes.get(i + 1))));
    }
    return new CellGenotype(nodes);
  }

  private static Gene gene(JsonNode pair) {
    Operation operation = Operation.find(pair.required(0).textValue()).orElseThrow();
    return new Gene(operation, pair.required(1).intValue());
  }

  /** Nodes of a cell with so many edges: 2 + 3 + ... + (nodes + 1). */
  static int nodes(int edges) {
    int nodes = 0;
    for (int left = edges; left > 0; left -= nodes + 1) {
      nodes++;
    }
    return nodes;
  }

  @Override
  public ImageShape input() {
    JsonNode image = json.required("image");
    return new ImageShape(
        image.required(0).intValue(), image.required(1).intValue(), image.required(2).intValue());
  }

  @Override
  public int classes() {
    return integer("classes");
  }

  @Override
  public int size(Portion portion) {
    return integer("steps") * integer("batch");
  }

  @Override
  public ImageBatch training(Portion portion, StepId at, int replica, int replicas, int batch) {
    String letter = portion == Portion.WEIGHTS ? "t" : "v";
    int[] labels = arrays.get("step" + at.step() + "/y" + letter).ints();
    float[] images = arrays.floats("step" + at.step() + "/x" + letter);
    return new ImageBatch(input(), images, labels, IntStream.range(0, labels.length).toArray());
  }

  @Override
  public ImageBatch evaluation(Portion portion, int from, int to) {
    throw new UnsupportedOperationException("Nothing was recorded in evaluation mode");
  }
}
