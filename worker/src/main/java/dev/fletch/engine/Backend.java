package dev.fletch.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.nd4j.linalg.factory.Nd4j;

/** Which ND4J backend is on the class path. */
public final class Backend {
  private static final boolean CPU = Nd4j.getBackend().getClass().getSimpleName().startsWith("Cpu");

  private Backend() {}

  public static boolean isCpu() {
    return CPU;
  }

  /** For reports and benchmarks, for example {@code nd4j-native 1.0.0-M2.1}. */
  public static String name() {
    return (CPU ? "nd4j-native " : "nd4j-cuda ") + version();
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "of unknown version");
  }
}
