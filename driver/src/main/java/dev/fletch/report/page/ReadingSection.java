package dev.fletch.report.page;

import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.RunReport;
import java.util.ArrayList;
import java.util.List;

/** How to read the page, and on what the numbers were made. */
final class ReadingSection {
  private static final Markup LEGEND =
      Markup.of(
          """
<dl class='legend'>
<div><dt>Supernet and candidate</dt><dd>The search trains one large network, the supernet,
in which every edge mixes all operations. A candidate keeps only the strongest ones
and is trained again from scratch; only its test accuracy counts.</dd></div>
<div><dt>Cells</dt><dd>A network stacks two kinds of cells: normal ones keep the image
size, reduction ones halve it. A cell reads the outputs of the two cells before it,
c<sub>k−2</sub> and c<sub>k−1</sub>; nodes 0, 1, 2, … add up what reaches them; the
output c<sub>k</sub> joins all nodes. The genotype's text counts states instead: 0 and 1
are the inputs, 2 is node 0.</dd></div>
<div><dt>Alpha and temperature</dt><dd>In DARTS mixing weights are softmax(alpha / T); some
methods take a sigmoid instead, or draw them, and then alpha's probabilities are shown. A high
temperature T makes them equal, a low one lets the strongest win. The entropy says how
undecided the edges still are; the dashed line is that of equal weights.</dd></div>
<div><dt>Collapse</dt><dd>When skip connections fill more than half of the normal cell,
the search has collapsed: the supernet trains faster with them, the candidate does
not get better.</dd></div>
<div><dt>Discretisation gap</dt><dd>What the supernet loses in validation accuracy when only
the genotype's operations are left, each with weight 1, and nothing is trained anew; the
statistics of batch norm are measured anew for both. A large
gap says that the supernet's accuracy tells little about the candidate.</dd></div>
<div><dt>Eigenvalue</dt><dd>The largest eigenvalue of the Hessian of the validation loss in
alpha, or in alpha / T: how sharp the optimum is. When it grows fast, genotypes tend to get worse.</dd></div>
<div><dt>Lambda</dt><dd>λ weighs how complex a network may be, against its accuracy. A
hypernetwork takes it as input and gives a genotype for every λ from one search.</dd></div>
<div><dt>Spread</dt><dd>± is the sample standard deviation over seeds, in percentage
points. With a single seed there is none, and small differences mean nothing.</dd></div>
<div><dt>Noise</dt><dd>The leader is compared with every other candidate by a paired
t-test over common seeds, two-sided. The leader was chosen by the same accuracies and
nothing is corrected for the number of comparisons, so take p rather as too small. The
95 % confidence (Wilson's interval) is what the choice of test examples leaves open, even
with one seed.</dd></div>
<div><dt>Macro averages</dt><dd>Precision, recall and F1 are means over all classes, each
class counting the same; a class never predicted has precision 0, one that never occurs
recall 0.</dd></div>
<div><dt>Multiply-adds</dt><dd>Of convolutions and linear layers for one example, without the
auxiliary head, as in published tables.</dd></div>
</dl>
""");

  private ReadingSection() {}

  static Markup of(RunReport report) {
    List<Markup> content = new ArrayList<>();
    content.add(LEGEND);
    if (!report.environment().isEmpty()) {
      List<Markup> rows = new ArrayList<>();
      report
          .environment()
          .forEach(
              (key, value) -> rows.add(Markup.of("<tr><th>{}</th><td>{}</td></tr>", key, value)));
      content.add(
          Markup.of(
              "<h3>Environment</h3><div class='scroll'><table class='environment'>"
                  + "<tbody>{}</tbody></table></div>",
              rows));
    }
    return Section.of("reading", "How to read this", "", content);
  }
}
