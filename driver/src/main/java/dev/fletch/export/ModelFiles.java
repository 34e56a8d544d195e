package dev.fletch.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.data.DataSet;
import dev.fletch.data.DataSettings;
import dev.fletch.data.ImageExamples;
import dev.fletch.data.ImageShape;
import dev.fletch.data.TextExamples;
import dev.fletch.data.TextFormat;
import dev.fletch.data.TextSettings;
import dev.fletch.data.text.Replacements;
import dev.fletch.data.text.Vocabulary;
import dev.fletch.gradient.Metric;
import dev.fletch.network.dl4j.Dl4jModel;
import dev.fletch.retrain.CandidateJob;
import dev.fletch.retrain.TrainedNetwork;
import dev.fletch.run.VocabularyFile;
import dev.fletch.runfolder.FormatVersion;
import dev.fletch.runfolder.RunFolder;
import dev.fletch.settings.Sha256;
import java.util.Locale;

/**
 * {@code model/model.zip}, in DL4J's format, and {@code model/model.json}, which says what it is;
 * for texts the words that the model knows too. The second is gone while the others change: it
 * never describes another model.
 */
final class ModelFiles {
  static final String ZIP = "model/model.zip";
  static final String JSON = "model/model.json";
  private static final String FOLDER = "model/";
  private static final FormatVersion VERSION = new FormatVersion(1);

  private final RunFolder run;
  private final ObjectNode json = VERSION.start();

  ModelFiles(RunFolder run) {
    this.run = run;
  }

  /**
   * Writes the files.
   *
   * @param check what {@link ModelCheck} found
   */
  void write(TrainedNetwork trained, DataSet examples, Dl4jModel model, ModelCheck check) {
    byte[] zip = model.zip();
    CandidateJob job = trained.job();
    json.put("candidate", job.candidate())
        .put("seed", job.seed())
        .put("genotype", job.genotype().text())
        .put(trained.result().metric().field("test"), trained.result().testFigure())
        .put("parameters", trained.result().cost().parameters());
    ArrayNode shape = json.putArray("inputShape");
    ObjectNode preprocessing = json.putObject("preprocessing");
    if (examples instanceof ImageExamples images) {
      ImageShape input = images.input();
      shape.add(input.channels()).add(input.height()).add(input.width());
      preprocessing(images, job.data(), preprocessing);
    } else if (examples instanceof TextExamples texts) {
      shape.add(texts.input().length());
      preprocessing(job.data(), preprocessing);
    }
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
    if (examples instanceof TextExamples) {
      run.writeText(FOLDER + VocabularyFile.NAME, run.readText(VocabularyFile.NAME));
    }
    run.writeBytes(ZIP, zip);
    writeJson();
  }

  /**
   * From an image to an input: resized, its middle taken, then {@code (pixel / 255 - mean) / std},
   * per channel.
   */
  private static void preprocessing(
      ImageExamples examples, DataSettings data, ObjectNode preprocessing) {
    ImageShape shape = examples.input();
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

  /**
   * From a text to an input: what is replaced first, words, cut, each its place in the vocabulary.
   * The model takes texts of any length; those of a minibatch end with the number for padding.
   */
  static void preprocessing(DataSettings data, ObjectNode preprocessing) {
    TextSettings texts = data.text();
    Replacements replacements = ((TextFormat) data.format()).replacements();
    preprocessing.put("layout", "NT");
    ObjectNode parts = preprocessing.putObject("replace");
    replacements.parts().forEach(parts::put);
    ObjectNode words = preprocessing.putObject("replaceWords");
    replacements.words().forEach(words::put);
    preprocessing
        .put("tokenizer", texts.tokenizer().name().toLowerCase(Locale.ROOT))
        .put("maxLength", texts.maxLength())
        .put("vocabulary", VocabularyFile.NAME)
        .put("padding", Vocabulary.PADDING)
        .put("unknown", Vocabulary.UNKNOWN);
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
