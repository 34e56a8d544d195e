package dev.fletch.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.architecture.JsonFields;
import dev.fletch.gradient.Metrics;
import org.junit.jupiter.api.Test;

class MetricFieldTest {
  @Test
  void theDefaultGoesWithoutSaying() {
    ObjectNode json = Json.object();
    MetricField.write(json, Metrics.DEFAULT);
    assertThat(json).isEmpty();
    assertThat(MetricField.read(JsonFields.open(json))).isEqualTo(Metrics.DEFAULT);
  }

  @Test
  void anotherMetricIsNamed() {
    ObjectNode json = Json.object();
    MetricField.write(json, new PerplexityMetric());
    assertThat(json.toString()).isEqualTo("{\"metric\":\"perplexity\"}");
  }

  @Test
  void aNameIsRead() {
    assertThat(MetricField.read(Json.object("{\"metric\": \"accuracy\"}")))
        .isEqualTo(Metrics.ACCURACY);
    assertThatThrownBy(() -> MetricField.read(Json.object("{\"metric\": \"speed\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metric must be one of accuracy, perplexity, got speed");
  }
}
