package dev.fletch.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CUDA sources, compiled by g++ against an emulator of cards: {@code target/cuda-emulator} has
 * the libraries, which are compiled again when a source has changed.
 */
final class EmulatorBuild {
  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /** Where the kernels' sources are. */
  static final Path SOURCES = BASE.resolve("src/main/cuda");

  private static final Path EMULATOR = BASE.resolve("src/test/cuda");
  private static final Path COMPILED = BASE.resolve("target/cuda-emulator");

  // Products and sums stay what the sources say; a fused multiply-add is one where it is written.
  private static final List<String> OPTIONS =
      Arrays.asList(
          ("-O2 -march=native -shared -fPIC -std=c++17 -DFLETCH_EMULATOR -U_FORTIFY_SOURCE"
                  + " -ffp-contract=off -fno-math-errno -Wno-unknown-pragmas -x c++")
              .split(" "));

  private EmulatorBuild() {}

  /** Why nothing can be emulated here, in a sentence; null if it can. */
  static String missing() {
    try {
      run(List.of("g++", "--version"));
      return null;
    } catch (IOException e) {
      return "The kernels for cards were not tested: g++, which compiles them for the emulator, "
          + "is not on the PATH";
    }
  }

  /** All kernels, and what launches them. */
  static Path emulator() {
    return compiled("emulator", List.of(), List.of(SOURCES.resolve("all.cu")));
  }

  /** NVIDIA's driver of an emulated card, which knows the tests' own kernels. */
  static Path driver() {
    return compiled(
        "libcuda",
        List.of("-Wl,-soname,libcuda.so.1"),
        List.of(EMULATOR.resolve("emulated_libcuda.cc")));
  }

  private static Path compiled(String name, List<String> options, List<Path> sources) {
    try {
      Path finished = COMPILED.resolve(name + "-" + hash() + ".so");
      if (!Files.exists(finished)) {
        Files.createDirectories(COMPILED);
        Path unfinished = Files.createTempFile(COMPILED, "unfinished", ".so");
        List<String> command = new ArrayList<>(List.of("g++", "-o", unfinished.toString()));
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-I" + EMULATOR, "-I" + SOURCES));
        sources.forEach(source -> command.add(source.toString()));
        command.add(EMULATOR.resolve("emulator_test.cu").toString());
        command.add(EMULATOR.resolve("emulator.cc").toString());
        Result result = run(command);
        if (result.code() != 0) {
          throw new IllegalStateException("g++ refuses the CUDA sources:\n" + result.printed());
        }
        // At once, so that another process never loads a part.
        Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
      }
      return finished;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a program printed, and how it ended. */
  record Result(int code, String printed) {}

  static Result run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream out = process.getInputStream()) {
      String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), printed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static String hash() throws IOException {
    try (Stream<Path> sources = Files.list(SOURCES);
        Stream<Path> emulator = Files.list(EMULATOR)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(OPTIONS.toString().getBytes(StandardCharsets.UTF_8));
      for (Path file : Stream.concat(sources, emulator).sorted().toList()) {
        digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
