package dev.fletch.data;

import dev.fletch.data.text.Replacements;
import dev.fletch.data.text.RowConsumer;
import dev.fletch.data.text.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The rows of one part of a data set, as they are read: words first get numbers in the order in
 * which they are met, and those of the vocabulary when all rows are known.
 */
final class TextRows implements RowConsumer {
  private final TextSettings settings;
  private final int limit;
  private final Set<String> known;
  private final String whoseLabels;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private final IntStream.Builder tokens = IntStream.builder();
  private final List<Integer> lengths = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final Set<String> allLabels = new LinkedHashSet<>();
  private final Failures failures = new Failures();
  private Failures ofFile = new Failures();
  private UnknownLabels unknown;
  private Replacements replacements = Replacements.NONE;
  private DataFile file;
  private int rows;
  private int cut;
  private int longest;

  /**
   * @param limit only the first so many examples are kept; 0 keeps all
   * @param known the labels there can be; empty: any
   * @param whoseLabels they are, for messages: {@code the training set}
   */
  TextRows(TextSettings settings, int limit, Set<String> known, String whoseLabels) {
    this.settings = settings;
    this.limit = limit;
    this.known = known;
    this.whoseLabels = whoseLabels;
  }

  /**
   * Reads all files; what is wrong with them is in {@link #failures} then.
   *
   * @throws UnreachableDataException at once: other files would fail alike
   */
  void read(List<DataFile> files, TextFormat format) {
    replacements = format.replacements();
    for (DataFile next : files) {
      file = next;
      unknown = new UnknownLabels(file, known, whoseLabels);
      int before = rows;
      try {
        format.read(file, settings, this);
        if (rows == before && ofFile.isEmpty()) {
          ofFile.add(new DataException("Cannot use %s: it has no examples".formatted(file)));
        }
        unknown.fault(rows - before).ifPresent(ofFile::add);
        failures.addAll(ofFile);
      } catch (UnreachableDataException e) {
        throw e;
      } catch (DataException e) {
        failures.add(e); // what its rows seemed to lack may be a consequence
      }
      ofFile = new Failures();
    }
  }

  @Override
  public void fault(int line, String reason) {
    ofFile.add(file, line, reason);
  }

  @Override
  public void row(int line, String text, String label) {
    rows++;
    List<String> found = settings.tokenizer().words(replacements.apply(text));
    String name = label.strip();
    if (found.isEmpty()) {
      fault(line, "has an empty text");
    }
    if (name.isEmpty()) {
      fault(line, "has an empty label");
    } else if (!known.isEmpty() && !known.contains(name)) {
      unknown.add(line, name);
    }
    allLabels.add(name);
    if (limit == 0 || labels.size() < limit) {
      add(found, name);
    }
  }

  private void add(List<String> found, String label) {
    int length = Math.min(found.size(), settings.maxLength());
    longest = Math.max(longest, found.size());
    cut += found.size() > length ? 1 : 0;
    lengths.add(length);
    labels.add(label);
    for (String word : found.subList(0, length)) {
      tokens.add(number(word));
    }
  }

  private int number(String word) {
    Integer number = numbers.get(word);
    if (number == null) {
      number = words.size();
      numbers.put(word, number);
      words.add(word);
    }
    return number;
  }

  /** What is wrong with the files, in their order. */
  Failures failures() {
    return failures;
  }

  /** All labels of the files, whatever the limit, in the order in which they were met. */
  Set<String> labels() {
    return allLabels;
  }

  /** Examples within the limit. */
  int size() {
    return labels.size();
  }

  /** Texts that were cut. */
  int cut() {
    return cut;
  }

  /** Words of the longest text, before it was cut. */
  int longest() {
    return longest;
  }

  /** What was read, and what the words of its texts are. To be called once. */
  Kept kept() {
    return new Kept(tokens.build().toArray());
  }

  /** The examples within the limit. */
  final class Kept {
    private final int[] read;

    private Kept(int[] read) {
      this.read = read;
    }

    /** How often every word occurs. */
    Map<String, Integer> counts() {
      int[] counts = new int[words.size()];
      for (int word : read) {
        counts[word]++;
      }
      Map<String, Integer> byWord = new HashMap<>();
      for (int word = 0; word < counts.length; word++) {
        byWord.put(words.get(word), counts[word]);
      }
      return byWord;
    }

    /**
     * @param classes the labels, in the order of the classes
     */
    TextSet as(Vocabulary vocabulary, List<String> classes) {
      int[] inVocabulary = words.stream().mapToInt(vocabulary::number).toArray();
      int[] texts = new int[read.length];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = inVocabulary[read[i]];
      }
      return new TextSet(
          classes.size(),
          texts,
          lengths.stream().mapToInt(Integer::intValue).toArray(),
          labels.stream().mapToInt(classes::indexOf).toArray());
    }
  }
}
