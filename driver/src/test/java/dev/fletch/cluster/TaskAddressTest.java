package dev.fletch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the tasks of an epoch are, and which of an executor's networks each takes. */
class TaskAddressTest {
  @Test
  void tasksOfOneProcessHaveANetworkEach() {
    TaskAddress first = new TaskAddress("a", 1, "0", List.of(1, 3));
    TaskAddress elsewhere = new TaskAddress("b", 1, "1", List.of());
    List<TaskAddress> all = List.of(first, elsewhere, first, first, first);

    assertThat(TaskAddress.lent(all, 0, 5)).isEqualTo(1);
    assertThat(TaskAddress.lent(all, 1, 5)).isZero();
    assertThat(TaskAddress.lent(all, 2, 5)).isEqualTo(3);
    assertThat(TaskAddress.lent(all, 3, 5)).isZero();
    assertThat(TaskAddress.lent(all, 4, 5)).isEqualTo(2);
    assertThat(TaskAddress.of(first.text())).isEqualTo(first);
    assertThat(TaskAddress.of(elsewhere.text())).isEqualTo(elsewhere);
  }
}
