package dev.fletch.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.CellPair;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.Operation;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.architecture.RandomGenotype;
import dev.fletch.gradient.Metrics;
import dev.fletch.nn.recurrent.RecurrentDropout;
import dev.fletch.nn.recurrent.RecurrentSettings;
import dev.fletch.retrain.Candidate.Origin;
import dev.fletch.search.EpochRecord;
import dev.fletch.search.SearchResult;
import dev.fletch.search.Watch;
import dev.fletch.settings.InvalidSettingsException;
import dev.fletch.supernet.RecurrentSpace;
import dev.fletch.supernet.SupernetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final List<String> said = new ArrayList<>();

  private static final List<Operation> OPERATIONS = Operation.DARTS;

  /** Best at epoch 1; epochs 1 and 2 have the same genotype. */
  private final SearchResult search =
      new SearchResult(
          List.of(
              epoch(0, 0.5, ToyJobs.FIRST),
              epoch(1, 0.9, ToyJobs.SECOND),
              epoch(2, 0.8, ToyJobs.SECOND)),
          "completed");

  @Test
  void equalGenotypesBecomeOneCandidateWithBothOrigins() {
    List<Candidate> candidates = of("best-validation", "last", "epoch-0");
    assertThat(candidates)
        .containsExactly(
            new Candidate(
                "best-validation",
                List.of(Origin.ofEpoch("best-validation", 1), Origin.ofEpoch("last", 2)),
                ToyJobs.SECOND),
            new Candidate("epoch-0", List.of(Origin.ofEpoch("epoch-0", 0)), ToyJobs.FIRST));
  }

  @Test
  void aLabelGivenTwiceCountsOnce() {
    assertThat(of("last", "last").get(0).origins()).containsExactly(Origin.ofEpoch("last", 2));
  }

  @Test
  void epochThatWasNotTrainedIsRefused() {
    for (String label : List.of("epoch-3", "epoch-999999999")) {
      assertThatThrownBy(() -> of("last", label))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessage(
              "retrain.candidates names " + label + ", but the search has the epochs 0 to 2");
    }
  }

  @Test
  void aSearchByEvolutionHasGenerations() {
    Genome genome =
        Genome.parse(
            "genome output=1 nodes=[1:add(sep_conv_3,identity)] connections=[1:0>1:I,2:0>1:J]");
    SearchResult evolved = new SearchResult(List.of(epoch(0, 0.5, genome)), "completed");

    assertThatThrownBy(() -> of(evolved, "epoch-1"))
        .hasMessage("retrain.candidates names epoch-1, but the search has the generations 0 to 0");
  }

  @Test
  void everyEpochWithAnotherGenotypeIsACandidate() {
    assertThat(of("changes"))
        .containsExactly(
            new Candidate("epoch-0", List.of(Origin.ofEpoch("epoch-0", 0)), ToyJobs.FIRST),
            new Candidate("epoch-1", List.of(Origin.ofEpoch("epoch-1", 1)), ToyJobs.SECOND));
  }

  @Test
  void genotypesFromElsewhereStandBesideThoseOfTheSearch() {
    List<Candidate> candidates = of("last", "DARTS_V2", "random-0", "random-1");

    assertThat(candidates)
        .extracting(Candidate::id)
        .containsExactly("last", "DARTS_V2", "random-0", "random-1");
    assertThat(candidates.get(1).genotype()).isEqualTo(PublishedGenotypes.find("DARTS_V2"));
    assertThat(candidates.get(1).origins()).containsExactly(Origin.elsewhere("DARTS_V2"));
    assertThat(candidates.get(2).genotype()).isEqualTo(RandomGenotype.of(7, 0, 1, OPERATIONS));
    assertThat(candidates.get(3).genotype()).isNotEqualTo(candidates.get(2).genotype());
  }

  /** The order of a node's genes means nothing to a network. */
  @Test
  void aGenotypeGivenAsTextIsOneWithThatOfTheSearch() {
    String turned =
        "normal=[skip_connect:1,sep_conv_5x5:0] reduction=[max_pool_3x3:0,skip_connect:1]";
    Candidate candidate = of("last", turned).get(0);

    assertThat(of("last", turned)).hasSize(1);
    assertThat(candidate.genotype()).isEqualTo(ToyJobs.SECOND);
    assertThat(candidate.origins()).extracting(Origin::label).first().isEqualTo("last");
    assertThat(candidate.origins().get(1).label()).matches("text-[0-9a-f]{8}");
  }

  @Test
  void whatIsNoCandidateIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> CandidateLabel.parse("best"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be best-validation, last, before-collapse, epoch-N, changes,")
        .hasMessageContaining("DARTS_V2");
    assertThatThrownBy(() -> CandidateLabel.parse("normal=[sep_conv_9x9:0] reduction=[]"))
        .hasMessageContaining("sep_conv_9x9");
  }

  @Test
  void everyRecordedLambdaIsACandidateOfItsEpoch() {
    SearchResult search = hypernetwork();

    assertThat(of(search, "lambdas"))
        .containsExactly(
            new Candidate(
                "lambda-0",
                List.of(Origin.ofLambda("lambda-0", 1, 0), Origin.ofLambda("lambda-10", 1, 10)),
                ToyJobs.SECOND),
            new Candidate(
                "lambda-0.0001",
                List.of(Origin.ofLambda("lambda-0.0001", 1, 1e-4)),
                ToyJobs.FIRST));
    assertThat(of(search, "lambdas-epoch-0", "last"))
        .extracting(Candidate::origins)
        .containsExactly(
            List.of(Origin.ofLambda("lambda-0.0001-epoch-0", 0, 1e-4), Origin.ofEpoch("last", 1)));
  }

  @Test
  void aLambdaIsANumberHoweverItIsWritten() {
    Candidate last =
        new Candidate(
            "lambda-0.0001", List.of(Origin.ofLambda("lambda-0.0001", 1, 1e-4)), ToyJobs.FIRST);
    for (String form : List.of("0.0001", "1e-4", "1E-4", "1.0e-04", ".0001", "0.1e-3")) {
      assertThat(of(hypernetwork(), "lambda-" + form)).containsExactly(last);
    }
    assertThat(of(hypernetwork(), "lambda-1e-4-epoch-0").get(0).origins())
        .containsExactly(Origin.ofLambda("lambda-0.0001-epoch-0", 0, 1e-4));
    assertThat(CandidateLabel.parse("lambda-10-epoch-3"))
        .isEqualTo(new CandidateLabel.Lambda(10, OptionalInt.of(3)));
    assertThat(CandidateLabel.parse("lambdas"))
        .isEqualTo(new CandidateLabel.Lambdas(OptionalInt.empty()));
  }

  @Test
  void aLambdaThatTheSearchDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> of("lambdas"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessage(
            "retrain.candidates names lambdas, but the search recorded no lambdas in epoch 2; the"
                + " method hypernetwork does");
    assertThatThrownBy(() -> of(hypernetwork(), "lambda-0.5"))
        .hasMessage(
            "retrain.candidates names lambda-0.5, but the search recorded the lambdas 0, 0.0001,"
                + " 10");
    assertThatThrownBy(() -> of(hypernetwork(), "lambda-10-epoch-2"))
        .hasMessage(
            "retrain.candidates names lambda-10-epoch-2, but the search has the epochs 0 to 1");
    for (String label : List.of("lambda", "lambda-", "lambda-x", "lambda--1", "lambdas-epoch-")) {
      assertThatThrownBy(() -> CandidateLabel.parse(label))
          .hasMessageContaining("lambda-X or lambdas (with or without -epoch-N)");
    }
  }

  @Test
  void aLabelSaysWhichEpochItNeeds() {
    assertThat(CandidateLabel.parse("epoch-7").epoch()).hasValue(7);
    assertThat(CandidateLabel.parse("lambda-1e-2-epoch-30").epoch()).hasValue(30);
    assertThat(CandidateLabel.parse("lambdas-epoch-30").epoch()).hasValue(30);
    for (String label : List.of("last", "lambdas", "lambda-1", "before-collapse", "DARTS_V2")) {
      assertThat(CandidateLabel.parse(label).epoch()).isEmpty();
    }
  }

  @Test
  void beforeCollapseIsTheEpochThatTheSearchSays() {
    assertThat(of("before-collapse").get(0).origins())
        .containsExactly(Origin.ofEpoch("before-collapse", 2));
    SearchResult named =
        new SearchResult(search.epochs(), "the eigenvalue grew", OptionalInt.of(0), 0);
    assertThat(of(named, "before-collapse").get(0).origins())
        .containsExactly(Origin.ofEpoch("before-collapse", 0));
  }

  @Test
  void epochsThatARuleKeptTheSearchFromAreLeftOutWithALine() {
    SearchResult early =
        new SearchResult(search.epochs(), "too many skips", OptionalInt.empty(), 0);
    int last = search.lastEpoch();

    assertThat(of(early, "epoch-44", "last", "epoch-49"))
        .singleElement()
        .satisfies(c -> assertThat(c.id()).isEqualTo("last"));
    assertThat(said)
        .containsExactly(
            "candidate epoch-44 is left out: the search ended early, after epoch " + last,
            "candidate epoch-49 is left out: the search ended early, after epoch " + last);
    assertThatThrownBy(() -> of(early, "epoch-44"))
        .hasMessageContaining("names only epochs after the search's early end");
  }

  @Test
  void recurrentCellsAreDrawnFromTheirSpaceAndNamedAsPublished() {
    RecurrentSpace space =
        new RecurrentSpace(
            3,
            List.of(Operation.TANH, Operation.RELU),
            new RecurrentSettings(4, RecurrentDropout.NONE, 0, 0));
    List<Candidate> candidates =
        Candidates.of(
            () -> search,
            List.of("random-1", "DARTS_V2_RNN", "ENAS_RNN", "baseline-tanh", "recurrent=[tanh]"),
            space,
            7,
            said::add);

    assertThat(candidates.stream().map(Candidate::id).toList())
        .containsExactly("random-1", "DARTS_V2_RNN", "ENAS_RNN", "baseline-tanh");
    assertThat(candidates.get(0).genotype()).isEqualTo(space.random(7, 1));
    assertThat(candidates.get(3).origins()).as("one network").hasSize(2);
  }

  private List<Candidate> of(String... labels) {
    return of(search, labels);
  }

  private List<Candidate> of(SearchResult search, String... labels) {
    SupernetSettings space = new SupernetSettings(4, 3, 1, 3, OPERATIONS);
    return Candidates.of(() -> search, List.of(labels), space, 7, said::add);
  }

  private static EpochRecord epoch(int epoch, double validationFigure, Architecture genotype) {
    return new EpochRecord(
        epoch, 1, Metrics.DEFAULT, 0.5, validationFigure, 1, 1, 2, genotype, 3, 4, Watch.NOTHING);
  }

  /** Two epochs; the second has three lambdas, two of them with the same genotype. */
  private static SearchResult hypernetwork() {
    return new SearchResult(
        List.of(
            epoch(0, point(1e-4, ToyJobs.FIRST)),
            epoch(
                1,
                point(0, ToyJobs.SECOND),
                point(1e-4, ToyJobs.FIRST),
                point(10, ToyJobs.SECOND))),
        "completed");
  }

  private static EpochRecord epoch(int epoch, Watch.LambdaResult... points) {
    Watch watch = new Watch(Double.NaN, Double.NaN, List.of(), List.of(points));
    return new EpochRecord(
        epoch, 1, Metrics.DEFAULT, 0.5, 0.5, 1, 1, 2, ToyJobs.FIRST, 3, 4, watch);
  }

  private static Watch.LambdaResult point(double lambda, CellPair genotype) {
    return new Watch.LambdaResult(lambda, 0.5, 0.25, genotype);
  }
}
