package dev.fletch.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelImagesTest {
  private static KernelImages images(String names) {
    return new KernelImages(
        file ->
            file.equals(KernelImages.MANIFEST)
                ? new ByteArrayInputStream(("images=" + names).getBytes(StandardCharsets.UTF_8))
                : zipped("content of " + file));
  }

  private static InputStream zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "75, sm_75 compute_75",
    "80, sm_80 compute_75",
    "86, sm_86 compute_75",
    "89, sm_86 compute_75",
    "90, sm_90 compute_75",
    "100, sm_100 compute_75",
    "103, sm_100 compute_75",
    "110, compute_75",
    "120, sm_120 compute_75",
  })
  void machineCodeOfTheSameGenerationComesBeforePtx(int capability, String names) {
    List<KernelImages.Image> fitting =
        images("sm_75 sm_80 sm_86 sm_90 sm_100 sm_120 compute_75").fitting(capability);

    assertThat(fitting.stream().map(KernelImages.Image::name).collect(Collectors.joining(" ")))
        .isEqualTo(names);
  }

  @Test
  void ptxEndsWithAZeroAndMachineCodeIsWhatItIs() {
    List<KernelImages.Image> fitting = images("sm_75 compute_75").fitting(75);

    assertThat(new String(fitting.get(0).bytes(), StandardCharsets.UTF_8))
        .isEqualTo("content of sm_75.cubin.gz");
    assertThat(new String(fitting.get(1).bytes(), StandardCharsets.UTF_8))
        .isEqualTo("content of compute_75.ptx.gz\0");
  }

  @Test
  void saysWhichCardsThereIsNothingFor() {
    assertThatThrownBy(() -> images("sm_80 sm_90 compute_75").fitting(61))
        .isInstanceOf(DriverException.class)
        .hasMessage(
            "No kernels for a card of compute capability 6.1: there are sm_80, sm_90, compute_75");
    assertThatThrownBy(() -> new KernelImages(file -> null))
        .isInstanceOf(DriverException.class)
        .hasMessage(
            "This build of Fletch has no kernels for cards:"
                + " run deploy/cuda-compile and build it again");
  }

  @Test
  void areOfTheSourcesThatThereAre() throws IOException {
    KernelImages images = KernelImages.ofThisLibrary();
    assertThat(images.sources())
        .as("Kernels have changed: run deploy/cuda-compile")
        .isEqualTo(hashes());
    for (int capability : new int[] {75, 80, 86, 89, 90, 100, 103, 120}) {
      assertThat(images.fitting(capability)).hasSize(2);
    }
  }

  private static Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(EmulatorBuild.SOURCES)) {
      for (Path file : files.toList()) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        hashes.put(
            file.getFileName().toString(),
            HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return hashes;
  }

  /** The images' sources are known by their checksums: this says early what cuda-compile would. */
  @Test
  @Tag("slow")
  void nvccTakesTheSourcesWithoutAWarning(@TempDir Path folder) throws IOException {
    EmulatorBuild.Result result = compile(folder.resolve("all.cubin"));

    assertThat(result.printed()).isEmpty();
    assertThat(result.code()).isZero();
  }

  private static EmulatorBuild.Result compile(Path to) throws IOException {
    try {
      EmulatorBuild.run(List.of("nvcc", "--version"));
    } catch (IOException e) {
      return abort("The kernels were not compiled for cards: nvcc is not on the PATH");
    }
    String source = EmulatorBuild.SOURCES.resolve("all.cu").toString();
    return EmulatorBuild.run(
        List.of(
            "nvcc",
            "-std=c++17",
            "-cubin",
            "-arch=sm_75",
            "-Werror",
            "all-warnings",
            "-o",
            to.toString(),
            source));
  }
}
