package dev.fletch.engine;

import org.nd4j.linalg.factory.Nd4j;

/** Which ND4J backend is on the class path. */
public final class Backend {
  private static final boolean CPU = Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");

  private Backend() {}

  public static boolean isCpu() {
    return CPU;
  }

  /** For reports and the start line, for example {@code nd4j-native 1.0.0-M2.1}. */
  public static String name() {
    return (CPU ? "nd4j-native" : "nd4j-cuda")
        + " "
        + Nd4j.class.getPackage().getImplementationVersion();
  }
}
