package dev.fletch.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ImageExamples;
import dev.fletch.data.ImageShape;
import dev.fletch.gradient.Metric;
import dev.fletch.network.dl4j.Dl4jModel;
import dev.fletch.retrain.CandidateJob;
import dev.fletch.retrain.TrainedNetwork;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.settings.Sha256;

/**
 * {@code model/model.zip}, in DL4J's format, and {@code model/model.json}, which says what it is.
 * The second is gone while the first changes: it never describes another model.
 */
final class ModelFiles {
  static final String ZIP = "model/model.zip";
  static final String JSON = "model/model.json";
  private static final FormatVersion VERSION = new FormatVersion(1);

  private final RunFolder run;
  private final ObjectNode json = VERSION.start();

  ModelFiles(RunFolder run) {
    this.run = run;
  }

  /**
   * Writes both files.
   *
   * @param check what {@link ModelCheck} found
   */
  void write(TrainedNetwork trained, ImageExamples examples, Dl4jModel model, ModelCheck check) {
    byte[] zip = model.zip();
    CandidateJob job = trained.job();
    json.put("candidate", job.candidate())
        .put("seed", job.seed())
        .put("genotype", job.genotype().text())
        .put(trained.result().metric().field("test"), trained.result().testFigure())
        .put("parameters", trained.result().cost().parameters());
    json.putArray("inputShape")
        .add(examples.input().channels())
        .add(examples.input().height())
        .add(examples.input().width());
    preprocessing(examples, job.data());
    ArrayNode labels = json.putArray("labels");
    examples.classNames().forEach(labels::add);
    json.put("output", "softmax"); // a probability per label, in their order
    json.putArray("customLayers"); // a plain DL4J program can load it
    ObjectNode operations = json.putObject("operations");
    model.expressions().forEach(operations::put);
    json.putObject("check")
        .put("examples", check.examples())
        .put("largestDifference", check.largestDifference());
    json.put("sha256", Sha256.of(zip));
    run.delete(JSON);
    run.writeBytes(ZIP, zip);
    writeJson();
  }

  /**
   * From an image to an input: resized, its middle taken, then {@code (pixel / 255 - mean) / std},
   * per channel.
   */
  private void preprocessing(ImageExamples examples, DataSettings data) {
    ImageShape shape = examples.input();
    ObjectNode preprocessing = json.putObject("preprocessing");
    preprocessing.put("colourOrder", shape.channels() == 3 ? "RGB" : "grey").put("layout", "NCHW");
    if (data.resize() == 0) {
      preprocessing.putNull("resize");
    } else {
      preprocessing
          .putObject("resize")
          .put("shorterSide", data.resize())
          .put("filter", "bilinear, antialiased")
          .put("then", "middle square");
    }
    preprocessing
        .putObject("crop")
        .put("height", shape.height())
        .put("width", shape.width())
        .put("from", "middle");
    preprocessing.putArray("valueRange").add(0).add(1);
    ArrayNode mean = preprocessing.putArray("mean");
    examples.normalisation().mean().forEach(mean::add);
    ArrayNode std = preprocessing.putArray("std");
    examples.normalisation().std().forEach(std::add);
  }

  byte[] zip() {
    return run.readBytes(ZIP);
  }

  /** Adds what an evaluation of the written model gave. */
  void writeEvaluation(Metric metric, double figure, int examples) {
    json.putObject("evaluation")
        .put(metric.name(), figure)
        .put("examples", examples)
        .put("by", "dl4j-spark");
    writeJson();
  }

  private void writeJson() {
    run.writeText(JSON, json.toPrettyString() + "\n");
  }
}
