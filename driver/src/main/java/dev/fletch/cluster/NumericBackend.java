package dev.fletch.cluster;

import java.util.List;
import java.util.Objects;

/**
 * Which ND4J backend the class path holds, found without loading a class of it: natives take
 * seconds to load, and the CUDA ones fail where there is no GPU.
 */
final class NumericBackend {
  private static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final String CPU = "org/nd4j/linalg/cpu/nativecpu/bindings/%s/libnd4jcpu.so";
  private static final String PLATFORM = "linux-x86_64";

  /** Fastest first: the one ND4J prefers is not known before it is loaded. */
  private static final List<String> EXTENSIONS =
      List.of("-onednn-avx512", "-onednn-avx2", "-onednn", "-avx512", "-avx2", "");

  private NumericBackend() {}

  static boolean isCuda() {
    return onClassPath(CUDA);
  }

  /** For a person: {@code nd4j-cuda}, or {@code nd4j-native linux-x86_64-onednn-avx2}. */
  static String describe() {
    if (isCuda()) {
      return "nd4j-cuda";
    }
    return EXTENSIONS.stream()
        .map(extension -> PLATFORM + extension)
        .filter(platform -> onClassPath(CPU.formatted(platform)))
        .findFirst()
        .map(platform -> "nd4j-native " + platform)
        .orElse("nd4j-native without natives for " + PLATFORM);
  }

  private static boolean onClassPath(String resource) {
    ClassLoader loader =
        Objects.requireNonNullElse(
            Thread.currentThread().getContextClassLoader(), NumericBackend.class.getClassLoader());
    return loader.getResource(resource) != null;
  }
}
