package dev.fletch.retrain;

import dev.fletch.architecture.Architecture;
import dev.fletch.architecture.BaselineGenomes;
import dev.fletch.architecture.Genome;
import dev.fletch.architecture.PublishedGenotypes;
import dev.fletch.architecture.PublishedRecurrentCells;
import dev.fletch.architecture.RecurrentCell;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One entry of {@code retrain.candidates}: where the genotypes to retrain come from. */
public sealed interface CandidateLabel {
  /** What a label begins with that names a run. */
  String RUN = "from:";

  /** What a label may begin with that names a file. */
  String FILE = "file:";

  /** The epoch with the best validation score. */
  record BestValidation() implements CandidateLabel {}

  /** The last epoch. */
  record Last() implements CandidateLabel {}

  /** The last epoch before skip connections took over. */
  record BeforeCollapse() implements CandidateLabel {}

  /** An epoch by number. */
  record Epoch(int number) implements CandidateLabel {
    @Override
    public OptionalInt epoch() {
      return OptionalInt.of(number);
    }
  }

  /**
   * What a hypernetwork gives for a lambda.
   *
   * @param epoch the last one if empty
   */
  record Lambda(double value, OptionalInt epoch) implements CandidateLabel {}

  /**
   * What a hypernetwork gives for each lambda that was recorded.
   *
   * @param epoch the last one if empty
   */
  record Lambdas(OptionalInt epoch) implements CandidateLabel {}

  /** Every epoch whose genotype differs from that of the epoch before, the first included. */
  record Changes() implements CandidateLabel {}

  /** A genotype drawn at random from the search space; different numbers give different ones. */
  record Drawn(int number) implements CandidateLabel {}

  /** A genotype known beforehand, with the name it goes by. */
  record Given(String name, Architecture genotype) implements CandidateLabel {}

  /**
   * What another run found, whatever its data, or what a file says.
   *
   * @param place a run folder or a file, on any Hadoop file system
   * @param candidate of that run: {@code best}, the id of a candidate, or the label of an epoch
   *     ({@code best-validation}, {@code last}, {@code before-collapse}, {@code epoch-N}); empty
   *     for a file
   */
  record Elsewhere(String place, String candidate) implements CandidateLabel {}

  /** Whether it takes a search to know the genotype. */
  default boolean needsSearch() {
    return !(this instanceof Given || this instanceof Drawn || this instanceof Elsewhere);
  }

  /** The epoch that the search has to have, where one is named. */
  default OptionalInt epoch() {
    return OptionalInt.empty();
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if it is none of these; the message says what it may be
   */
  static CandidateLabel parse(String text) {
    Matcher numbered = Pattern.compile("(epoch|random)-(\\d{1,9})").matcher(text);
    if (numbered.matches()) {
      int number = Integer.parseInt(numbered.group(2));
      return numbered.group(1).equals("epoch") ? new Epoch(number) : new Drawn(number);
    }
    Optional<CandidateLabel> elsewhere = elsewhere(text);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    Optional<CandidateLabel> ofLambda = ofLambda(text);
    if (ofLambda.isPresent()) {
      return ofLambda.get();
    }
    return switch (text) {
      case "best-validation" -> new BestValidation();
      case "last" -> new Last();
      case "before-collapse" -> new BeforeCollapse();
      case "changes" -> new Changes();
      default -> given(text);
    };
  }

  private static Optional<CandidateLabel> elsewhere(String text) {
    if (text.startsWith(RUN)) {
      Matcher parts = Pattern.compile("(.*[^/])/([^/]+)").matcher(text.substring(RUN.length()));
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            "must be from:RUN/CANDIDATE with a run folder and best, best-validation, last,"
                + " before-collapse, epoch-N or a candidate's name in it");
      }
      return Optional.of(new Elsewhere(parts.group(1), parts.group(2)));
    }
    boolean isScheme = text.startsWith(FILE + "/");
    if (text.startsWith(FILE) && !isScheme) {
      return Optional.of(new Elsewhere(text.substring(FILE.length()), ""));
    }
    return isScheme || text.endsWith(".json")
        ? Optional.of(new Elsewhere(text, ""))
        : Optional.empty();
  }

  private static Optional<CandidateLabel> ofLambda(String text) {
    Matcher parts =
        Pattern.compile(
                "lambda(?:s|-(?<value>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?))"
                    + "(?:-epoch-(?<epoch>\\d{1,9}))?")
            .matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String value = parts.group("value");
    OptionalInt epoch =
        parts.group("epoch") == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(parts.group("epoch")));
    return Optional.of(
        value == null ? new Lambdas(epoch) : new Lambda(Double.parseDouble(value), epoch));
  }

  private static CandidateLabel given(String text) {
    if (text.contains("=")) {
      Architecture genotype = Architecture.parse(text);
      return new Given("text-%08x".formatted(genotype.text().hashCode()), genotype);
    }
    Optional<Genome> baseline = BaselineGenomes.find(text);
    if (baseline.isPresent()) {
      return new Given(text, baseline.get());
    }
    Optional<RecurrentCell> recurrent = PublishedRecurrentCells.find(text);
    if (recurrent.isPresent()) {
      return new Given(text, recurrent.get());
    }
    if (!PublishedGenotypes.names().contains(text)) {
      throw new IllegalArgumentException(
          "must be best-validation, last, before-collapse, epoch-N, changes, lambda-X or lambdas"
              + " (with or without -epoch-N), random-N, from:RUN/CANDIDATE, a JSON file, a"
              + " genotype's text, a published name ("
              + String.join(", ", PublishedGenotypes.names())
              + "), a baseline ("
              + String.join(", ", BaselineGenomes.names())
              + ") or, for streams of words, a recurrent cell ("
              + String.join(", ", PublishedRecurrentCells.names())
              + ")");
    }
    return new Given(text, PublishedGenotypes.find(text));
  }
}
