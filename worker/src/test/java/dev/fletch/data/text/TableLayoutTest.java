package dev.fletch.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of tables come with the line they begin in, and faults do too. */
class TableLayoutTest {
  /** Notes what it is told: {@code 2 text|label} and {@code 3! reason}. */
  private static final class Notes implements RowConsumer {
    private final List<String> notes = new ArrayList<>();

    @Override
    public void row(int line, String text, String label) {
      notes.add(line + " " + text + "|" + label);
    }

    @Override
    public void fault(int line, String reason) {
      notes.add(line + "! " + reason);
    }
  }

  private static List<String> read(TableLayout layout, byte[] bytes, int chunk) {
    Iterator<byte[]> chunks =
        Stream.iterate(0, from -> from <= bytes.length, from -> from + chunk)
            .map(from -> Arrays.copyOfRange(bytes, from, Math.min(from + chunk, bytes.length)))
            .iterator();
    Notes notes = new Notes();
    layout.read(
        new Lines(() -> chunks.hasNext() ? chunks.next() : new byte[0]), "text", "label", notes);
    return notes.notes;
  }

  private static List<String> read(TableLayout layout, String file) {
    return read(layout, file.getBytes(StandardCharsets.UTF_8), 1 << 16);
  }

  private static Stream<Arguments> tables() {
    return Stream.of(
        arguments(
            TableLayout.TSV,
            "label\tid\ttext\n1\ta\t\"so\" it goes\n0\tb\tno \n",
            List.of("2 \"so\" it goes|1", "3 no |0")),
        arguments(TableLayout.TSV, "text\tlabel\nno end\t1", List.of("2 no end|1")),
        arguments(TableLayout.TSV, "\ufefftext\tlabel\r\na b\t1\r\n", List.of("2 a b|1")),
        arguments(
            TableLayout.TSV,
            "text\tlabel\n\na\nb\t1\tc\nd\t0\n",
            List.of(
                "2! is empty",
                "3! has 1 column, must have 2: text, label",
                "4! has 3 columns, must have 2: text, label",
                "5 d|0")),
        arguments(
            TableLayout.TSV,
            "sentence\ttarget\na\t1\n",
            List.of(
                "1! has no column 'text', its columns are sentence, target: set data.text-column",
                "1! has no column 'label', its columns are sentence, target: set"
                    + " data.label-column")),
        arguments(
            TableLayout.TSV,
            "text\tlabel\ttext\na\t1\tb\n",
            List.of("1! names the column 'text' twice")),
        arguments(TableLayout.TSV, "", List.of("1! is empty: it must name the columns")),
        arguments(TableLayout.TSV, "\na\t1\n", List.of("1! is empty: it must name the columns")),
        arguments(
            TableLayout.CSV,
            "text,label\n\"a, \"\"b\"\"\nc\",good\nd,\"bad\"\n\"\",x\n",
            List.of("2 a, \"b\"\nc|good", "4 d|bad", "5 |x")),
        arguments(
            TableLayout.CSV,
            "\"label\",text,\n1,a,\n2,b\n",
            List.of("2 a|1", "3! has 2 columns, must have 3: label, text, ")),
        arguments(
            TableLayout.CSV,
            "text,label\na \"b\",1\n\"c\" d,1\n\"e\nf\"g,1\nh,2\n\"i,3\nj,4\n",
            List.of(
                "2! has a quote within a value that does not begin with one: put the value in"
                    + " quotes, and double those within",
                "3! has text behind a closing quote: double the quotes within a value",
                "4! has text behind a closing quote: double the quotes within a value",
                "6 h|2",
                "7! has a quote that is never closed")),
        arguments(
            TableLayout.JSON_LINES,
            "{\"text\":\"a\\nb\",\"label\":1}\n{\"id\":[1],\"label\":\"x\",\"text\":\"c\"}\n"
                + "{\"text\":\"d\",\"label\":true}",
            List.of("1 a\nb|1", "2 c|x", "3 d|true")),
        arguments(
            TableLayout.JSON_LINES,
            "{\"text\":3,\"label\":null}\n"
                + "{\"body\":\"a\"}\n"
                + "[1]\n\n"
                + "{\"text\":\"\\ud800\",\"label\":1}\n"
                + "{\"text\":\"a\",\"label\":1,\"label\":2}\n"
                + "{\"text\":\"a\",\"label\":1} 2\n",
            List.of(
                "1! has a field 'text' that is no text",
                "1! has a field 'label' that is no text, number, true or false",
                "2! has no field 'text', its fields are body: set data.text-column",
                "2! has no field 'label', its fields are body: set data.label-column",
                "3! is no JSON object",
                "4! is empty",
                "5! has a field 'text' with half of a surrogate pair",
                "6! is no JSON: Duplicate field 'label'",
                "7! has more behind its JSON object")));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void rowsAndFaultsHaveTheirLines(TableLayout layout, String file, List<String> notes) {
    assertThat(read(layout, file)).isEqualTo(notes);
  }

  /** Lines are the same wherever the parts of a file end, within a character too. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void filesMayArriveInPartsOfAnySize(int chunk) {
    String file = "text,label\r\n\"é,\n\n€ 𝄞\",1\nb,2\n";

    assertThat(read(TableLayout.CSV, file.getBytes(StandardCharsets.UTF_8), chunk))
        .containsExactly("2 é,\n\n€ 𝄞|1", "5 b|2");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 64})
  void whatIsNoUtf8IsAFaultOfItsLineAlone(int chunk) {
    byte[] latin = "text\tlabel\na\t1\ncaf\u00e9\t0\nb\t1\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(read(TableLayout.TSV, latin, chunk))
        .containsExactly("2 a|1", "3! is no UTF-8", "4 b|1");
  }

  @Test
  void aQuotedValueEndsWithALineThatIsNoUtf8() {
    byte[] latin = "text,label\n\"a\n\u00e9\nb,1\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(read(TableLayout.CSV, latin, 64)).containsExactly("3! is no UTF-8", "4 b|1");
  }

  @ParameterizedTest
  @CsvSource({
    "train.tsv,TSV",
    "Train.TSV.GZ,TSV",
    "a.csv,CSV",
    "a.tsv.csv.gz,CSV",
    "x.jsonl,JSON_LINES"
  })
  void theNameOfAFileSaysItsLayout(String name, TableLayout layout) {
    assertThat(TableLayout.ofFile(name)).contains(layout);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "tsv", "train.txt", "train.tsv.zip", "train.gz"})
  void otherNamesSayNone(String name) {
    assertThat(TableLayout.ofFile(name)).isEmpty();
  }
}
