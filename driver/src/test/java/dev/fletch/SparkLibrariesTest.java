package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import org.apache.spark.package$;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The versions that Spark 3.5 works with; each other one fails late and obscurely. */
class SparkLibrariesTest {
  @Test
  void scalaIsTheOneThatSparkWasBuiltWith() {
    assertThat(package$.MODULE$.SPARK_VERSION()).startsWith("3.5.");
    assertThat(scala.util.Properties.versionNumberString()).isEqualTo("2.12.18");
  }

  @Test
  void jacksonIsTheOneThatSparkWasBuiltWith() {
    assertThat(PackageVersion.VERSION).hasToString("2.15.2");
  }

  @Test
  void logLinesReachLog4j() {
    assertThat(LoggerFactory.getILoggerFactory().getClass().getName()).contains("Log4j");
  }
}
