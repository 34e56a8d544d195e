package dev.fletch.report.page;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.RecurrentCell;
import dev.fletch.gradient.Metric;
import dev.fletch.gradient.Metrics;
import dev.fletch.report.draw.Markup;
import dev.fletch.report.model.CandidateReport;
import dev.fletch.report.model.RunReport;
import dev.fletch.search.EpochRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the words of a page mean: those that a run has. */
final class Legend {
  private static final String CELLS =
      """
<div><dt>Supernet and candidate</dt><dd>The search trains one large network, the supernet,
in which every edge mixes all operations. A candidate keeps only the strongest ones
and is trained again from scratch; only its test {} counts.</dd></div>
<div><dt>Cells</dt><dd>A network stacks two kinds of cells: normal ones keep the image
size, reduction ones halve it. A cell reads the outputs of the two cells before it,
c<sub>k−2</sub> and c<sub>k−1</sub>; nodes 0, 1, 2, … add up what reaches them; the
output c<sub>k</sub> joins all nodes. The genotype's text counts states instead: 0 and 1
are the inputs, 2 is node 0.</dd></div>
<div><dt>Collapse</dt><dd>When skip connections fill more than half of the normal cell,
the search has collapsed: the supernet trains faster with them, the candidate does
not get better.</dd></div>
<div><dt>Lambda</dt><dd>λ weighs how complex a network may be, against its accuracy. A
hypernetwork takes it as input and gives a genotype for every λ from one search.</dd></div>
""";

  private static final String RECURRENT =
      """
<div><dt>Supernet and candidate</dt><dd>The search trains one recurrent network, the supernet,
in whose cell every edge mixes all functions. A candidate keeps one edge for each node, with one
function, and is trained again from scratch; only its test {} counts.</dd></div>
<div><dt>Recurrent cell</dt><dd>At each time the cell reads the word x<sub>t</sub> and what it gave
last, h<sub>t−1</sub>; a gated tanh makes state 0 of them. Every other state is made of one before
it: a function of that state's product with a matrix, let through by a gate. The cell gives
h<sub>t</sub>, the mean of the states that lead to it. The genotype's text counts states in the same
way, from state 1 on: relu:0 is the relu of state 0.</dd></div>
<div><dt>Perplexity</dt><dd>exp of the mean loss of a word: among how many equally likely words the
model chooses, as it were. Less is better, and nothing is below 1.</dd></div>
<div><dt>Identities</dt><dd>Nodes whose function is the identity. When they are more than half of
the cell, it counts as collapsed: it is hardly more than linear.</dd></div>
""";

  private static final Markup SUPERNETS =
      Markup.of(
          """
<div><dt>Alpha and temperature</dt><dd>In DARTS mixing weights are softmax(alpha / T); some
methods take a sigmoid instead, or draw them, and then alpha's probabilities are shown. A high
temperature T makes them equal, a low one lets the strongest win. The entropy says how
undecided the edges still are; the dashed line is that of equal weights.</dd></div>
<div><dt>Discretisation gap</dt><dd>What the supernet loses on validation data when only
the genotype's operations are left, each with weight 1, and nothing is trained anew; the
statistics of batch norm are measured anew for both. A large
gap says that the supernet's figures tell little about the candidate.</dd></div>
<div><dt>Eigenvalue</dt><dd>The largest eigenvalue of the Hessian of the validation loss in
alpha, or in alpha / T: how sharp the optimum is. When it grows fast, genotypes tend to get worse.</dd></div>
""");

