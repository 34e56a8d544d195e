package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeRulesTest {
  @Test
  void sparkMustNotAddOrTakeAwayTasks() {
    SparkConf conf = new SparkConf(false);
    ExchangeRules.require(conf);
    assertThatThrownBy(
            () ->
                ExchangeRules.require(conf.clone().set("spark.dynamicAllocation.enabled", "true")))
        .hasMessage(
            "Executors cannot average gradients among themselves: spark.dynamicAllocation.enabled"
                + " is true, and executors that come and go cannot run one epoch together: set it"
                + " to false, or set exchange = driver");
    assertThatThrownBy(() -> ExchangeRules.require(conf.clone().set("spark.speculation", "true")))
        .hasMessageContaining("spark.speculation is true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.network.crypto.enabled",
        "spark.authenticate.enableSaslEncryption",
        "spark.ssl.enabled",
        "spark.ssl.rpc.enabled"
      })
  void whoWantsEncryptionIsNotGivenLess(String key) {
    assertThatThrownBy(() -> ExchangeRules.require(new SparkConf(false).set(key, "true")))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Executors cannot average gradients among themselves: "
                + key
                + " is true, and what they would tell each other is not encrypted: set exchange ="
                + " driver");
  }
}
