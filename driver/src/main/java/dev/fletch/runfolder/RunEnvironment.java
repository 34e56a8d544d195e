package dev.fletch.runfolder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Versions of the software and the machine of this process; the same bits are promised on the same
 * kind of machine.
 */
public final class RunEnvironment {
  private static final String UNKNOWN = "unknown";
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private RunEnvironment() {}

  /** Name to value, in the order to be shown. */
  public static Map<String, String> here() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("fletch", Build.running().version());
    environment.put(
        "java",
        System.getProperty("java.runtime.version")
            + " ("
            + System.getProperty("java.vendor")
            + ")");
    environment.put("spark", property("/spark-version-info.properties"));
    environment.put("nd4j", mavenVersion("org.nd4j/nd4j-api"));
    environment.put(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    environment.put("cpu", cpu());
    environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return environment;
  }

  private static String mavenVersion(String artifact) {
    return property("/META-INF/maven/" + artifact + "/pom.properties");
  }

  private static String property(String resource) {
    try (InputStream in = RunEnvironment.class.getResourceAsStream(resource)) {
      if (in == null) {
        return UNKNOWN;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN + " (" + e.getMessage() + ")";
    }
  }

  private static String cpu() {
    if (!Files.isReadable(CPU_INFO)) {
      return UNKNOWN;
    }
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN + " (" + e.getMessage() + ")";
    }
  }
}
