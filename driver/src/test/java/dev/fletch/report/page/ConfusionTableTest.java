package dev.fletch.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fletch.gradient.ConfusionMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTableTest {
  @Test
  void namesItsRowsAndColumns() {
    ConfusionMatrix confusion = ConfusionMatrix.of(new long[][] {{3, 1}, {0, 4}});

    String table = ConfusionTable.of(confusion, List.of("ant", "bee & wasp"), 1).html();

    assertThat(table)
        .contains("<th class='n'>ant</th>", "<th class='n'>bee &amp; wasp</th>")
        .contains("<tr><th>ant</th>", "<tr><th>bee &amp; wasp</th>");
  }
}
