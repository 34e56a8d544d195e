package dev.fletch.runfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.gradient.Score;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class MetricFieldTest {
  /** Another metric than the default: less is better. */
  private record Loss() implements Metric {
    @Override
    public String name() {
      return "loss";
    }

    @Override
    public double of(Score score) {
      return score.loss();
    }

    @Override
    public Comparator<Double> bestFirst() {
      return Comparator.naturalOrder();
    }

    @Override
    public String text(double value) {
      return Double.toString(value);
    }
  }

  @Test
  void theDefaultGoesWithoutSaying() {
    ObjectNode json = Json.object();
    MetricField.write(json, Metrics.DEFAULT);
    assertThat(json).isEmpty();
    assertThat(MetricField.read(new JsonFields(json))).isEqualTo(Metrics.DEFAULT);
  }

  @Test
  void anotherMetricIsNamed() {
    ObjectNode json = Json.object();
    MetricField.write(json, new Loss());
    assertThat(json.toString()).isEqualTo("{\"metric\":\"loss\"}");
  }

  @Test
  void aNameIsRead() {
    assertThat(MetricField.read(Json.object("{\"metric\": \"accuracy\"}")))
        .isEqualTo(Metrics.ACCURACY);
    assertThatThrownBy(() -> MetricField.read(Json.object("{\"metric\": \"speed\"}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metric must be one of accuracy, got speed");
  }
}