  private static final String GENOMES =
      """
<div><dt>Genome and candidate</dt><dd>A search by evolution keeps a population of genomes, each the
structure of a whole network: where it reads its input, what is done and where it ends. A genome's
fitness is what its network reaches on validation data after a short training. A candidate is a genome
that is trained again from scratch; only its test {} counts.</dd></div>
<div><dt>Node and ports</dt><dd>A node has two ports, I and J. All that enters a port is added up and
goes through the port's operation, then its activation. What nothing enters, or has the operation
none, is left out. Numbers of nodes are names: a node keeps its own in all genomes that inherit
it.</dd></div>
<div><dt>Aggregation</dt><dd>How a node joins its two ports, element by element: + adds them, ×
multiplies them. With one port there is nothing to join.</dd></div>
<div><dt>Disabled connections</dt><dd>A new node splits a connection, which is then disabled and not
deleted; a mutation or a crossover may enable it again. It carries nothing and is not drawn, but
listed below the drawing. Nodes from which nothing leads to the output are drawn pale; they are not
part of the network and cost nothing.</dd></div>
<div><dt>Generation</dt><dd>What a population is from one selection to the next. Children are made of
parents that were selected by their fitness, by crossover, mutation or as copies.</dd></div>
<div><dt>Cost of a generation</dt><dd>Trainings are those of networks that no genome had before: equal
ones are trained once, and copies cost nothing. The time is that of the whole generation, with
trainings side by side where there are executors.</dd></div>
<div><dt>Family tree</dt><dd>The fittest genome at the right, and before it all that it descends from,
a column for each generation. Fitness may fall on the way: a change can cost something before
another one makes up for it.</dd></div>
<div><dt>Innovations</dt><dd>Every connection has a number from when it was first made, the same for all
genomes of a generation in which it came up. By these numbers a crossover knows which
connections of two genomes are the same one, whatever has grown around them.</dd></div>
<div><dt>Species</dt><dd>Genomes that differ little, by their innovations, operations and activations. Where
species are used, genomes share their fitness with their own kind, so that a new structure has time to
become good before it competes with the others.</dd></div>
""";

  private static final String FIGURES =
      """
<div><dt>Spread</dt><dd>± is the sample standard deviation over seeds, in
{}. With a single seed there is none, and small differences mean nothing.</dd></div>
<div><dt>Noise</dt><dd>The leader is compared with every other candidate by a paired
t-test over common seeds, two-sided. The leader was chosen by the same figures and
nothing is corrected for the number of comparisons, so take p rather as too small.</dd></div>
""";

  private static final Markup OF_CLASSES =
      Markup.of(
          """
<div><dt>95 % confidence</dt><dd>Wilson's interval of the accuracy: what the choice of test
examples leaves open, even with one seed.</dd></div>
<div><dt>Macro averages</dt><dd>Precision, recall and F1 are means over all classes, each
class counting the same; a class never predicted has precision 0, one that never occurs
recall 0.</dd></div>
<div><dt>Multiply-adds</dt><dd>Of convolutions and linear layers for one example, without the
auxiliary head, as in published tables; where examples are texts, for one of the training texts'
mean length.</dd></div>
""");

  private Legend() {}

  static Markup of(RunReport report) {
    Metric metric = report.metric();
    List<Architecture> architectures = architectures(report).toList();
    boolean genomes = architectures.stream().anyMatch(Genome.class::isInstance);
    boolean recurrent = architectures.stream().anyMatch(RecurrentCell.class::isInstance);
    boolean cells =
        architectures.stream().anyMatch(CellPair.class::isInstance) || (!genomes && !recurrent);
    List<Markup> entries = new ArrayList<>();
    if (cells) {
      entries.add(Markup.of(CELLS, metric.name()));
    }
    if (recurrent) {
      entries.add(Markup.of(RECURRENT, metric.name()));
    }
    if (cells || recurrent) {
      entries.add(SUPERNETS);
    }
    if (genomes) {
      entries.add(Markup.of(GENOMES, metric.name()));
    }
    boolean isShare = metric.equals(Metrics.ACCURACY);
    entries.add(Markup.of(FIGURES, isShare ? "percentage points" : metric.points()));
    if (isShare) {
      entries.add(OF_CLASSES);
    }
    return Markup.of("<dl class='legend'>{}</dl>", entries);
  }

  private static Stream<Architecture> architectures(RunReport report) {
    return Stream.concat(
        report.search().epochs().stream().map(EpochRecord::genotype),
        report.candidates().stream().map(CandidateReport::genotype));
  }
}
