package dev.fletch.runfolder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which Fletch this is, as the build has stamped it in.
 *
 * @param version of the release
 * @param commit of the sources, 40 hexadecimal digits, followed by {@code -dirty} if they were
 *     changed after it; {@code unknown} where they came without their history
 */
public record Build(String version, String commit) {
  private static final String FILE = "/dev/fletch/version.properties";
  private static final String UNKNOWN = "unknown";

  /** The running program's. */
  public static Build running() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream(FILE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE + " of the program itself", e);
    }
    String commit = stamped(properties, "commit");
    boolean isChanged = !commit.equals(UNKNOWN) && stamped(properties, "dirty").equals("true");
    return new Build(stamped(properties, "version"), isChanged ? commit + "-dirty" : commit);
  }

  /** A build by another tool than Maven leaves the place holders as they are. */
  private static String stamped(Properties properties, String key) {
    String value = properties.getProperty(key, "").strip();
    return value.isEmpty() || value.startsWith("${") ? UNKNOWN : value;
  }
}
