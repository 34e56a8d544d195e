package dev.fletch.run;

import org.apache.hadoop.conf.Configuration;

/**
 * The Hadoop configuration of this process as Spark will see it: the site files on the class path,
 * and every {@code spark.hadoop.X} that spark-submit has made a system property. So a check made
 * before Spark starts looks at the same file systems as the run.
 */
public final class HadoopProperties {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopProperties() {}

  public static Configuration read() {
    Configuration configuration = new Configuration();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        configuration.set(name.substring(PREFIX.length()), System.getProperty(name));
      }
    }
    return configuration;
  }
}
