package dev.fletch.data.text;

import dev.fletch.data.text.Lines.Line;
import dev.fletch.settings.Plural;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Vectors of the words of a vocabulary, from a file as GloVe has them: a word and its numbers a
 * line, between spaces; or as word2vec and fastText write texts of them: behind a line that says
 * how many words there are, and numbers of each. They are where the embedding of those words
 * begins.
 */
public final class WordVectors {
  private final int words;
  private final int width;

  /** {@code [words, width]}; meaningless for words without a vector. */
  private final float[] values;

  private final BitSet found;

  private WordVectors(int words, int width, float[] values, BitSet found) {
    this.words = words;
    this.width = width;
    this.values = values;
    this.found = found;
  }

  /**
   * Reads all lines; the first shows how many numbers a vector has. Words of several parts, of
   * which the largest published files have a few, are in no vocabulary and left out.
   *
   * @param faults told of every line that is no word with so many numbers, and of a first line that
   *     says another number of words
   */
  public static WordVectors read(Lines lines, Vocabulary vocabulary, Faults faults) {
    Reader reader = new Reader(vocabulary, faults);
    for (Optional<Line> line = lines.nextText(faults);
        line.isPresent();
        line = lines.nextText(faults)) {
      reader.add(line.get());
    }
    reader.end();
    return new WordVectors(vocabulary.size(), reader.width, reader.values, reader.found);
  }

  /** Numbers of a vector, C. */
  public int width() {
    return width;
  }

  /** How many words of the vocabulary have one. */
  public int found() {
    return found.cardinality();
  }

  /**
   * Where the embedding begins: at the vectors, and at {@code random} for words without one.
   *
   * @param random {@code [vocabulary, C]}, row after row; is left as it is
   * @return of the same shape
   * @throws IllegalArgumentException if it is not C numbers a word, see {@link #width}
   */
  public float[] startValues(float[] random) {
    if (random.length != words * width) {
      throw new IllegalArgumentException(
          "vectors of %s for %d words do not fit an embedding of %s: its channels must be %d"
              .formatted(
                  Plural.of(width, "number"), words, Plural.of(random.length, "value"), width));
    }
    float[] start = random.clone();
    for (int word = found.nextSetBit(0); word >= 0; word = found.nextSetBit(word + 1)) {
      System.arraycopy(values, word * width, start, word * width, width);
    }
    return start;
  }

  /** Adds the vectors that are used to {@code digest}. */
  public void digest(MessageDigest digest) {
    digest.update(ByteBuffer.allocate(4).putInt(width).array());
    digest.update(found.toByteArray());
    ByteBuffer row = ByteBuffer.allocate(width * Float.BYTES);
    for (int word = found.nextSetBit(0); word >= 0; word = found.nextSetBit(word + 1)) {
      row.asFloatBuffer().put(values, word * width, width);
      digest.update(row.array());
    }
  }

  private static final class Reader {
    /** Such a line is no word of one number: embeddings have more. */
    private static final Pattern HEADER = Pattern.compile("(\\d{1,9}) ([1-9]\\d{0,8})");

    private static final int NONE = -1;

    private final Vocabulary vocabulary;
    private final Faults faults;
    private final BitSet found = new BitSet();
    private int announced = NONE;
    private int lines;
    private int width;
    private float[] values = new float[0];

    Reader(Vocabulary vocabulary, Faults faults) {
      this.vocabulary = vocabulary;
      this.faults = faults;
    }

    void add(Line line) {
      String text = line.text().stripTrailing();
      lines = line.number();
      Matcher header = HEADER.matcher(text);
      if (lines == 1 && header.matches()) {
        announced = Integer.parseInt(header.group(1));
        width = Integer.parseInt(header.group(2));
        return;
      }
      int numbers = (int) text.chars().filter(sign -> sign == ' ').count();
      if (width == 0) {
        if (numbers == 0) {
          faults.fault(line.number(), "has no numbers behind its word");
          return;
        }
        width = numbers;
      }
      if (numbers != width) {
        refuse(line, text.split(" ", -1));
        return;
      }
      int word = vocabulary.number(text.substring(0, text.indexOf(' ')));
      if (word != Vocabulary.UNKNOWN && !found.get(word)) {
        keep(word, line, text.split(" ", -1));
      }
    }

    void end() {
      if (announced != NONE && announced != lines - 1) {
        faults.fault(
            1, "says %s, but %d follow".formatted(Plural.of(announced, "word"), lines - 1));
      }
    }

    /** Unless it is a word of several parts. */
    private void refuse(Line line, String[] parts) {
      int beforeNumbers = parts.length - width - 1;
      if (beforeNumbers < 0 || number(parts[beforeNumbers]).isPresent()) {
        faults.fault(
            line.number(),
            "has %s behind its word, the first line %s %d"
                .formatted(
                    Plural.of(parts.length - 1L, "number"),
                    announced == NONE ? "has" : "says",
                    width));
      }
    }

    private void keep(int word, Line line, String[] parts) {
      if (values.length == 0) {
        values = new float[vocabulary.size() * width]; // not before a line has so many numbers
      }
      for (int i = 0; i < width; i++) {
        Optional<Float> value = number(parts[i + 1]);
        if (value.isEmpty()) {
          faults.fault(line.number(), "has '%s' for a number".formatted(parts[i + 1]));
          Arrays.fill(values, word * width, (word + 1) * width, 0f);
          return;
        }
        values[word * width + i] = value.get();
      }
      found.set(word);
    }

    private static Optional<Float> number(String text) {
      try {
        float value = Float.parseFloat(text);
        return Float.isFinite(value) ? Optional.of(value) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
