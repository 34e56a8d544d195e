package dev.fletch.data;

import dev.fletch.data.StreamSettings.KnownWords;
import dev.fletch.data.text.StreamVocabulary;
import dev.fletch.settings.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * Training, validation and test text in memory, decoded once per process and kept while memory
 * lasts. Nobody writes to the arrays.
 *
 * @param train numbers of words, after any limit
 * @param valid the same
 * @param test the same
 * @param warnings what people should know before they use the data, a line each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DecodedStreams(
    int[] train, int[] valid, int[] test, StreamVocabulary vocabulary, List<String> warnings) {
  private static final DecodedOnce<DecodedStreams> DECODED = new DecodedOnce<>();

  /**
   * @throws DataException if the files break a rule, or cannot be reached
   */
  static DecodedStreams of(DataSettings settings, Configuration hadoop) {
    return DECODED.get(settings, hadoop, () -> decode(settings, hadoop));
  }

  private static DecodedStreams decode(DataSettings settings, Configuration hadoop) {
    StreamFormat format = (StreamFormat) settings.format();
    StreamSettings stream = settings.stream();
    DataFiles files = DataFiles.of(settings, hadoop);
    MetWords met = new MetWords();
    StreamText train = new StreamText(met, settings.trainLimit(), "data.train-limit");
    StreamText valid = new StreamText(met, stream.validLimit(), "data.valid-limit");
    StreamText test = new StreamText(met, settings.testLimit(), "data.test-limit");
    train.read(files.train(), format);
    valid.read(files.valid(), format);
    test.read(files.test(), format);
    requireWhole(List.of(train, valid, test));
    return numbered(
        settings, met, List.of(train.words(), valid.words(), test.words()), files.warnings());
  }

  /** Names everything that is wrong with all texts in one try. */
  private static void requireWhole(List<StreamText> texts) {
    Failures failures = new Failures();
    texts.forEach(text -> failures.addAll(text.failures()));
    if (!failures.isEmpty()) {
      throw new BrokenExamplesException(BrokenExamplesException.Kind.ROWS, failures);
    }
  }

  private static DecodedStreams numbered(
      DataSettings data, MetWords met, List<int[]> texts, List<String> unused) {
    StreamSettings settings = data.stream();
    int[] train = texts.get(0);
    requireTwo(met, train);
    List<String> warnings = new ArrayList<>(unused);
    StreamVocabulary vocabulary;
    if (settings.vocabulary() == KnownWords.ALL) {
      vocabulary = met.all(train);
      warnings.addAll(unseen(vocabulary, data.trainLimit()));
    } else {
      vocabulary =
          met.frequent(train, texts.subList(1, 3), settings.minCount(), settings.maxVocabulary());
      warnings.addAll(unlearned(vocabulary, settings));
    }
    return new DecodedStreams(train, texts.get(1), texts.get(2), vocabulary, warnings);
  }

  private static void requireTwo(MetWords met, int[] train) {
    int[] counts = met.counts(train);
    if (Arrays.stream(counts).filter(count -> count > 0).count() < 2) {
      throw new DataException(
          "Cannot learn the next word: all %d words of the training text are '%s'"
              .formatted(train.length, met.word(train[0])));
    }
  }

  private static List<String> unseen(StreamVocabulary vocabulary, int trainLimit) {
    long unseen = vocabulary.counts().stream().filter(count -> count == 0).count();
    return unseen == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%,d of %,d words occur in the validation or test text only%s, so that they stay as"
                    + " they were drawn: data.vocabulary = train makes them unknown ones",
                unseen,
                vocabulary.size(),
                trainLimit == 0 ? "" : ", or behind data.train-limit"));
  }

  private static List<String> unlearned(StreamVocabulary vocabulary, StreamSettings settings) {
    int unknown = vocabulary.words().indexOf(StreamVocabulary.UNKNOWN);
    return unknown < 0 || vocabulary.counts().get(unknown) > 0
        ? List.of()
        : List.of(
            "the validation or test text has unknown words, but the training text none, so that"
                + " the unknown word stays as it was drawn: raise data.min-count, now "
                + settings.minCount());
  }

  /** Part of the words of {@code text} that are unknown. */
  double unknown(int[] text) {
    int unknown = vocabulary.words().indexOf(StreamVocabulary.UNKNOWN);
    return (double) Arrays.stream(text).filter(word -> word == unknown).count() / text.length;
  }

  /** SHA-256 over the words of all texts and the vocabulary, in hexadecimal. */
  String checksum() {
    MessageDigest digest = Sha256.begin();
    for (int[] text : List.of(train, valid, test)) {
      ByteBuffer bytes = ByteBuffer.allocate((text.length + 1) * Integer.BYTES);
      bytes.asIntBuffer().put(text.length).put(text);
      digest.update(bytes.array());
    }
    digest.update(String.join("\n", vocabulary.words()).getBytes(StandardCharsets.UTF_8));
    return Sha256.end(digest);
  }
}
