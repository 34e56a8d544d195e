package dev.fletch.data;

import dev.fletch.data.text.Vocabulary;
import dev.fletch.data.text.WordVectors;
import dev.fletch.settings.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Training and test texts in memory, decoded once per process and kept while memory lasts.
 *
 * @param train after any limit
 * @param test after any limit
 * @param vocabulary of the training texts
 * @param vectors where the embedding of the words starts, if a file is named
 * @param classNames in order of the labels
 * @param warnings what people should know before they use the data, a line each
 */
record DecodedTexts(
    TextSet train,
    TextSet test,
    Vocabulary vocabulary,
    Optional<WordVectors> vectors,
    List<String> classNames,
    TextFacts facts,
    List<String> warnings) {
  private static final DecodedOnce<DecodedTexts> DECODED = new DecodedOnce<>();

  /**
   * @throws DataException if the files break a rule, or cannot be reached
   */
  static DecodedTexts of(DataSettings settings, Configuration hadoop) {
    return DECODED.get(settings, hadoop, () -> decode(settings, hadoop));
  }

  private static DecodedTexts decode(DataSettings settings, Configuration hadoop) {
    TextFormat format = (TextFormat) settings.format();
    DataFiles files = DataFiles.of(settings, hadoop);
    Set<String> fixed = new LinkedHashSet<>(format.labels());
    TextRows train =
        new TextRows(settings.text(), settings.trainLimit(), fixed, "format " + format.text());
    train.read(files.train(), format);
    List<String> classes = fixed.isEmpty() ? inOrder(train.labels()) : List.copyOf(fixed);
    // labels that only broken rows have, and one class alone, are no reason to complain of others
    boolean areKnown = !fixed.isEmpty() || (train.failures().isEmpty() && classes.size() > 1);
    Set<String> known = areKnown ? new LinkedHashSet<>(classes) : Set.of();
    TextRows test = new TextRows(settings.text(), settings.testLimit(), known, "the training set");
    test.read(files.test(), format);
    requireWhole(train, test);
    if (classes.size() == 1) {
      throw TrainingShares.oneClass(train.size(), format.classNames(classes).get(0));
    }
    return numbered(settings, hadoop, train, test, classes, files.warnings());
  }

  private static DecodedTexts numbered(
      DataSettings settings,
      Configuration hadoop,
      TextRows trainRows,
      TextRows testRows,
      List<String> classes,
      List<String> unused) {
    TextRows.Kept kept = trainRows.kept();
    Vocabulary vocabulary = vocabulary(settings.text(), kept);
    TextSet train = kept.as(vocabulary, classes);
    TextSet test = testRows.kept().as(vocabulary, classes);
    Optional<WordVectors> vectors = EmbeddingFile.read(settings.text(), vocabulary, hadoop);
    TextFacts facts =
        new TextFacts(
            vocabulary.size(),
            Math.max(trainRows.longest(), testRows.longest()),
            train.meanLength(),
            trainRows.cut(),
            testRows.cut(),
            train.unknown(),
            test.unknown(),
            vectors.map(WordVectors::found).orElse(0),
            vectors.map(WordVectors::width).orElse(0));
    List<String> warnings = new ArrayList<>(unused);
    if (facts.cutTrain() + facts.cutTest() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d training and %,d of %,d test texts are longer than data.max-length = %d:"
                  + " their first words are kept",
              facts.cutTrain(),
              train.size(),
              facts.cutTest(),
              test.size(),
              settings.text().maxLength()));
    }
    List<String> names = ((TextFormat) settings.format()).classNames(classes);
    return new DecodedTexts(train, test, vocabulary, vectors, names, facts, warnings);
  }

  /** Names everything that is wrong with both parts in one try. */
  private static void requireWhole(TextRows train, TextRows test) {
    Failures failures = new Failures();
    failures.addAll(train.failures());
    failures.addAll(test.failures());
    if (!failures.isEmpty()) {
      throw new BrokenExamplesException(BrokenExamplesException.Kind.ROWS, failures);
    }
  }

  private static Vocabulary vocabulary(TextSettings settings, TextRows.Kept train) {
    Vocabulary vocabulary =
        Vocabulary.of(train.counts(), settings.minCount(), settings.maxVocabulary());
    if (vocabulary.size() == Vocabulary.UNKNOWN + 1) {
      throw new DataException(
          "Cannot make a vocabulary: none of the %d words of the training texts occurs data.min-count = %d times"
              .formatted(train.counts().size(), settings.minCount()));
    }
    return vocabulary;
  }

  /** Numbers in their order where all labels are numbers, else names in theirs. */
  private static List<String> inOrder(Set<String> labels) {
    boolean areNumbers = labels.stream().allMatch(label -> label.matches("[+-]?[0-9]+"));
    Comparator<String> byName = Comparator.naturalOrder();
    Comparator<String> byNumber = Comparator.comparing((String label) -> new BigInteger(label));
    return labels.stream().sorted(areNumbers ? byNumber.thenComparing(byName) : byName).toList();
  }

  /**
   * SHA-256 over texts and labels of both sets, the words of the vocabulary and the vectors they
   * start from, in hexadecimal.
   */
  String checksum() {
    MessageDigest digest = Sha256.begin();
    train.digest(digest);
    test.digest(digest);
    digest.update(String.join("\n", vocabulary.words()).getBytes(StandardCharsets.UTF_8));
    vectors.ifPresent(start -> start.digest(digest));
    return Sha256.end(digest);
  }
}
