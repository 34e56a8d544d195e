package dev.fletch.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fletch.architecture.Architecture;
import dev.fletch.data.Batch;
import dev.fletch.data.ImageBatch;
import dev.fletch.data.ImageShape;
import dev.fletch.data.TokenBatch;
import dev.fletch.network.ArchitectureNetwork;
import dev.fletch.network.CandidateSettings;
import dev.fletch.network.Networks;
import dev.fletch.task.Classification;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Who loads an exported model has DL4J and none of our classes. */
class PlainProgramTest {
  @TempDir Path folder;

  @Test
  void aProgramWithoutOurClassesPredictsTheSame() throws Exception {
    ImageBatch batch = SampleNetworks.images(4, 15, 14);
    ImageShape shape = batch.input();
    write(batch.images(), batch.size(), shape.channels(), shape.height(), shape.width());
    assertPredictsTheSame(SampleNetworks.EVERYTHING, SampleNetworks.settings(3), batch);
  }

  @Test
  void soItDoesOfTexts() throws Exception {
    TokenBatch batch = SampleNetworks.texts(4, 1, 9);
    INDArray words = Dl4jModel.features(batch);
    write(words.data().asFloat(), (int) words.size(0), (int) words.size(1));
    assertPredictsTheSame(TextModelTest.EVERYTHING, TextModelTest.settings(3, List.of()), batch);
  }

  private void assertPredictsTheSame(
      Architecture architecture, CandidateSettings settings, Batch batch) throws Exception {
    double[] expected;
    try (ArchitectureNetwork network =
        Networks.of(
            architecture,
            settings,
            batch.input(),
            new Classification(SampleNetworks.CLASSES),
            batch.size(),
            1)) {
      float[] weights = SampleNetworks.weights(network);
      float[] statistics = SampleNetworks.statistics(network, batch, weights);
      expected = SampleNetworks.probabilities(network, batch, weights, statistics);
      try (Dl4jModel model =
          Dl4jModel.of(
              architecture, settings, batch.input(), SampleNetworks.CLASSES, weights, statistics)) {
        Files.write(folder.resolve("model.zip"), model.zip());
      }
    }
    List<Double> actual = predict().lines().map(Double::valueOf).toList();
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.get(i)).isCloseTo(expected[i], within(1e-4));
    }
  }

  private void write(float[] values, int... sizes) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(folder.resolve("examples")))) {
      out.writeInt(sizes.length);
      for (int size : sizes) {
        out.writeInt(size);
      }
      for (float value : values) {
        out.writeFloat(value);
      }
    }
  }

  /** What the program prints. */
  private String predict() throws IOException, InterruptedException {
    Path source = folder.resolve("Predict.java");
    try (InputStream in = PlainProgramTest.class.getResourceAsStream("Predict.java")) {
      Files.write(source, in.readAllBytes());
    }
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jarsOnly(),
                source.toString(),
                folder.resolve("model.zip").toString(),
                folder.resolve("examples").toString())
            .redirectError(errors.toFile())
            .start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  /** The class path of the tests without folders of classes, which are ours. */
  private static String jarsOnly() {
    String surefire = System.getProperty("surefire.test.class.path");
    String all = surefire == null ? System.getProperty("java.class.path") : surefire;
    String jars =
        Arrays.stream(all.split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(jars).doesNotContain("fletch-worker");
    return jars;
  }
}
