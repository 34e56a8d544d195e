package dev.fletch.data;

import dev.fletch.data.text.StreamVocabulary;
import dev.fletch.data.text.WordConsumer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** One of the texts of a data set, as it is read: its words get the numbers of {@link MetWords}. */
final class StreamText implements WordConsumer {
  /** Words of the longest text: 1 GiB of numbers. */
  private static final int MOST = 1 << 28;

  private final MetWords met;
  private final int limit;
  private final String limitKey;
  private final IntStream.Builder words = IntStream.builder();
  private final Failures failures = new Failures();
  private Failures ofFile = new Failures();
  private DataFile file;
  private int size;
  private boolean hasWords;

  /**
   * @param limit only the first so many words are kept; 0 keeps all
   * @param limitKey what it is set by
   */
  StreamText(MetWords met, int limit, String limitKey) {
    this.met = met;
    this.limit = limit;
    this.limitKey = limitKey;
  }

  /**
   * Reads all files; what is wrong with them is in {@link #failures} then.
   *
   * @throws UnreachableDataException at once: other files would fail alike
   */
  void read(List<DataFile> files, StreamFormat format) {
    for (DataFile next : files) {
      file = next;
      hasWords = false;
      try {
        format.read(file, this);
        if (!hasWords && ofFile.isEmpty()) {
          ofFile.add(new DataException("Cannot use %s: it has no words".formatted(file)));
        }
        failures.addAll(ofFile);
      } catch (UnreachableDataException e) {
        throw e;
      } catch (DataException e) {
        failures.add(e); // what its lines seemed to be may be a consequence
      }
      ofFile = new Failures();
    }
  }

  @Override
  public void word(String word) {
    hasWords = true;
    add(word);
  }

  @Override
  public void endOfLine() {
    add(StreamVocabulary.END_OF_LINE);
  }

  @Override
  public void fault(int line, String reason) {
    ofFile.add(file, line, reason);
  }

  private void add(String word) {
    // words behind the limit count as met, or a perplexity would be easier the less is read
    int number = met.number(word);
    if (limit == 0 || size < limit) {
      if (size == MOST) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "Cannot hold the words of %s in memory: a text may have %,d; set %s to that or less",
                file,
                MOST,
                limitKey));
      }
      words.add(number);
      size++;
    }
  }

  /** What is wrong with the files, in their order. */
  Failures failures() {
    return failures;
  }

  /** Numbers of the words within the limit. To be called once. */
  int[] words() {
    return words.build().toArray();
  }
}
